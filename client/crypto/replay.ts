const WIDTH = 1024

/** Tells repeats among numbered envelopes that may overtake each other. Bounded: what is far behind the newest counts as a repeat. */
export class ReplayWindow {
  #highest = 0
  readonly #seen = new Set<number>()

  /** True the first time for each `n` that is not more than 1,024 below the highest; false otherwise. */
  accept(n: number): boolean {
    if (n <= this.#highest - WIDTH || this.#seen.has(n)) return false
    this.#seen.add(n)
    if (n > this.#highest) {
      this.#highest = n
      if (this.#seen.size > WIDTH) for (const old of this.#seen) if (old <= n - WIDTH) this.#seen.delete(old)
    }
    return true
  }
}
