/** What a check of the network means for who wants to talk with others. Plain functions of what was seen. */
import type { Gathered } from './gather.ts'

/** How a server answered: `refused` its credentials, stayed `silent`, or is still being asked. */
export type Answer = 'asking' | 'works' | 'refused' | 'silent'

/**
 * The NAT between this device and the server: `none`; `steady`: one port for all destinations (endpoint-independent mapping,
 * RFC 4787, section 4.1); `strict`: another port for each, also called symmetric; `blocked`: nothing comes back by UDP.
 * `inside`: the servers are on the same side of it, so that nothing can be told of it. `unknown` where there was nobody to ask,
 * or only one.
 */
export type Nat = 'none' | 'steady' | 'strict' | 'blocked' | 'inside' | 'unknown'

export interface CheckedServer {
  readonly kind: 'stun' | 'turn'
  readonly transport: 'udp' | 'tcp' | 'tls'
  /** As the signaling server tells it, without credentials. */
  readonly url: string
  readonly answer: Answer
}

/** What is known so far. */
export interface NetworkReport {
  readonly signaling: 'asking' | 'works' | 'silent'
  /** The browser has addresses that it could tell others; null while that isn't known. */
  readonly hasAddress: boolean | null
  readonly servers: readonly CheckedServer[]
  /** Null while that isn't known. */
  readonly nat: Nat | null
  /** What it comes to; null until all that could be asked was asked. */
  readonly verdict: NetworkVerdict | null
}

export type NetworkVerdict =
  | 'no-server' // the signaling server can't be reached
  | 'no-address' // the browser tells no address of its own
  | 'all' // everybody can be reached: directly or by a relay
  | 'by-relay' // everybody can be reached, by a relay only
  | 'most' // most people can be reached directly, and there is no relay for the rest
  | 'some' // only those on open networks can be reached, and there is no relay
  | 'here' // the server is on the same network: those on it can be reached, and of others nothing can be told
  | 'near' // only those on the same network can be reached
  | 'relay-refused' // as `most`, `some` or `near`, and the relay refuses the server's credentials
  | 'relay-silent' // as `most`, `some` or `near`, and the relay can't be reached from here

/** What a STUN server's answer was. */
export function stunAnswer({ mapped, errors, isComplete }: Gathered): Answer {
  if (mapped.size > 0) return 'works'
  // Without a NAT, what the server sees is an own address, which is not told twice.
  return isComplete && errors.length === 0 ? 'works' : 'silent'
}

/** What a TURN server's answer was. */
export function turnAnswer({ relayed, errors }: Gathered): Answer {
  if (relayed > 0) return 'works'
  return errors.some((code) => code >= 400 && code < 500) ? 'refused' : 'silent'
}

/** Whether a mapped address is one that only this network knows (RFC 1918, 3927, 4193, 6598). */
const isInside = (mapped: string): boolean =>
  /^(10|127|192\.168|169\.254|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./.test(mapped) ||
  /^(::1|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/i.test(mapped)

/**
 * The kind of NAT, by what two destinations see of one socket.
 * @param one, other - asked alone; null where there is none that answers
 * @param both - asked together
 */
export function natOf(one: Gathered | null, other: Gathered | null, both: Gathered | null): Nat {
  if (!one) return 'unknown'
  if (one.mapped.size === 0) return 'none'
  if ([...one.mapped].every(isInside)) return 'inside'
  if (!other || !both || other.mapped.size === 0) return 'unknown'
  if (both.mapped.size > Math.max(one.mapped.size, other.mapped.size)) return 'strict'
  // Without the second answer nothing speaks for it.
  return both.isComplete ? 'steady' : 'unknown'
}

/** What it comes to. Call it once all is known. */
export function networkVerdict({
  signaling,
  hasAddress,
  servers,
  nat,
}: Omit<NetworkReport, 'verdict'>): NetworkVerdict {
  if (signaling === 'silent') return 'no-server'
  if (hasAddress === false) return 'no-address'
  const relays = servers.filter(({ kind }) => kind === 'turn')
  const isRelayed = relays.some(({ answer }) => answer === 'works')
  const isDirect = nat === 'none' || nat === 'steady'
  if (isRelayed) return nat === 'strict' || nat === 'blocked' ? 'by-relay' : 'all'
  if (relays.some(({ answer }) => answer === 'refused')) return 'relay-refused'
  if (relays.length > 0) return 'relay-silent'
  if (isDirect) return 'most'
  if (nat === 'inside') return 'here'
  const hasStun = servers.some(({ kind, answer }) => kind === 'stun' && answer === 'works')
  return hasStun ? 'some' : 'near'
}
