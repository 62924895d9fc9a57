import type { Bytes } from '../crypto/bytes.ts'
import type { Frame, WireEntry } from '../net/frame.ts'
import { chainOf, compareEntries, type Entry } from './entry.ts'
import type { Log } from './log.ts'

/** What sync needs of a link. */
export interface Port {
  send(frame: Frame): void
  /** Bytes sent that have not left yet. */
  readonly unsent: number
  /** The other sent what no honest peer could have. */
  offence(): void
}

/** Bytes of entries put into one frame, unless a single one is larger. */
const BATCH = 16 * 1024
/** Chains remembered of what a peer holds; an honest room has far fewer. */
const MOST_CHAINS = 50_000

/** Wants for one chain are this far apart, in milliseconds. */
const WANT_INTERVAL = 2_000
const MOST_WANTS = 1_000

const sizeOf = ({ header, body }: WireEntry): number => 128 + header.length + (body?.content.length ?? 0)

/** One linked peer: what it holds, and what it is to be sent next. A send cursor for each chain, which only advances. */
export class Remote {
  readonly #holds = new Map<string, number>()
  readonly #cursors = new Map<string, number>()
  readonly #behind = new Set<string>()
  readonly #wantedAt = new Map<string, number>()
  /** Its vector is known, so that sending can begin. */
  isKnown = false
  /** It was sent one's own vector. */
  isTold = false

  /**
   * @param port the link to it
   * @param own the chain that the peer itself writes to, of which it lacks nothing
   * @param passOnFrom before this time it is sent only what is one's own: somebody else sends it the rest
   */
  constructor(
    readonly port: Port,
    readonly own: string,
    readonly passOnFrom: number,
  ) {}

  /** The last seq of a chain that it holds without a gap; 0 for none. */
  holds(chain: string): number {
    return this.#holds.get(chain) ?? 0
  }

  /** It said, or showed, that it holds a chain up to `seq`. True when that is news. */
  learn(chain: string, seq: number): boolean {
    if (seq <= this.holds(chain)) return false
    if (this.#holds.size >= MOST_CHAINS && !this.#holds.has(chain)) return false
    this.#holds.set(chain, seq)
    if (this.#cursor(chain) <= seq) this.#cursors.set(chain, seq + 1)
    return true
  }

  /** It asked for a chain from `seq` on. */
  rewind(chain: string, seq: number): void {
    this.#cursors.set(chain, Math.min(seq, this.#cursor(chain)))
    this.#behind.add(chain)
  }

  /** Asks it for a chain from `seq` on, unless it was asked a moment ago. */
  want(author: Bytes, visit: Bytes, from: number, now: number): void {
    const chain = chainOf(author, visit)
    if (now - (this.#wantedAt.get(chain) ?? 0) < WANT_INTERVAL) return
    if (this.#wantedAt.size >= MOST_WANTS) this.#wantedAt.clear()
    this.#wantedAt.set(chain, now)
    this.port.send({ type: 'want', author, visit, from })
  }

  /** A chain in one's log grew, or may hold something that this peer lacks. */
  grew(chain: string): void {
    if (chain !== this.own) this.#behind.add(chain)
  }

  /**
   * Takes the next entries to send: one's own chain `mine` first, the rest in display order. Empty when nothing may be sent
   * now; `again` is then the time from which more may be, if any.
   */
  take(log: Log, mine: string, now: number, passOnAfter: number): { entries: WireEntry[]; again: number | null } {
    const ready: { chain: string; entry: Entry }[] = []
    let again: number | null = null
    for (const chain of this.#behind) {
      let size = 0
      let seq = this.#cursor(chain)
      let entry = log.at(chain, seq)
      if (!entry) this.#behind.delete(chain)
      while (entry && size < BATCH) {
        const from = chain === mine ? 0 : Math.max(entry.arrivedAt + passOnAfter, this.passOnFrom)
        if (from > now) {
          again = Math.min(again ?? from, from)
          break
        }
        ready.push({ chain, entry })
        size += sizeOf(entry.wire)
        entry = log.at(chain, ++seq)
      }
    }
    ready.sort((a, b) => Number(b.chain === mine) - Number(a.chain === mine) || compareEntries(a.entry, b.entry))
    const entries: WireEntry[] = []
    let size = 0
    for (const { chain, entry } of ready) {
      size += sizeOf(entry.wire)
      if (entries.length > 0 && size > BATCH) break
      entries.push(entry.wire)
      this.#cursors.set(chain, entry.header.seq + 1)
    }
    return { entries, again }
  }

  #cursor(chain: string): number {
    return this.#cursors.get(chain) ?? 1
  }
}
