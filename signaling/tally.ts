/** Counts things by key, up to a limit each. Keys without a thing take no memory. */
export class Tally {
  readonly #limit: number
  readonly #counts = new Map<string, number>()

  /** @param limit - how many things a key may have */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** Counts one more; false, and nothing counted, when the key has as many as it may. */
  take(key: string): boolean {
    const count = this.#counts.get(key) ?? 0
    if (count >= this.#limit) return false
    this.#counts.set(key, count + 1)
    return true
  }

  /** Gives back what `take` counted. */
  release(key: string): void {
    const count = this.#counts.get(key) ?? 0
    if (count > 1) this.#counts.set(key, count - 1)
    else this.#counts.delete(key)
  }
}
