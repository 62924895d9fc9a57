/** How far the other visits in the room hold one's own chains, and so what became of one's messages. */
export class Receipts {
  readonly #present = new Set<string>()
  readonly #covered = new Map<string, Map<string, number>>()

  /** The visits that count. */
  get present(): Iterable<string> {
    return this.#present
  }

  /** Somebody else's visit came; it counts from now on. */
  met(peer: string): void {
    this.#present.add(peer)
  }

  /** A visit left and does not count any more. */
  gone(peer: string): void {
    this.#present.delete(peer)
    for (const visits of this.#covered.values()) visits.delete(peer)
  }

  /** A visit holds one of one's own chains up to `seq`. */
  covered(peer: string, chain: string, seq: number): void {
    if (!this.#present.has(peer)) return
    const visits = this.#covered.get(chain) ?? new Map<string, number>()
    this.#covered.set(chain, visits)
    visits.set(peer, Math.max(seq, visits.get(peer) ?? 0))
  }

  /** Chains of which anything is known. */
  get chains(): Iterable<string> {
    return this.#covered.keys()
  }

  /** The seq up to which at least one present visit holds a chain, and the one up to which all do; 0 for none. */
  of(chain: string): { readonly sent: number; readonly delivered: number } {
    const visits = this.#covered.get(chain)
    const seqs = [...this.#present].map((peer) => visits?.get(peer) ?? 0)
    return { sent: Math.max(0, ...seqs), delivered: seqs.length > 0 ? Math.min(...seqs) : 0 }
  }
}
