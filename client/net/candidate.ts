/** What may be told of a candidate (RFC 8839, section 5.1): what kind it is of, never where it leads. */

export type CandidateKind = 'host' | 'srflx' | 'prflx' | 'relay'

/** What kind of address; `hidden`: the browser doesn't tell it; `name`: a host name that is not of mDNS. */
export type AddressKind = 'private' | 'public' | 'loopback' | 'link-local' | 'mdns' | 'name' | 'hidden'

export interface CandidateFacts {
  readonly kind: CandidateKind
  readonly protocol: 'udp' | 'tcp'
  readonly address: AddressKind
  /** Of the Internet Protocol; null when the address is none. */
  readonly family: 4 | 6 | null
}

/** A candidate as it is signaled, with its address: for looking at, not for telling. */
export interface Candidate extends CandidateFacts {
  readonly where: string
  readonly port: number
}

const KINDS = { host: 'host', srflx: 'srflx', prflx: 'prflx', relay: 'relay' } as const

/** The kind that a word of a candidate or of statistics stands for; null for any other word. */
export const candidateKind = (word: string): CandidateKind | null =>
  Object.hasOwn(KINDS, word) ? KINDS[word as CandidateKind] : null

/** Ranges for use within a network: RFC 1918, and RFC 6598 for what carriers and overlay networks put between. */
const PRIVATE_4 = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/

function kindOfIPv4(address: string): AddressKind {
  if (address === '0.0.0.0') return 'hidden'
  if (address.startsWith('127.')) return 'loopback'
  if (address.startsWith('169.254.')) return 'link-local'
  return PRIVATE_4.test(address) ? 'private' : 'public'
}

function kindOfIPv6(address: string): AddressKind {
  if (address === '::') return 'hidden'
  if (address === '::1') return 'loopback'
  if (/^fe[89ab]/.test(address)) return 'link-local'
  return /^f[cd]/.test(address) ? 'private' : 'public'
}

/** What kind of address this is. Browsers leave it empty, or write “(redacted)”, where they don't tell it. */
export function addressKind(text: string): Pick<CandidateFacts, 'address' | 'family'> {
  const address = text.toLowerCase().replace(/^\[|\]$|%.*$/g, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1]
  if (mapped) return { address: kindOfIPv4(mapped), family: 4 }
  if (/^\d+(\.\d+){3}$/.test(address)) return { address: kindOfIPv4(address), family: 4 }
  if (/^[\da-f:.]*:[\da-f:.]*$/.test(address)) return { address: kindOfIPv6(address), family: 6 }
  if (address.endsWith('.local')) return { address: 'mdns', family: null }
  return { address: /^[\w.-]+$/.test(address) ? 'name' : 'hidden', family: null }
}

/** Reads `candidate:… typ host …`; null for what is none, as the end of candidates. */
export function readCandidate(line: string): Candidate | null {
  const [, protocol = '', where = '', port, type = ''] =
    /^(?:a=)?candidate:\S+ \d+ (\w+) \d+ (\S+) (\d+) typ (\w+)/i.exec(line) ?? []
  const kind = candidateKind(type)
  if (!kind) return null
  return {
    kind,
    protocol: protocol.toLowerCase() === 'tcp' ? 'tcp' : 'udp',
    where,
    port: Number(port),
    ...addressKind(where),
  }
}

/** Those in a description. */
export const candidatesIn = (sdp: string): Candidate[] =>
  [...sdp.matchAll(/^a=candidate:[^\r\n]+/gm)].flatMap(([line]) => readCandidate(line) ?? [])
