/** Lets so much through for each key, and so much in all. */
import { TokenBucket } from './token-bucket.ts'

export interface Rates {
  /** Tokens a second for each key, and for all keys together; bursts as `TokenBucket` says. */
  readonly perKey: number
  readonly inAll: number
  /** How many keys are remembered. Beyond, the one that was used longest ago is forgotten. */
  readonly maxKeys: number
}

export class RateLimit {
  readonly #rates: Rates
  readonly #all: TokenBucket
  /** The one used longest ago first. */
  readonly #buckets = new Map<string, TokenBucket>()

  /** @param now - milliseconds of any clock that never goes back */
  constructor(rates: Rates, now: number) {
    this.#rates = rates
    this.#all = new TokenBucket(rates.inAll, now)
  }

  /** How many keys are remembered. */
  get keys(): number {
    return this.#buckets.size
  }

  /** Takes a token of the key and one of all; false when either has none. What a key is refused costs the others nothing. */
  take(key: string, now: number): boolean {
    const bucket = this.#buckets.get(key) ?? new TokenBucket(this.#rates.perKey, now)
    this.#buckets.delete(key)
    this.#buckets.set(key, bucket)
    if (this.#buckets.size > this.#rates.maxKeys) this.#forgetOldest()
    return bucket.take(now) && this.#all.take(now)
  }

  #forgetOldest(): void {
    for (const key of this.#buckets.keys()) {
      this.#buckets.delete(key)
      return
    }
  }
}
