/** The server's settings: environment variables in, typed values out. A bad one is an error that says what to write instead. */
import * as v from 'valibot'
import { compileTrust, type Trust } from './address.ts'
import type { TurnSettings } from './ice-servers.ts'
import { type IceUrl, readIceUrls, writeIceUrl } from './ice-url.ts'

/** Settings of the server. Times are in milliseconds, sizes in bytes. */
export interface Settings {
  /** TCP port; 0 takes any free one. */
  readonly port: number
  /** Address to listen on; null for all: `::` where IPv6 is there (IPv4 comes in there too), else `0.0.0.0`. */
  readonly host: string | null
  readonly logLevel: LogLevel
  /** Which proxies are believed when they say who the client is; false for none. */
  readonly trustProxy: Trust | false
  /** Origin under which people reach the page; null when it is not set. */
  readonly publicUrl: string | null
  /** Origins, beside the server's own, whose pages may connect. */
  readonly allowedOrigins: '*' | ReadonlySet<string>
  /** UDP port for STUN; null for none. */
  readonly stunPort: number | null
  /** STUN servers that clients are told of in place of this one; null for this one. */
  readonly stunUrls: readonly string[] | null
  /** TURN servers that clients are told of; null for none. */
  readonly turn: TurnSettings | null
  readonly maxFrameBytes: number
  readonly maxRoomMembers: number
  readonly maxConnectionsPerAddress: number
  /** Sustained; `BURST_SECONDS` worth of it may come at once. */
  readonly maxMessagesPerSecond: number
  readonly maxUnsentBytes: number
  readonly joinTimeout: number
  readonly pingInterval: number
  readonly rejoinGrace: number
}

const logLevel = v.picklist(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
export type LogLevel = v.InferOutput<typeof logLevel>

/** What this variable holds is never shown. */
const SECRET = 'TURN_SECRET'

/** A setting that can't be used. `message` is one line: the variable, what it was, what is expected. */
export class SettingsError extends Error {
  readonly code = 'bad-setting'
  readonly variable: string

  constructor(variable: string, value: string | undefined, expected: string) {
    const shown =
      value === undefined ? 'not set' : variable === SECRET ? 'set to something' : JSON.stringify(value.slice(0, 80))
    super(`${variable} is ${shown}, but must be ${expected}.`)
    this.name = 'SettingsError'
    this.variable = variable
  }
}

/** A whole number in decimal digits. */
function whole(min: number, max: number) {
  const expected = `a whole number from ${min} to ${max}`
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,15}$/, expected),
    v.transform(Number),
    v.minValue(min, expected),
    v.maxValue(max, expected),
  )
}

/** Seconds, fractions allowed; read into milliseconds. */
function seconds(min: number, max: number) {
  const expected = `a number of seconds from ${min} to ${max}`
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,9}(\.\d{1,6})?$/, expected),
    v.transform(Number),
    v.minValue(min, expected),
    v.maxValue(max, expected),
    v.transform((value) => value * 1000),
  )
}

/** The origin that a text is (RFC 6454, section 6.2), or null when it is anything else or has a path. */
function readOrigin(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null
  return url.href === `${url.origin}/` ? url.origin : null
}

const publicUrl = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const origin = readOrigin(dataset.value)
    if (origin !== null) return origin
    addIssue({ message: 'a URL without a path, such as https://chat.example.org' })
    return NEVER
  }),
)

const allowedOrigins = v.pipe(
  v.string(),
  v.rawTransform<string, '*' | ReadonlySet<string>>(({ dataset, addIssue, NEVER }) => {
    if (dataset.value.trim() === '*') return '*'
    const origins = new Set<string>()
    for (const item of dataset.value.split(',')) {
      const origin = readOrigin(item.trim())
      if (origin === null) {
        addIssue({ message: '* or a comma-separated list of origins, such as https://example.org' })
        return NEVER
      }
      origins.add(origin)
    }
    return origins
  }),
)

const trustProxy = v.pipe(
  v.string(),
  v.rawTransform<string, Trust | false>(({ dataset, addIssue, NEVER }) => {
    try {
      return compileTrust(dataset.value)
    } catch {
      addIssue({
        message: 'true, false, how many proxies are in front, or a comma-separated list of addresses and networks',
      })
      return NEVER
    }
  }),
)

/** How many URLs of servers a list may have: each costs every connection some datagrams. */
const MOST_URLS = 8

/** A list of STUN or TURN servers, read into what browsers take. */
function iceUrls(schemes: readonly string[], expected: string) {
  return v.pipe(
    v.string(),
    v.rawTransform<string, IceUrl[]>(({ dataset, addIssue, NEVER }) => {
      const lists = dataset.value.split(',').map((item) => readIceUrls(item.trim()))
      const isGood = lists.every((urls) => urls?.every(({ scheme }) => schemes.includes(scheme)))
      if (isGood && lists.length <= MOST_URLS) return lists.flatMap((urls) => urls ?? [])
      addIssue({ message: expected })
      return NEVER
    }),
  )
}

/** What coturn's file takes as it is, and nobody guesses. */
const turnSecret = v.pipe(
  v.string(),
  v.regex(/^[\w+/=.~-]{16,256}$/, '16 to 256 letters, digits and + / = . _ ~ -, such as "openssl rand -hex 32" gives'),
)

/** The variables of TURN that the server and `npm run turn` both read. */
export const turnEnvironment = {
  TURN_URLS: v.optional(
    iceUrls(['turn', 'turns'], `a comma-separated list of at most ${MOST_URLS} such as turn:turn.example.org:3478`),
  ),
  TURN_SECRET: v.optional(turnSecret),
}

/** What is said of a TURN setting that lacks another. */
export const TURN_NEEDS = {
  urls: 'set where TURN_SECRET is: a comma-separated list such as turn:turn.example.org:3478',
  secret: 'set where TURN_URLS is: the secret that this server shares with the TURN server',
}

/**
 * Every variable with its schema and default. Where the numbers come from:
 * - MAX_CONNECTIONS_PER_ADDRESS: a hundred people behind one NAT, twice, since after a fault each may be back before the
 *   server knows that the old connection is dead.
 * - MAX_MESSAGES_PER_SECOND: 100, with 1,000 at once. Joining 15 others takes 15 descriptions and up to 20 candidates for
 *   each, 315 in all, and the same again when the network changes meanwhile.
 */
const environment = v.object({
  PORT: v.optional(whole(0, 65535), '8080'),
  HOST: v.optional(v.pipe(v.string(), v.regex(/^[^\s/]{1,253}$/, 'an address or a host name')), undefined),
  LOG_LEVEL: v.optional(v.pipe(v.string(), v.picklist(logLevel.options, logLevel.options.join(', '))), 'info'),
  TRUST_PROXY: v.optional(trustProxy, 'false'),
  PUBLIC_URL: v.optional(publicUrl),
  ALLOWED_ORIGINS: v.optional(allowedOrigins),
  STUN_PORT: v.optional(whole(0, 65535), '3478'),
  STUN_URLS: v.optional(
    v.union(
      [v.literal('none'), iceUrls(['stun'], '')],
      `none, or a comma-separated list of at most ${MOST_URLS} such as stun:stun.example.org:3478`,
    ),
  ),
  ...turnEnvironment,
  TURN_TTL: v.optional(seconds(60, 7 * 86400), '86400'),
  MAX_FRAME_BYTES: v.optional(whole(1024, 16 * 1024 * 1024), '65536'),
  MAX_ROOM_MEMBERS: v.optional(whole(2, 1000), '64'),
  MAX_CONNECTIONS_PER_ADDRESS: v.optional(whole(1, 1_000_000), '200'),
  MAX_MESSAGES_PER_SECOND: v.optional(whole(1, 1_000_000), '100'),
  MAX_UNSENT_BYTES: v.optional(whole(1024, 1024 * 1024 * 1024), '1048576'),
  JOIN_TIMEOUT: v.optional(seconds(0.05, 3600), '10'),
  PING_INTERVAL: v.optional(seconds(0.05, 3600), '10'),
  REJOIN_GRACE: v.optional(seconds(0, 3600), '20'),
})

/** Environment variables, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads variables by a schema. One that is set to nothing counts as not set.
 * @throws SettingsError naming the first variable that can't be used
 */
export function readEnvironment<S extends v.GenericSchema>(schema: S, env: Environment): v.InferOutput<S> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const result = v.safeParse(schema, given)
  if (result.success) return result.output
  const [issue] = result.issues
  const variable = v.getDotPath(issue) ?? 'The environment'
  throw new SettingsError(variable, env[variable], issue.message)
}

/** @throws SettingsError when only one of both is there */
function turnSettings(
  urls: readonly IceUrl[] | undefined,
  secret: string | undefined,
  ttl: number,
): TurnSettings | null {
  if (urls !== undefined && secret !== undefined)
    return { urls: urls.map(writeIceUrl), secret, ttl: Math.floor(ttl / 1000) }
  if (urls !== undefined) throw new SettingsError('TURN_SECRET', undefined, TURN_NEEDS.secret)
  if (secret !== undefined) throw new SettingsError('TURN_URLS', undefined, TURN_NEEDS.urls)
  return null
}

/**
 * Reads the settings. A variable that is set to nothing counts as not set.
 * @throws SettingsError naming the first variable that can't be used
 */
export function readSettings(env: Environment): Settings {
  const read = readEnvironment(environment, env)
  if (read.MAX_UNSENT_BYTES < read.MAX_FRAME_BYTES)
    throw new SettingsError(
      'MAX_UNSENT_BYTES',
      String(read.MAX_UNSENT_BYTES),
      `at least MAX_FRAME_BYTES, which is ${read.MAX_FRAME_BYTES}`,
    )

  return {
    port: read.PORT,
    host: read.HOST ?? null,
    logLevel: read.LOG_LEVEL,
    trustProxy: read.TRUST_PROXY,
    publicUrl: read.PUBLIC_URL ?? null,
    allowedOrigins: read.ALLOWED_ORIGINS ?? new Set(),
    stunPort: read.STUN_PORT === 0 ? null : read.STUN_PORT,
    stunUrls: read.STUN_URLS === 'none' ? [] : (read.STUN_URLS?.map(writeIceUrl) ?? null),
    turn: turnSettings(read.TURN_URLS, read.TURN_SECRET, read.TURN_TTL),
    maxFrameBytes: read.MAX_FRAME_BYTES,
    maxRoomMembers: read.MAX_ROOM_MEMBERS,
    maxConnectionsPerAddress: read.MAX_CONNECTIONS_PER_ADDRESS,
    maxMessagesPerSecond: read.MAX_MESSAGES_PER_SECOND,
    maxUnsentBytes: read.MAX_UNSENT_BYTES,
    joinTimeout: read.JOIN_TIMEOUT,
    pingInterval: read.PING_INTERVAL,
    rejoinGrace: read.REJOIN_GRACE,
  }
}
