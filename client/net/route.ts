/** How the packets of a link get to the other side: read from the statistics of its connection (W3C WebRTC Statistics). */
import * as v from 'valibot'
import { addressKind, type CandidateFacts, candidateKind } from './candidate.ts'

/**
 * `network`: straight, on one network. `direct`: straight between public addresses. `nat`: straight, through at least one
 * NAT. `relay-…`: by a TURN server that one's own side speaks to in that way. `relay`: by a TURN server of the other side.
 */
export type Route = 'network' | 'direct' | 'nat' | 'relay-udp' | 'relay-tcp' | 'relay-tls' | 'relay'

export interface Path {
  readonly route: Route
  /** Round-trip time in milliseconds, as ICE measured it last; null where it isn't known. */
  readonly rtt: number | null
  readonly own: CandidateFacts
  readonly other: CandidateFacts
}

/** What statistics don't tell: they hide addresses where the candidates did. */
export interface Outside {
  /** Whether some public address, as STUN servers see them, is the same for both sides; null while both have none. */
  readonly isShared: boolean | null
  /** Ports of the other side's own addresses. */
  readonly hostPorts: ReadonlySet<number>
}

const pairSchema = v.object({
  type: v.literal('candidate-pair'),
  id: v.string(),
  localCandidateId: v.string(),
  remoteCandidateId: v.string(),
  state: v.optional(v.string()),
  nominated: v.optional(v.boolean()),
  selected: v.optional(v.boolean()),
  currentRoundTripTime: v.optional(v.number()),
})
const transportSchema = v.object({ type: v.literal('transport'), selectedCandidatePairId: v.string() })
const candidateSchema = v.object({
  type: v.picklist(['local-candidate', 'remote-candidate']),
  id: v.string(),
  candidateType: v.pipe(v.string(), v.transform(candidateKind), v.picklist(['host', 'srflx', 'prflx', 'relay'])),
  address: v.nullish(v.string()),
  ip: v.nullish(v.string()),
  port: v.nullish(v.number()),
  protocol: v.nullish(v.string()),
  relayProtocol: v.nullish(v.string()),
})
type Pair = v.InferOutput<typeof pairSchema>
type End = v.InferOutput<typeof candidateSchema>

/** Those of the entries that are of this sort. */
function every<T>(schema: v.GenericSchema<unknown, T>, entries: readonly unknown[]): T[] {
  return entries.flatMap((entry) => {
    const parsed = v.safeParse(schema, entry)
    return parsed.success ? [parsed.output] : []
  })
}

/** Chromium and Node name the pair in use in `transport`; older Firefox marks it; elsewhere it is the nominated one that works. */
function selectedPair(entries: readonly unknown[]): Pair | undefined {
  const selected = every(transportSchema, entries).map(({ selectedCandidatePairId }) => selectedCandidatePairId)
  const pairs = every(pairSchema, entries)
  return (
    pairs.find(({ id }) => selected.includes(id)) ??
    pairs.find(({ selected }) => selected) ??
    pairs.find(({ nominated, state }) => nominated && state === 'succeeded')
  )
}

/** Where one end of a pair is, as the other end sees it. */
function standing({ kind, address, family }: CandidateFacts): 'inside' | 'public' | 'behind' | 'hidden' {
  if (address === 'hidden') return kind === 'host' ? 'inside' : 'hidden'
  if (address !== 'public') return 'inside'
  // Where IPv6 is used nobody translates: an address outside is the one inside.
  return kind === 'host' || family === 6 ? 'public' : 'behind'
}

function straightRoute(own: CandidateFacts, other: CandidateFacts, { isShared }: Outside): Route {
  const [mine, theirs] = [standing(own), standing(other)]
  if (mine === 'behind' || theirs === 'behind') return 'nat'
  if (mine === 'inside' && theirs === 'inside') return 'network'
  if (mine === 'public' && theirs === 'public') return 'direct'
  if (mine === 'public' || theirs === 'public') return own.family === 6 || other.family === 6 ? 'direct' : 'nat'
  // A reflexive address that isn't told meets one's own inside: the same network, unless both are known outside as different.
  return isShared === false ? 'nat' : 'network'
}

const RELAYS: Readonly<Record<string, Route>> = { udp: 'relay-udp', tcp: 'relay-tcp', tls: 'relay-tls' }

const factsOf = ({ candidateType, address, ip, protocol }: End): CandidateFacts => ({
  kind: candidateType,
  protocol: protocol === 'tcp' ? 'tcp' : 'udp',
  ...addressKind(address || ip || ''),
})

/** Which way the statistics of a connection show; null while none is in use. What they say otherwise is not read. */
export function pathOf(stats: Iterable<unknown>, outside: Outside): Path | null {
  const entries = [...stats]
  const pair = selectedPair(entries)
  const ends = every(candidateSchema, entries)
  const [local, remote] = [pair?.localCandidateId, pair?.remoteCandidateId].map((id) =>
    ends.find((end) => end.id === id),
  )
  if (!pair || !local || !remote) return null
  const [own, other] = [factsOf(local), factsOf(remote)]
  const rtt = pair.currentRoundTripTime === undefined ? null : Math.round(pair.currentRoundTripTime * 1_000)
  if (own.kind === 'relay') return { route: RELAYS[local.relayProtocol ?? ''] ?? 'relay', rtt, own, other }
  if (other.kind === 'relay') return { route: 'relay', rtt, own, other }
  // It answered before its own address, told under a name, was looked up. NATs may keep the port, too: not if both are known apart.
  const mayBeHost = other.kind === 'prflx' && other.address === 'hidden' && outside.isShared !== false
  const isHost = mayBeHost && outside.hostPorts.has(remote.port ?? 0)
  return { route: straightRoute(own, isHost ? { ...other, kind: 'host' } : other, outside), rtt, own, other }
}
