import { verdictSentences } from '../texts/verdict-text.ts'
import type { AttemptLog, Refusal } from './attempt-log.ts'
import type { CandidateFacts } from './candidate.ts'
import { readIceUrl } from './ice-url.ts'

/**
 * Why a link did not come up: which step failed, judged from what was seen of it.
 *
 * | code | what happened |
 * |---|---|
 * | `no-answer` | nothing came back from the other side |
 * | `signaling-lost` | there was neither a server nor a member to introduce the two |
 * | `no-candidates`, `no-candidates-other` | no candidate at all: one's own, the other's |
 * | `no-stun` | no STUN or TURN server is known, and the addresses of both sides meet nowhere |
 * | `udp-blocked`, `udp-blocked-other` | no STUN server answered one's own side, the other's |
 * | `needs-relay` | both sides have addresses outside, which don't let each other in; there is no TURN server |
 * | `turn-refused` | a TURN server answered 401 or 403 |
 * | `turn-unreachable` | no TURN server answered, though UDP gets out or TCP was tried |
 * | `relay-missing` | relays only, and no TURN server is known |
 * | `relay-failed` | there were relays, and nothing came through them |
 * | `no-channel` | ICE found a way, DTLS or the data channel did not come up |
 * | `hello-refused`, `hello-silent` | the other's hello did not verify, or never came |
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
  if (!isIntroduced) return 'signaling-lost'
  if (!marks.has('described-other')) return 'no-answer'
  return pathFault(evidence)
}

/** What the candidates of a side say of its network. */
function reachOf(candidates: Iterable<{ readonly facts: CandidateFacts }>) {
  const all = [...candidates].map(({ facts }) => facts)
  const hasRelay = all.some(({ kind }) => kind === 'relay')
  // A public address of one's own needs no STUN server to be seen; else one that answered shows that UDP gets out and back.
  const isOutside = all.some(({ kind, address }) => kind === 'srflx' || (kind === 'host' && address === 'public'))
  return { isNone: all.length === 0, hasRelay, isOutside }
}

/** Both sides described themselves, and ICE found no way. */
function pathFault({ candidates, config, refusals }: Evidence): VerdictCode {
  const [own, other] = [reachOf(candidates.own.values()), reachOf(candidates.other.values())]
  const servers = serversOf(config)
  const turn = servers.filter(({ server }) => server === 'turn')
  if (config.iceTransportPolicy === 'relay' && turn.length === 0) return 'relay-missing'
  if (own.isNone && config.iceTransportPolicy !== 'relay') return 'no-candidates'
  if (turn.length > 0 && !own.hasRelay)
    return turnFault(
      turn,
      [...refusals.values()].map(({ refusal }) => refusal),
      own.isOutside,
    )
  if (other.isNone) return 'no-candidates-other'
  const isOtherShut = !other.isOutside && !other.hasRelay
  if (own.hasRelay) return isOtherShut ? 'udp-blocked-other' : 'relay-failed'
  if (servers.length === 0 && !other.hasRelay) return 'no-stun'
  if (!own.isOutside) return 'udp-blocked'
  if (other.hasRelay) return 'relay-failed'
  return isOtherShut ? 'udp-blocked-other' : 'needs-relay'
}

/** There are TURN servers, and none gave a relay. */
function turnFault(
  turn: readonly Pick<Refusal, 'over'>[],
  refusals: readonly Refusal[],
  isOutside: boolean,
): VerdictCode {
  if (refusals.some(({ server, code }) => server === 'turn' && (code === 401 || code === 403))) return 'turn-refused'
  const isUdpOnly = turn.every(({ over }) => over === 'udp')
  return isUdpOnly && !isOutside ? 'udp-blocked' : 'turn-unreachable'
}
