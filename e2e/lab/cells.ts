/** What comes of each pair of networks, with each set of servers. */
import type { VerdictCode } from '../../client/net/verdict.ts'
import { verdictSentences } from '../../client/texts/verdict-text.ts'
import type { Settings } from '../support/server.ts'
import type { KindName } from './household.ts'
import { RELAY, SECRET } from './internet.ts'
import type { Outcome, RouteWords } from './outcome.ts'

/** The networks of the table, in its words. */
export const NETWORKS = {
  public: 'no NAT',
  independent: 'endpoint-independent NAT',
  cone: 'full-cone NAT',
  symmetric: 'symmetric NAT',
  blocked: 'NAT, UDP blocked',
} as const satisfies Partial<Record<KindName, string>>
export type Network = keyof typeof NETWORKS
export const networks = Object.keys(NETWORKS) as Network[]

/** The servers of the table, with their settings. */
export const SERVERS = {
  'no STUN': { STUN_PORT: '0' },
  STUN: {},
  TURN: { TURN_URLS: RELAY.plain, TURN_SECRET: SECRET },
} as const satisfies Record<string, Settings>
export type Servers = keyof typeof SERVERS
export const allServers = Object.keys(SERVERS) as Servers[]

/** What one of two must read: one of these ways, or this verdict. */
export interface Expected {
  readonly routes?: readonly RouteWords[]
  readonly verdict?: VerdictCode
}

/** What somebody in `own` must read of somebody in `other`. */
export function expected(own: Network, other: Network, servers: Servers): Expected {
  const both = [own, other]
  // Browsers tell no addresses of their own but names that nobody finds from another network.
  if (servers === 'no STUN') return { verdict: 'no-stun' }
  const isBlocked = both.includes('blocked')
  // Each port that a symmetric NAT opens is another one than STUN told of: the other side has to let in anybody.
  const isClosed = own === 'symmetric' ? !isOpen(other) : other === 'symmetric' && !isOpen(own)
  // A page isn't told its own address either: where there is no NAT it looks as if one kept the port.
  if (!isBlocked && !isClosed) return { routes: ['direct, through NAT'] }
  if (servers === 'TURN') return { routes: own === 'blocked' ? ['relayed by TCP'] : ['relayed by UDP', 'relayed'] }
  if (own === 'blocked') return { verdict: 'udp-blocked' }
  return { verdict: other === 'blocked' ? 'udp-blocked-other' : 'needs-relay' }
}

const isOpen = (network: Network): boolean => network === 'public' || network === 'cone'

/** Verdicts in the words of the table. Which side it was that has no UDP stands in its row. */
const SHORT: Partial<Record<VerdictCode, string>> = {
  'no-stun': 'fails: needs STUN',
  'udp-blocked': 'fails: no UDP',
  'udp-blocked-other': 'fails: no UDP',
  'needs-relay': 'fails: needs TURN',
}

const wordsOf = (outcome: Outcome): string =>
  'route' in outcome ? outcome.route : (SHORT[outcome.verdict] ?? `fails: ${verdictSentences[outcome.verdict].why}`)

/**
 * What both read, in the words of a cell. Where only one side's relay is used, that side knows how it is spoken to; where one
 * has no UDP, whether the other uses its own relay, too, is chance.
 */
export function cellOf(outcomes: readonly Outcome[]): string {
  const words = new Set(outcomes.map(wordsOf))
  if (words.size > 1) words.delete('relayed')
  if (words.has('relayed by TCP')) words.delete('relayed by UDP')
  return [...words].sort().join(', ')
}
