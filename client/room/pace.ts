import type { Time } from '../net/time.ts'

/** Lets `burst` through at once and `perSecond` lasting: a bound that delays, and drops nothing. */
export class Pace {
  readonly #time: Time
  readonly #burst: number
  readonly #perSecond: number
  #left: number
  #at: number

  constructor(time: Time, burst: number, perSecond: number) {
    this.#time = time
    this.#burst = burst
    this.#perSecond = perSecond
    this.#left = burst
    this.#at = time.now()
  }

  /** Takes `cost` and returns how many milliseconds to wait before going on. */
  take(cost: number): number {
    const now = this.#time.now()
    // A wall clock may be set back.
    const passed = Math.max(0, now - this.#at) / 1_000
    this.#left = Math.min(this.#burst, this.#left + passed * this.#perSecond) - cost
    this.#at = now
    return this.#left < 0 ? (-this.#left / this.#perSecond) * 1_000 : 0
  }
}
