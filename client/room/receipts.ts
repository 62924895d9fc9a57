import type { Heard } from '../store/room-store.ts'

/**
 * Who holds one's own chains, and how far: so what became of one's messages. Visits that are there now decide what is
 * delivered; that a person ever held something is never forgotten.
 */
export class Receipts {
  /** The authors of the visits that are there. */
  readonly #present = new Map<string, string>()
  readonly #covered = new Map<string, Map<string, number>>()
  readonly #held = new Map<string, Map<string, number>>()

  /** The visits that count. */
  get present(): Iterable<string> {
    return this.#present.keys()
  }

  /** Somebody else's visit came; it counts from now on. */
  met(peer: string, author: string): void {
    this.#present.set(peer, author)
  }

  /** A visit left and does not count any more. */
  gone(peer: string): void {
    this.#present.delete(peer)
    for (const visits of this.#covered.values()) visits.delete(peer)
  }

  /**
   * A visit holds one of one's own chains up to `seq`. Returns whose visit it is, and the seq above which this is news; null
   * when it is none.
   */
  covered(peer: string, chain: string, seq: number): { readonly author: string; readonly after: number } | null {
    const author = this.#present.get(peer)
    if (author === undefined) return null
    const visits = this.#covered.get(chain) ?? new Map<string, number>()
    this.#covered.set(chain, visits)
    const after = visits.get(peer) ?? 0
    if (seq <= after) return null
    visits.set(peer, seq)
    this.held(author, chain, seq)
    return { author, after }
  }

  /** A person was known to hold one of one's own chains up to `seq`. */
  held(author: string, chain: string, seq: number): void {
    const authors = this.#held.get(chain) ?? new Map<string, number>()
    this.#held.set(chain, authors)
    authors.set(author, Math.max(seq, authors.get(author) ?? 0))
  }

  /** Chains of which anything is known. */
  get chains(): Iterable<string> {
    return this.#held.keys()
  }

  /** Who was ever known to hold what. */
  get heard(): readonly Heard[] {
    return [...this.#held].flatMap(([chain, seqs]) => [...seqs].map(([author, seq]) => ({ chain, author, seq })))
  }

  /** The seq up to which anybody ever held a chain, and the one up to which all visits do that are there; 0 for none. */
  of(chain: string): { readonly sent: number; readonly delivered: number } {
    const visits = this.#covered.get(chain)
    const seqs = [...this.#present.keys()].map((peer) => visits?.get(peer) ?? 0)
    return { sent: this.sent(chain), delivered: seqs.length > 0 ? Math.min(...seqs) : 0 }
  }

  /** The seq up to which anybody ever held a chain. */
  sent(chain: string): number {
    return Math.max(0, ...(this.#held.get(chain)?.values() ?? []))
  }

  /** The authors who ever held what stands at a seq of a chain. */
  holders(chain: string, seq: number): readonly string[] {
    return [...(this.#held.get(chain) ?? [])].filter(([, last]) => last >= seq).map(([author]) => author)
  }
}
