import { type Bytes, toHex } from './bytes.ts'

/** Beyond so many the oldest is forgotten: what belongs to an older attempt is not obeyed anyway. */
const MOST = 1_024

/**
 * Tells repeats among envelopes by their nonce. A counter would serve, too, but who has the room's key could use up
 * numbers that the real sender will need; a nonce can't be guessed. To be asked only of envelopes that opened: others
 * could be made without end.
 */
export class Replays {
  readonly #seen = new Set<string>()

  /** Whether an envelope of this nonce comes for the first time. */
  isNew(nonce: Bytes): boolean {
    const key = toHex(nonce)
    if (this.#seen.has(key)) return false
    this.#seen.add(key)
    for (const oldest of this.#seen) {
      if (this.#seen.size <= MOST) break
      this.#seen.delete(oldest)
    }
    return true
  }
}
