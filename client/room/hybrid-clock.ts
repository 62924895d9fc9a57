/** Room for this many entries a millisecond. */
export const TICKS = 1024
/** How far another's clock may push one's own ahead of one's wall clock, in milliseconds. */
const MOST_AHEAD = 24 * 60 * 60 * 1000

/**
 * A hybrid logical clock: milliseconds * 1024 + counter. It follows the wall clock, never stands still or goes back, and
 * is later than every entry seen before, so that an answer sorts after its question even where wall clocks disagree.
 * (Kulkarni et al., "Logical Physical Clocks", 2014.)
 */
export class HybridClock {
  readonly #now: () => number
  #last = 0

  /** @param now the wall clock, in milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now
  }

  /** The clock of a new entry: above every earlier one. */
  tick(): number {
    this.#last = Math.max(this.#last + 1, Math.floor(this.#now()) * TICKS)
    return this.#last
  }

  /** Takes note of a received entry's clock. One that is absurdly far ahead moves this one only so far. */
  observe(clock: number): void {
    this.#last = Math.max(this.#last, Math.min(clock, (Math.floor(this.#now()) + MOST_AHEAD) * TICKS))
  }
}
