import type { CandidateFacts } from './candidate.ts'
import type { Time } from './time.ts'

/** What can be seen of a connection while it comes up, and later. */
export type Sight =
  /** One's own description was told, or the other's taken in. */
  | { readonly type: 'described'; readonly whose: 'own' | 'other' }
  | { readonly type: 'candidate'; readonly whose: 'own' | 'other'; readonly facts: CandidateFacts }
  /** All of one's own candidates there are for now were told. */
  | { readonly type: 'gathered' }
  | { readonly type: 'ice'; readonly state: string }
  /** Both sides have the keys of the connection. */
  | { readonly type: 'secured' }
  | { readonly type: 'refusal'; readonly refusal: Refusal }
  /** Another path may be in use than before. */
  | { readonly type: 'moved' }

/** A STUN or TURN server answered with an error, or not at all (`icecandidateerror`). */
export interface Refusal {
  readonly server: 'stun' | 'turn'
  readonly over: 'udp' | 'tcp' | 'tls'
  /** Of STUN; 701 when nothing came back. */
  readonly code: number
  /** In the browser's words; empty where they could hold an address. */
  readonly text: string
}

/** Moments of an attempt that are noted, each when it first comes. */
export type Mark =
  | 'described-own'
  | 'described-other'
  | 'own'
  | 'other'
  | 'gathered'
  | 'ice'
  | 'secured'
  | 'channel'
  | 'open'

/** States of ICE and different refusals that are noted of one attempt. */
const MOST_STATES = 20
const MOST_REFUSALS = 12

/** What was seen of one attempt at a link, from its first moment on: a few numbers, without any address. */
export class AttemptLog {
  readonly startedAt: number
  readonly initiator: boolean
  /** Servers, credentials and policy that it began with: not for telling. */
  readonly config: RTCConfiguration
  /** Milliseconds after `startedAt`. */
  readonly marks = new Map<Mark, number>()
  /** How many candidates there were of each sort. */
  readonly candidates = { own: new Map<string, Counted>(), other: new Map<string, Counted>() }
  readonly states: { readonly state: string; readonly at: number }[] = []
  readonly refusals = new Map<string, { readonly refusal: Refusal; count: number }>()
  /** When it ended, in milliseconds after `startedAt`, and how. */
  ended: { readonly how: string; readonly at: number } | null = null
  /** Of the pair's attempts; null while only one side knows of it. */
  number: number | null = null
  readonly #time: Time

  constructor(time: Time, initiator: boolean, config: RTCConfiguration) {
    this.#time = time
    this.initiator = initiator
    this.config = config
    this.startedAt = time.now()
  }

  /** Milliseconds since it began. */
  get age(): number {
    return this.#time.now() - this.startedAt
  }

  mark(mark: Mark): void {
    if (!this.marks.has(mark)) this.marks.set(mark, this.age)
  }

  see(sight: Sight): void {
    if (sight.type === 'described') this.mark(`described-${sight.whose}`)
    else if (sight.type === 'candidate') this.#count(sight.whose, sight.facts)
    else if (sight.type === 'ice') this.#state(sight.state)
    else if (sight.type === 'refusal') this.#refused(sight.refusal)
    else if (sight.type !== 'moved') this.mark(sight.type)
  }

  end(how: string): void {
    this.ended ??= { how, at: this.age }
  }

  #count(whose: 'own' | 'other', facts: CandidateFacts): void {
    this.mark(whose)
    const counts = this.candidates[whose]
    const key = [facts.kind, facts.protocol, facts.address, facts.family].join(' ')
    const counted = counts.get(key) ?? { facts, count: 0 }
    counted.count++
    counts.set(key, counted)
  }

  #state(state: string): void {
    if (state === 'connected' || state === 'completed') this.mark('ice')
    if (this.states.length < MOST_STATES) this.states.push({ state, at: this.age })
  }

  #refused(refusal: Refusal): void {
    const key = [refusal.server, refusal.over, refusal.code].join(' ')
    const known = this.refusals.get(key)
    if (known) known.count++
    else if (this.refusals.size < MOST_REFUSALS) this.refusals.set(key, { refusal, count: 1 })
  }
}

interface Counted {
  readonly facts: CandidateFacts
  count: number
}
