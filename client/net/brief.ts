/**
 * Descriptions cut down to what differs from one connection to the next, for codes that people carry. What comes back is
 * built from checked values only: no line of another's SDP is passed on.
 */
import * as v from 'valibot'
import { type Bytes, concat, fromHex, toHex } from '../crypto/bytes.ts'
import { bytes } from '../crypto/schema.ts'

/** A code with more would be hard to scan. */
export const MOST_CANDIDATES = 12

const TYPES: readonly (string | undefined)[] = ['host', 'srflx', 'prflx', 'relay']
const SETUPS: readonly (string | undefined)[] = ['actpass', 'active', 'passive']
/** Added to a candidate's type when its address is the UUID of an mDNS name. */
const MDNS = 8

const integer = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max))

/** Type, address (4 bytes IPv4, 16 bytes IPv6 or UUID), port and priority of a UDP candidate. */
const candidateSchema = v.strictTuple([
  v.pipe(
    integer(15),
    v.check((type) => TYPES[type & ~MDNS] !== undefined),
  ),
  v.union([bytes(4), bytes(16)]),
  integer(65_535),
  integer(2 ** 32 - 1),
])
type Candidate = v.InferOutput<typeof candidateSchema>

/** ICE user name and password (RFC 8839, section 5.4), certificate's SHA-256, index of the DTLS role, mid, candidates. */
export const briefSchema = v.strictTuple([
  v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{4,256}$/)),
  v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{22,256}$/)),
  bytes(32),
  integer(SETUPS.length - 1),
  v.pipe(v.string(), v.regex(/^[A-Za-z0-9]{1,16}$/)),
  v.pipe(v.array(candidateSchema), v.maxLength(MOST_CANDIDATES)),
])
export type Brief = v.InferOutput<typeof briefSchema>

/**
 * What is needed of a description and its candidates (each as `candidate:…`). Null when it is none of data channels only,
 * or holds what can't be said briefly.
 */
export function toBrief(sdp: string, candidates: readonly string[]): Brief | null {
  const value = (attribute: string) => new RegExp(`^a=${attribute}:([^\\r\\n]*)`, 'm').exec(sdp)?.[1]
  const inside = [...sdp.matchAll(/^a=(candidate:[^\r\n]*)/gm)].map(([, candidate = '']) => candidate)
  const found = new Map<string, Candidate>()
  for (const candidate of [...inside, ...candidates]) {
    const short = toCandidate(candidate)
    if (short) found.set(`${short[0]} ${short[1]} ${short[2]}`, short)
  }
  // Those from beyond the local network first: there are few, and they lead the farthest.
  const chosen = [...found.values()].sort(([one], [other]) => (other & ~MDNS) - (one & ~MDNS))
  const parsed = v.safeParse(briefSchema, [
    value('ice-ufrag'),
    value('ice-pwd'),
    fromHex(
      (value('fingerprint') ?? '')
        .replace(/^sha-256 /, '')
        .replaceAll(':', '')
        .toLowerCase(),
    ),
    SETUPS.indexOf(value('setup') ?? ''),
    value('mid'),
    chosen.slice(0, MOST_CANDIDATES),
  ])
  return parsed.success ? parsed.output : null
}

/** The description again, with its candidates. */
export function fromBrief([ufrag, password, fingerprint, setup, mid, candidates]: Brief): string {
  const lines = [
    'v=0',
    'o=- 1 2 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    `a=group:BUNDLE ${mid}`,
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    ...candidates.map((candidate, index) => `a=${fromCandidate(candidate, index + 1)}`),
    `a=ice-ufrag:${ufrag}`,
    `a=ice-pwd:${password}`,
    'a=ice-options:trickle',
    `a=fingerprint:sha-256 ${toHex(fingerprint).toUpperCase().match(/../g)?.join(':')}`,
    `a=setup:${SETUPS[setup]}`,
    `a=mid:${mid}`,
    'a=sctp-port:5000',
    'a=max-message-size:262144',
  ]
  return lines.map((line) => `${line}\r\n`).join('')
}

const CANDIDATE = /^candidate:\S+ 1 udp (\d+) (\S+) (\d+) typ (\w+)/i
const UUID = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\.local$/

function toCandidate(candidate: string): Candidate | null {
  const [, priority, host = '', port, name] = CANDIDATE.exec(candidate) ?? []
  const type = name ? TYPES.indexOf(name) : -1
  const uuid = UUID.exec(host)?.slice(1).join('')
  const address = uuid ? fromHex(uuid) : (fromIpv4(host) ?? fromIpv6(host))
  const parsed = v.safeParse(candidateSchema, [uuid ? type + MDNS : type, address, Number(port), Number(priority)])
  return parsed.success ? parsed.output : null
}

function fromCandidate([type, address, port, priority]: Candidate, foundation: number): string {
  const name = TYPES[type & ~MDNS]
  const host = type & MDNS ? mdnsName(address) : ipAddress(address)
  const related = name === 'host' ? '' : address.length === 4 ? ' raddr 0.0.0.0 rport 0' : ' raddr :: rport 0'
  return `candidate:${foundation} 1 udp ${priority} ${host} ${port} typ ${name}${related}`
}

const mdnsName = (uuid: Bytes): string => {
  const hex = toHex(uuid)
  return `${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')}.local`
}

const ipAddress = (address: Bytes): string =>
  address.length === 4 ? address.join('.') : (toHex(address).match(/.{4}/g) ?? []).join(':')

function fromIpv4(text: string): Bytes | null {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null
  return Uint8Array.from(parts, Number)
}

/** An IPv6 address without a zone (RFC 4291, section 2.2). */
function fromIpv6(text: string): Bytes | null {
  const [head = '', tail, ...more] = text.split('::')
  if (more.length > 0 || (tail === undefined && !text.includes(':'))) return null
  const start = groups(head)
  const end = groups(tail ?? '')
  if (!start || !end) return null
  const missing = 16 - start.length - end.length
  if (tail === undefined ? missing !== 0 : missing < 2) return null
  return concat(start, new Uint8Array(missing), end)
}

function groups(text: string): Bytes | null {
  if (text === '') return new Uint8Array()
  const parts = text.split(':')
  const last = fromIpv4(parts.at(-1) ?? '')
  const hex = last ? parts.slice(0, -1) : parts
  if (!hex.every((part) => /^[0-9a-f]{1,4}$/i.test(part))) return null
  const words = fromHex(
    hex
      .map((part) => part.padStart(4, '0'))
      .join('')
      .toLowerCase(),
  )
  return words && (last ? concat(words, last) : words)
}
