/** What a coturn for Earshot is told: environment variables in, the text of its configuration file out. */
import { isIP, isIPv4 } from 'node:net'
import * as v from 'valibot'
import { addressBytes } from './address.ts'
import { type Environment, readEnvironment, SettingsError, TURN_NEEDS, turnEnvironment } from './config.ts'
import type { IceUrl } from './ice-url.ts'

/** Settings of coturn. */
export interface CoturnSettings {
  readonly secret: string
  /** Name of what the credentials are for; a label. */
  readonly realm: string
  /** Port for TURN without TLS, and by which transports; null for none. */
  readonly plain: { readonly port: number; readonly udp: boolean; readonly tcp: boolean } | null
  /** Port for TURN over TLS with the files of its certificate (PEM); null for none. */
  readonly tls: { readonly port: number; readonly cert: string; readonly key: string } | null
  /** Address to listen on and to relay from; null for all of this machine. */
  readonly host: string | null
  /** Address under which the world sees this machine, when that is not its own. */
  readonly externalIp: string | null
  /** UDP ports that it relays from. */
  readonly relayPorts: readonly [first: number, last: number]
  /** Peers that may be relayed to though they are not on the public Internet: first and last address of each range. */
  readonly allowedPeers: readonly (readonly [first: string, last: string])[]
}

/**
 * Addresses that mean something only here or nothing at all (RFC 6890 and IANA's special-purpose registries). A relay that
 * took data there would open the network that it is in to everybody. Ways of writing IPv4 in IPv6 lead there, too.
 */
const DENIED = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/3'],
  ...[
    '::/96',
    '::ffff:0:0/96',
    '64:ff9b::/96',
    '64:ff9b:1::/48',
    '100::/64',
    '2001::/32',
    '2001:db8::/32',
    '2002::/16',
  ],
  ...['fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
]

/**
 * Connections through the relay that one visit may have at once, and all; one takes a port. Eleven links by three transports
 * take 33, and as many again while they are made anew.
 */
const USER_QUOTA = 150
const TOTAL_QUOTA = 4_000
/** Bytes a second: for each connection, and for all. */
const MOST_EACH = 1_250_000
const MOST_IN_ALL = 12_500_000

/** Address bytes as text. */
function writeAddress(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join('.')
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(2 * index).toString(16))
  return groups.join(':')
}

/** The first and the last address of a network (CIDR) or of a single address; null when it is neither. */
export function readRange(text: string): readonly [first: string, last: string] | null {
  const [, address = '', length] = /^([\d.:a-f]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? []
  const bytes = addressBytes(address)
  if (bytes === null || isIP(address) === 0) return null
  const bits = 8 * bytes.length
  const prefix = Number(length ?? bits)
  if (prefix > bits) return null
  const [first, last] = [Buffer.from(bytes), Buffer.from(bytes)]
  for (let bit = prefix; bit < bits; bit++) {
    const [at, mask] = [bit >> 3, 0x80 >> (bit & 7)]
    first[at] = (first[at] ?? 0) & ~mask
    last[at] = (last[at] ?? 0) | mask
  }
  return [writeAddress(first), writeAddress(last)]
}

const address = v.pipe(
  v.string(),
  v.check((text) => isIP(text) !== 0, 'an IP address'),
)

const relayPorts = v.pipe(
  v.string(),
  v.rawTransform<string, readonly [number, number]>(({ dataset, addIssue, NEVER }) => {
    const [, first, last] = /^(\d{4,5})-(\d{4,5})$/.exec(dataset.value)?.map(Number) ?? []
    if (first !== undefined && last !== undefined && first >= 1024 && first < last && last <= 65535)
      return [first, last]
    addIssue({ message: 'two ports from 1024 to 65535, such as 49152-65535' })
    return NEVER
  }),
)

const ranges = v.pipe(
  v.string(),
  v.rawTransform<string, (readonly [string, string])[]>(({ dataset, addIssue, NEVER }) => {
    const read = dataset.value.split(',').map((item) => readRange(item.trim()))
    const good = read.filter((range) => range !== null)
    if (good.length === read.length) return good
    addIssue({ message: 'a comma-separated list of addresses and networks, such as 192.168.1.0/24' })
    return NEVER
  }),
)

/** A path that coturn's file takes as it is. */
const path = v.pipe(v.string(), v.regex(/^[^\s#][^\r\n#]*$/, 'the path of a PEM file'))

const environment = v.object({
  ...turnEnvironment,
  TURN_CERT: v.optional(path),
  TURN_KEY: v.optional(path),
  TURN_HOST: v.optional(address),
  TURN_PORTS: v.optional(relayPorts, '49152-65535'),
  TURN_ALLOWED_PEERS: v.optional(ranges),
  EXTERNAL_IP: v.optional(address),
})

/** The one port among URLs; null when there is no URL. @throws SettingsError when there are several */
function onlyPort(urls: readonly IceUrl[], given: string | undefined): number | null {
  const ports = new Set(urls.map(({ port }) => port))
  if (ports.size > 1)
    throw new SettingsError(
      'TURN_URLS',
      given,
      'of one port for turn: and one for turns:, as coturn listens on no more',
    )
  return [...ports][0] ?? null
}

/**
 * Reads what coturn is to be told.
 * @throws SettingsError naming a variable that can't be used
 */
export function readCoturnSettings(env: Environment): CoturnSettings {
  const read = readEnvironment(environment, env)
  const { TURN_URLS: urls, TURN_SECRET: secret, TURN_CERT: cert, TURN_KEY: key } = read
  if (urls === undefined) throw new SettingsError('TURN_URLS', undefined, TURN_NEEDS.urls)
  if (secret === undefined) throw new SettingsError('TURN_SECRET', undefined, TURN_NEEDS.secret)
  const plainUrls = urls.filter(({ scheme }) => scheme === 'turn')
  const plainPort = onlyPort(plainUrls, env.TURN_URLS)
  const tlsUrls = urls.filter(({ scheme }) => scheme === 'turns')
  const tlsPort = onlyPort(tlsUrls, env.TURN_URLS)
  if (plainPort !== null && plainPort === tlsPort)
    throw new SettingsError('TURN_URLS', env.TURN_URLS, 'of different ports for turn: and turns:')
  const carries = (transport: 'udp' | 'tcp') => plainUrls.some((url) => url.transport === transport)
  let tls: CoturnSettings['tls'] = null
  if (tlsPort !== null) {
    const expected = 'set for turns: in TURN_URLS: the path of a PEM file'
    if (cert === undefined) throw new SettingsError('TURN_CERT', undefined, expected)
    if (key === undefined) throw new SettingsError('TURN_KEY', undefined, expected)
    tls = { port: tlsPort, cert, key }
  }
  return {
    secret,
    realm: urls[0]?.host.replaceAll(/[[\]]/g, '') ?? 'earshot',
    plain: plainPort === null ? null : { port: plainPort, udp: carries('udp'), tcp: carries('tcp') },
    tls,
    host: read.TURN_HOST ?? null,
    externalIp: read.EXTERNAL_IP ?? null,
    relayPorts: read.TURN_PORTS,
    allowedPeers: read.TURN_ALLOWED_PEERS ?? [],
  }
}

const isLoopback = ([first]: readonly [string, string]) => first.startsWith('127.') || first === '0:0:0:0:0:0:0:1'

/** The options for who may ask, and where. */
function listening({ plain, tls, host, externalIp, relayPorts }: CoturnSettings): string[] {
  return [
    ...(plain === null ? [] : [`listening-port=${plain.port}`]),
    ...(plain?.udp ? [] : ['no-udp']),
    ...(plain?.tcp ? [] : ['no-tcp']),
    ...(tls === null ? ['no-tls'] : [`tls-listening-port=${tls.port}`, `cert=${tls.cert}`, `pkey=${tls.key}`]),
    ...(tls === null ? [] : ['no-tlsv1', 'no-tlsv1_1']),
    'no-dtls',
    ...(host === null ? [] : [`listening-ip=${host}`, `relay-ip=${host}`]),
    ...(externalIp === null ? [] : [`external-ip=${externalIp}${host === null ? '' : `/${host}`}`]),
    `min-port=${relayPorts[0]}`,
    `max-port=${relayPorts[1]}`,
  ]
}

/** The options for where data may go. The unspecified address itself is among those of the loopback for coturn. */
function peers({ allowedPeers }: CoturnSettings): string[] {
  const denied = DENIED.map((network) => readRange(network)).filter((range) => range !== null)
  return [
    'no-multicast-peers',
    'no-tcp-relay',
    // A range that begins with the unspecified address would hold every address, coturn reads it so.
    ...denied.map(
      ([first, last]) =>
        `denied-peer-ip=${first.replace(/^[0.:]*0$/, first.includes(':') ? '::1' : '0.0.0.1')}-${last}`,
    ),
    ...allowedPeers.map(([first, last]) => `allowed-peer-ip=${first}-${last}`),
    ...(allowedPeers.some(isLoopback) ? ['allow-loopback-peers'] : []),
  ]
}

/**
 * The text of coturn's configuration file. It holds the secret.
 * @param folder - where coturn may keep what it needs while it runs
 */
export function coturnConfig(settings: CoturnSettings, folder: string): string {
  const [first, last] = settings.relayPorts
  const lines = [
    ...listening(settings),
    'fingerprint',
    'use-auth-secret',
    `static-auth-secret=${settings.secret}`,
    `realm=${settings.realm}`,
    'stale-nonce=600',
    ...peers(settings),
    `user-quota=${USER_QUOTA}`,
    `total-quota=${Math.min(TOTAL_QUOTA, last - first)}`,
    `max-bps=${MOST_EACH}`,
    `bps-capacity=${MOST_IN_ALL}`,
    'no-cli',
    'no-software-attribute',
    'no-rfc5780',
    'no-stun-backward-compatibility',
    'response-origin-only-with-rfc5780',
    `userdb=${folder}/turn.db`,
    `pidfile=${folder}/turn.pid`,
    'log-file=stdout',
    'simple-log',
  ]
  return `${lines.join('\n')}\n`
}

/** What has to be let through a firewall, one line each. */
export function firewallLines({ plain, tls, relayPorts }: CoturnSettings): string[] {
  const transports = plain === null ? [] : [plain.udp && 'UDP', plain.tcp && 'TCP'].filter((name) => name !== false)
  return [
    ...transports.map((name) => `${name} ${plain?.port}: TURN`),
    ...(tls === null ? [] : [`TCP ${tls.port}: TURN over TLS`]),
    `UDP ${relayPorts.join('-')}: what is relayed`,
  ]
}

/** Whether an address is one that the public Internet does not know. */
export function isPrivate(text: string): boolean {
  const bytes = addressBytes(text)
  if (bytes === null) return false
  return DENIED.some((network) => {
    const [first, last] = (readRange(network) ?? []).map(addressBytes)
    if (!first || !last || first.length !== bytes.length) return false
    return first.compare(bytes) <= 0 && bytes.compare(last) <= 0
  })
}

/** What is to be said beforehand when no browser could be relayed to; null when all looks well. */
export function addressWarning(
  { host, externalIp, allowedPeers }: CoturnSettings,
  own: readonly string[],
): string | null {
  if (externalIp !== null || allowedPeers.length > 0) return null
  const addresses = host === null ? own : [host]
  if (addresses.some((one) => isIPv4(one) && !isPrivate(one))) return null
  return 'This machine has no public IPv4 address: set EXTERNAL_IP to the one that the world sees it under.'
}
