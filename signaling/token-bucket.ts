/** How many seconds' worth of messages may come at once. */
export const BURST_SECONDS = 10

/** Lets a sustained rate through, and bursts of up to `BURST_SECONDS` of it. Has no clock of its own. */
export class TokenBucket {
  readonly #perSecond: number
  #tokens: number
  #filledAt: number

  /**
   * @param perSecond - tokens that come in a second
   * @param now - milliseconds of any clock that never goes back
   */
  constructor(perSecond: number, now: number) {
    this.#perSecond = perSecond
    this.#tokens = perSecond * BURST_SECONDS
    this.#filledAt = now
  }

  /** Takes a token; false when there is none. */
  take(now: number): boolean {
    const filled = this.#tokens + ((now - this.#filledAt) / 1000) * this.#perSecond
    this.#tokens = Math.min(filled, this.#perSecond * BURST_SECONDS)
    this.#filledAt = now
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }
}
