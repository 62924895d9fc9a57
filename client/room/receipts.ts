/** How far each other visit has one's own chain, and so what became of each own message. */
export class Receipts {
  readonly #covered = new Map<string, number>()

  /** A visit came; it counts for *delivered* from now on. */
  met(peer: string): void {
    if (!this.#covered.has(peer)) this.#covered.set(peer, 0)
  }

  /** A visit left and does not count any more. */
  gone(peer: string): void {
    this.#covered.delete(peer)
  }

  /** A visit holds one's own chain up to `seq`. */
  covered(peer: string, seq: number): void {
    this.#covered.set(peer, Math.max(seq, this.#covered.get(peer) ?? 0))
  }

  /** The seq up to which at least one other visit holds one's own chain. */
  get sent(): number {
    return Math.max(0, ...this.#covered.values())
  }

  /** The seq up to which every present visit does; 0 when nobody is there. */
  get delivered(): number {
    return this.#covered.size > 0 ? Math.min(...this.#covered.values()) : 0
  }
}
