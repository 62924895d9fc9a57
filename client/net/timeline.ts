import type { AttemptLog, Mark, Refusal } from './attempt-log.ts'
import type { CandidateFacts } from './candidate.ts'
import { serversOf } from './verdict.ts'

/**
 * The steps of an attempt, in order: both descriptions exchanged; a candidate of each side known; ICE found a path; DTLS
 * agreed on keys; the data channel opened; both proved who they are.
 */
export const STEPS = ['signaling', 'candidates', 'ice', 'dtls', 'channel', 'hello'] as const
export type StepName = (typeof STEPS)[number]

export interface Step {
  readonly name: StepName
  /** `now`: under way; `failed`: the attempt ended in it; `waiting`: not begun. */
  readonly state: 'done' | 'now' | 'failed' | 'waiting'
  /** How long it took, or has taken so far, in milliseconds; null while it waits. */
  readonly ms: number | null
}

export interface CountedCandidates extends CandidateFacts {
  readonly count: number
}

/** An attempt at a link as it can be shown to anybody: no address, name, key or whole id is in it. All times in milliseconds. */
export interface Timeline {
  /** Of the pair's attempts; null while only one side knows of it. */
  readonly attempt: number | null
  /** Whether one's own side made the offer. */
  readonly offered: boolean
  /** How it ended, as `LinkEnd` says, or `closed` from this side; null while it goes on. */
  readonly ended: string | null
  /** From its beginning until the link was open, or it ended, or until now. */
  readonly ms: number
  readonly steps: readonly Step[]
  /** When all of one's own candidates were known; null until then. */
  readonly gathered: number | null
  readonly candidates: { readonly own: readonly CountedCandidates[]; readonly other: readonly CountedCandidates[] }
  /** States of ICE, with when they began. */
  readonly ice: readonly { readonly state: string; readonly at: number }[]
  /** What STUN and TURN servers answered that was no help. */
  readonly refusals: readonly (Refusal & { readonly count: number })[]
  /** Which servers were asked, and whether only relays are used. */
  readonly servers: readonly Pick<Refusal, 'server' | 'over'>[]
  readonly relaysOnly: boolean
}

/** When each step was done, as far as it is; a later one that is done shows that all before it are. */
function doneAt(marks: ReadonlyMap<Mark, number>): (number | undefined)[] {
  const both = (a: Mark, b: Mark) => {
    const [one, other] = [marks.get(a), marks.get(b)]
    return one === undefined || other === undefined ? undefined : Math.max(one, other)
  }
  const done = [
    both('described-own', 'described-other'),
    both('own', 'other'),
    marks.get('ice'),
    marks.get('secured'),
    marks.get('channel'),
    marks.get('open'),
  ]
  for (let i = done.length - 2; i >= 0; i--) {
    const next = done[i + 1]
    if (next !== undefined) done[i] = Math.min(done[i] ?? next, next)
  }
  return done
}

function stepsOf(log: AttemptLog, until: number): Step[] {
  const done = doneAt(log.marks)
  let begun = 0
  let isReached = true
  return STEPS.map((name, index) => {
    const at = isReached ? done[index] : undefined
    if (at !== undefined) {
      const ms = Math.max(0, at - begun)
      begun = Math.max(begun, at)
      return { name, state: 'done', ms }
    }
    if (!isReached) return { name, state: 'waiting', ms: null }
    isReached = false
    return { name, state: log.ended ? 'failed' : 'now', ms: Math.max(0, until - begun) }
  })
}

const counted = (counts: AttemptLog['candidates']['own']): CountedCandidates[] =>
  [...counts.values()].map(({ facts, count }) => ({ ...facts, count }))

/** How an attempt went so far. */
export function timelineOf(log: AttemptLog): Timeline {
  const until = log.marks.get('open') ?? log.ended?.at ?? log.age
  return {
    attempt: log.number,
    offered: log.initiator,
    ended: log.ended?.how ?? null,
    ms: until,
    steps: stepsOf(log, until),
    gathered: log.marks.get('gathered') ?? null,
    candidates: { own: counted(log.candidates.own), other: counted(log.candidates.other) },
    ice: [...log.states],
    refusals: [...log.refusals.values()].map(({ refusal, count }) => ({ ...refusal, count })),
    servers: serversOf(log.config),
    relaysOnly: log.config.iceTransportPolicy === 'relay',
  }
}
