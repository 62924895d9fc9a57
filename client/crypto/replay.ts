/** How far numbers may overtake each other: envelopes of one pair take two paths. */
const WIDTH = 1024

/**
 * Tells repeats among counted envelopes that may arrive out of order. Takes the same small memory for ever: what lies
 * 1,024 or more below the highest number counts as a repeat.
 */
export class ReplayWindow {
  #highest = 0
  /** The number last accepted in each place; a number's place is its remainder by the width. */
  readonly #accepted = new Float64Array(WIDTH)

  /** Whether `n`, a safe integer, is accepted: once, when it is above 0 and not too far below the highest. */
  accept(n: number): boolean {
    if (!Number.isSafeInteger(n) || n < 1 || n <= this.#highest - WIDTH) return false
    const place = n % WIDTH
    if (this.#accepted[place] === n) return false
    this.#accepted[place] = n
    this.#highest = Math.max(this.#highest, n)
    return true
  }
}
