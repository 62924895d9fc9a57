import { steady, type Time } from '../net/time.ts'
import { seededRandom, type VirtualTime } from '../net/virtual-time.ts'

/** The clock and timers of one machine, which may go wrong, sleep, and be switched off. */
export class LocalTime implements Time {
  readonly random: () => number
  readonly now: () => number
  readonly #time: VirtualTime
  #late: { callback: (() => void) | null }[] = []
  #state: 'awake' | 'asleep' | 'off' = 'awake'
  /** How far the clock is ahead of the others', in milliseconds. */
  ahead: number
  /** Timers that are set. */
  pending = 0

  constructor(time: VirtualTime, seed: number, ahead: number) {
    this.#time = time
    this.random = seededRandom(seed)
    this.ahead = ahead
    this.now = steady(() => this.date())
  }

  date(): number {
    return Math.floor(this.#time.now() + this.ahead)
  }

  after(ms: number, callback: () => void): () => void {
    const timer: { callback: (() => void) | null } = { callback }
    this.pending++
    const cancel = this.#time.after(ms, () => {
      if (this.#state === 'asleep') this.#late.push(timer)
      else this.#call(timer)
    })
    return () => {
      if (!timer.callback) return
      timer.callback = null
      this.pending--
      cancel()
    }
  }

  get isAwake(): boolean {
    return this.#state === 'awake'
  }

  /** From now on all timers are late. */
  sleep(): void {
    if (this.#state === 'awake') this.#state = 'asleep'
  }

  /** Calls what is late, one after the other. */
  wake(): void {
    if (this.#state !== 'asleep') return
    this.#state = 'awake'
    for (const timer of this.#late.splice(0)) this.#time.after(0, () => this.#call(timer))
  }

  /** Nothing is called any more. */
  switchOff(): void {
    this.#state = 'off'
  }

  #call(timer: { callback: (() => void) | null }): void {
    const { callback } = timer
    if (!callback || this.#state === 'off') return
    if (this.#state === 'asleep') {
      this.#late.push(timer)
      return
    }
    timer.callback = null
    this.pending--
    callback()
  }
}
