import type { AttemptLog, Refusal } from './attempt-log.ts'
import type { CandidateFacts } from './candidate.ts'
import { readIceUrl } from './ice-url.ts'
import { verdictSentences } from './verdict-text.ts'

/**
 * Why a link did not come up: which step failed, judged from what was seen of it.
 *
 * | code | what happened |
 * |---|---|
 * | `no-answer` | nothing came back from the other side |
 * | `signaling-lost` | the same, and the server was away |
 * | `no-candidates`, `no-candidates-other` | no candidate at all: one's own, the other's |
 * | `no-stun` | no STUN or TURN server is known, and the candidates of both sides met nowhere |
 * | `udp-blocked`, `udp-blocked-other` | no STUN server answered one's own side, the other's |
 * | `needs-relay` | both sides have addresses outside, which don't let each other in; there is no TURN server |
 * | `turn-refused` | a TURN server answered 401 or 403 |
 * | `turn-unreachable` | no TURN server answered |
 * | `relay-missing` | relays only, and no TURN server is known |
 * | `relay-failed` | there were relays, and nothing came through them |
 * | `no-channel` | ICE found a way, DTLS or the data channel did not come up |
 * | `hello-refused`, `hello-silent` | the other's hello did not verify, or never came |
 * | `unknown` | none of these |
 */
export type VerdictCode =
  | 'no-answer'
  | 'signaling-lost'
  | 'no-candidates'
  | 'no-candidates-other'
  | 'no-stun'
  | 'udp-blocked'
  | 'udp-blocked-other'
  | 'needs-relay'
  | 'turn-refused'
  | 'turn-unreachable'
  | 'relay-missing'
  | 'relay-failed'
  | 'no-channel'
  | 'hello-refused'
  | 'hello-silent'
  | 'unknown'

export interface Verdict {
  readonly code: VerdictCode
  /** Completes "Can't reach Ada directly: …". */
  readonly why: string
  /** What would help, or what happens by itself. */
  readonly help: string
}

/** What was seen of an attempt that led to nothing. */
export type Evidence = Pick<AttemptLog, 'config' | 'marks' | 'refusals' | 'ended'> & {
  readonly candidates: Readonly<Record<'own' | 'other', ReadonlyMap<string, { readonly facts: CandidateFacts }>>>
}

export interface Circumstances {
  /** Whether somebody could introduce the two: the server was there, or members who know both. */
  readonly isIntroduced: boolean
}

/** The servers of a configuration, by what they are and how they are spoken to. */
export function serversOf({ iceServers = [] }: RTCConfiguration): Pick<Refusal, 'server' | 'over'>[] {
  return iceServers.flatMap(({ urls }) => [urls].flat()).flatMap((url) => readIceUrl(url) ?? [])
}

/** Says why an attempt led to nothing. */
export function judge(evidence: Evidence, circumstances: Circumstances): Verdict {
  const code = codeOf(evidence, circumstances)
  return { code, ...verdictSentences[code] }
}

function codeOf(evidence: Evidence, { isIntroduced }: Circumstances): VerdictCode {
  const { marks, ended } = evidence
  if (ended?.how === 'hello') return 'hello-refused'
  if (marks.has('channel')) return 'hello-silent'
  if (marks.has('ice')) return 'no-channel'
  if (!marks.has('described-other')) return isIntroduced ? 'no-answer' : 'signaling-lost'
  return pathFault(evidence)
}

/** Both sides described themselves, and ICE found no way. */
function pathFault({ candidates, config, refusals }: Evidence): VerdictCode {
  const kinds = (whose: 'own' | 'other') => new Set([...candidates[whose].values()].map(({ facts }) => facts.kind))
  const [own, other] = [kinds('own'), kinds('other')]
  const servers = serversOf(config)
  const hasTurn = servers.some(({ server }) => server === 'turn')
  const isRefused = [...refusals.values()].some(
    ({ refusal: { server, code } }) => server === 'turn' && (code === 401 || code === 403),
  )
  const turnFault = isRefused ? 'turn-refused' : 'turn-unreachable'

  if (config.iceTransportPolicy === 'relay' && !own.has('relay')) return hasTurn ? turnFault : 'relay-missing'
  if (own.size === 0) return 'no-candidates'
  if (other.size === 0) return 'no-candidates-other'
  if (hasTurn) {
    if (own.has('relay')) return 'relay-failed'
    // A relay of one side is enough for both: that theirs didn't do means that one's own side can't get to it either.
    return turnFault
  }
  if (other.has('relay')) return own.has('srflx') ? 'relay-failed' : 'udp-blocked'
  if (servers.length === 0) return 'no-stun'
  // Who is seen from outside got UDP out and back.
  if (!own.has('srflx')) return 'udp-blocked'
  return other.has('srflx') ? 'needs-relay' : 'udp-blocked-other'
}
