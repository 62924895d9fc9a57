import type { Message } from './types.ts'

/** Stands for the chain of one's present visit, which has drafts before its real key is known. */
export const PRESENT = 'present'

/** What became of what stands in a place of one's own. */
export type Fate = Pick<Message, 'state' | 'reached'>

/** One of one's own chains: its lines by seq, and up to where they are on the disk, with one other, or were with all present. */
interface OwnChain<Line> {
  readonly lines: Map<number, Line>
  kept: number
  sent: number
  delivered: number
  /** How many people ever held what stands at a seq. */
  reached: (seq: number) => number
}

function fateOf({ kept, sent, delivered, reached }: OwnChain<unknown>, seq: number): Fate {
  const state = seq <= delivered ? 'delivered' : seq <= Math.max(kept, sent) ? 'sent' : 'sending'
  return { state, reached: reached(seq) }
}

/** One's own lines, by where they stand in one's own chains, with what became of them. */
export class OwnLines<Line extends { readonly id: string; readonly message: Message }> {
  readonly #chains = new Map<string, OwnChain<Line>>()
  readonly #changed: (line: Line, fate: Fate) => Message

  /** @param changed is called with each line of which something else became, and gives its new message */
  constructor(changed: (line: Line, fate: Fate) => Message) {
    this.#changed = changed
  }

  get(chain: string, seq: number): Line | null {
    return this.#chains.get(chain)?.lines.get(seq) ?? null
  }

  /** Puts a line in its place. Returns what is known of that. */
  put(chain: string, seq: number, line: Line): Fate {
    const own = this.#chain(chain)
    own.lines.set(seq, line)
    return fateOf(own, seq)
  }

  /** The lines with these ids are gone. */
  remove(ids: ReadonlySet<string>): void {
    for (const { lines } of this.#chains.values()) for (const [seq, { id }] of lines) if (ids.has(id)) lines.delete(seq)
  }

  /**
   * What became of a chain: up to `sent` it is with another member, up to `delivered` with every present one, and `reached`
   * tells how many ever held what stands at a seq. Nothing changed up to `after`, but for what is delivered now.
   */
  receipts(
    chain: string,
    receipt: { readonly sent: number; readonly delivered: number; reached(seq: number): number },
    after: number,
  ): readonly Message[] {
    const own = this.#chain(chain)
    const from = Math.min(after, own.delivered)
    own.sent = Math.max(own.sent, receipt.sent)
    // What was delivered stays so, whoever comes later.
    own.delivered = Math.max(own.delivered, receipt.delivered)
    own.reached = receipt.reached
    return this.#renew(own, from, Math.max(own.sent, own.delivered))
  }

  /** A chain is on the disk up to `seq`. */
  kept(chain: string, seq: number): readonly Message[] {
    const own = this.#chain(chain)
    const from = own.kept
    own.kept = Math.max(from, seq)
    return this.#renew(own, from, own.kept)
  }

  /** Nothing is on the disk any more. */
  unkept(): readonly Message[] {
    return [...this.#chains.values()].flatMap((own) => {
      const last = own.kept
      own.kept = 0
      return this.#renew(own, Math.max(own.sent, own.delivered), last)
    })
  }

  /** Where one's own message stands, or null. */
  placeOf(id: string): { readonly chain: string; readonly seq: number } | null {
    for (const [chain, { lines }] of this.#chains)
      for (const [seq, line] of lines) if (line.id === id) return { chain, seq }
    return null
  }

  /** What became of lines after one seq, up to another, may have changed. */
  #renew(own: OwnChain<Line>, after: number, last: number): readonly Message[] {
    const changed: Message[] = []
    for (let seq = after + 1; seq <= last; seq++) {
      const line = own.lines.get(seq)
      const fate = fateOf(own, seq)
      if (line && (line.message.state !== fate.state || line.message.reached !== fate.reached))
        changed.push(this.#changed(line, fate))
    }
    return changed
  }

  #chain(chain: string): OwnChain<Line> {
    const own = this.#chains.get(chain) ?? { lines: new Map(), kept: 0, sent: 0, delivered: 0, reached: () => 0 }
    this.#chains.set(chain, own)
    return own
  }
}
