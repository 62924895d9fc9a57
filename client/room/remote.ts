import { type Bytes, toHex } from '../crypto/bytes.ts'
import type { Frame, VectorRow, WireEntry } from '../net/frame.ts'
import { bytesOf, chainOf, compareEntries, type Entry } from './entry.ts'
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
/** Chains that a frame's entries are chosen from: with thousands of them, looking at all for each frame would take long. */
const MOST_READY = 64
/** Chains remembered of what a peer holds; an honest room has far fewer. */
const MOST_CHAINS = 50_000

/** Wants for one chain are this far apart, in milliseconds. */
const WANT_INTERVAL = 2_000
const MOST_WANTS = 1_000
/** Other versions of chains that a peer was answered with one's own. */
const MOST_DISPUTES = 10_000

/** About what an entry takes in a frame, in bytes. */
export const sizeOf = (wire: WireEntry): number => 128 + bytesOf(wire)

/** One linked peer: what it holds, and what it is to be sent next. A send cursor for each chain, which only advances. */
export class Remote {
  readonly #holds = new Map<string, number>()
  readonly #cursors = new Map<string, number>()
  readonly #behind = new Set<string>()
  /** Where its chains begin, of those that don't begin at 1. */
  readonly #starts = new Map<string, number>()
  /** Chains of which it must be told from where on they are sent. */
  readonly #jumped = new Set<string>()
  readonly #wantedAt = new Map<string, number>()
  readonly #filled = new Set<string>()
  readonly #disputes = new Set<string>()
  /** Its vector is known, so that sending can begin. */
  isKnown = false
  /** It was sent one's own vector. */
  isTold = false
  /** Its floor: what is older it doesn't take. */
  floor = 0

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

  /** Chains of which it is known to hold something, with the last seq. */
  get held(): ReadonlyMap<string, number> {
    return this.#holds
  }

  /** The last seq of a chain that it holds without a gap; 0 for none. */
  holds(chain: string): number {
    return this.#holds.get(chain) ?? 0
  }

  /** Where it says that a chain begins. */
  start(chain: string): number {
    return this.#starts.get(chain) ?? 1
  }

  /** Whether it holds this place of a chain. */
  has(chain: string, seq: number): boolean {
    return this.start(chain) <= seq && seq <= this.holds(chain)
  }

  /** It said, or showed, that it holds a chain up to `seq`. True when that is news. */
  learn(chain: string, seq: number): boolean {
    if (seq <= this.holds(chain)) return false
    if (this.#holds.size >= MOST_CHAINS && !this.#holds.has(chain)) return false
    this.#holds.set(chain, seq)
    if (this.#cursor(chain) <= seq) this.#cursors.set(chain, seq + 1)
    return true
  }

  /** Takes in a row of its vector. True when it is news that it holds the same entries as this log up to there. */
  learnRow(row: VectorRow, log: Log): boolean {
    const [author, visit, first, last, id, isForked] = row
    const chain = chainOf(author, visit)
    if (log.contradicts(row)) {
      // It has another version: where they part shows only when both have seen both.
      const dispute = chain + toHex(id)
      if (!this.#disputes.has(dispute) && this.#disputes.size < MOST_DISPUTES) this.rewind(chain, first)
      this.#disputes.add(dispute)
      return false
    }
    if (first === 1) this.#starts.delete(chain)
    else if (this.#starts.size < MOST_CHAINS) this.#starts.set(chain, first)
    const fork = log.chains.get(chain)?.fork ? log.last(chain) + 1 : Number.POSITIVE_INFINITY
    const isNews = this.learn(chain, Math.min(last, fork - 1))
    // It knows of a fork, here or further down: it needs no proof.
    if (isForked && last < fork) this.#cursors.set(chain, Number.POSITIVE_INFINITY)
    return isNews
  }

  /** It is to be sent a chain from `seq` on: it asked, or this log's version changed there. */
  rewind(chain: string, seq: number): void {
    this.#cursors.set(chain, Math.min(seq, this.#cursor(chain)))
    this.#behind.add(chain)
  }

  /** Asks it for a chain from `seq` on, unless it was asked a moment ago. */
  want(author: Bytes, visit: Bytes, from: number, now: number): boolean {
    const chain = chainOf(author, visit)
    if (now - (this.#wantedAt.get(chain) ?? 0) < WANT_INTERVAL) return false
    if (this.#wantedAt.size >= MOST_WANTS) this.#wantedAt.clear()
    this.#wantedAt.set(chain, now)
    this.port.send({ type: 'want', author, visit, from })
    return true
  }

  /** Asks it for what is missing of a chain from seq `from` on, if it has that; once. */
  fill(author: Bytes, visit: Bytes, from: number, now: number): void {
    const chain = chainOf(author, visit)
    const what = `${chain}${from}`
    if (!this.has(chain, from) || this.#filled.has(what) || this.#filled.size >= MOST_CHAINS) return
    if (this.want(author, visit, from, now)) this.#filled.add(what)
  }

  /** A chain in one's log grew, or may hold something that this peer lacks. */
  grew(chain: string): void {
    if (chain !== this.own) this.#behind.add(chain)
  }

  /**
   * Takes the next entries to send: one's own chain `mine` first, the rest in display order. Empty when nothing may be sent
   * now; `again` is then the time from which more may be, if any. `rows` are to be told before: from where on chains are
   * sent of which the beginning is not held here, or not wanted there. What nobody
   * is known to have `heard` waits for nobody else to send it.
   */
  take(
    log: Log,
    mine: string,
    now: number,
    passOnAfter: number,
    heard: (chain: string) => number,
  ): { entries: WireEntry[]; rows: VectorRow[]; again: number | null } {
    const ready: { chain: string; seq: number; first: Entry; found: readonly Entry[] }[] = []
    let readyChains = 0
    let again: number | null = null
    for (const chain of this.#behind.has(mine) ? new Set([mine, ...this.#behind]) : this.#behind) {
      if (readyChains >= MOST_READY) break
      const unheard = heard(chain) + 1
      let size = 0
      let seq = this.#skip(chain, log)
      let found = log.at(chain, seq)
      let [first] = found
      if (!first) this.#behind.delete(chain)
      while (first && size < BATCH) {
        // What came later than now came before the clock was set back.
        const waits = chain !== mine && first.arrivedAt <= now
        const from =
          chain === mine || seq >= unheard ? 0 : Math.max(waits ? first.arrivedAt + passOnAfter : 0, this.passOnFrom)
        if (from > now) {
          again = Math.min(again ?? from, from)
          break
        }
        ready.push({ chain, seq, first, found })
        for (const { wire } of found) size += sizeOf(wire)
        found = log.at(chain, ++seq)
        first = found[0]
      }
      if (size > 0) readyChains++
    }
    ready.sort((a, b) => Number(b.chain === mine) - Number(a.chain === mine) || compareEntries(a.first, b.first))
    const entries: WireEntry[] = []
    const rows: VectorRow[] = []
    let size = 0
    for (const { chain, seq, found } of ready) {
      for (const { wire } of found) size += sizeOf(wire)
      if (entries.length > 0 && size > BATCH) break
      for (const { wire } of found) entries.push(wire)
      this.#cursors.set(chain, seq + 1)
      const row = this.#jumped.delete(chain) ? log.row(chain) : null
      if (row) rows.push([row[0], row[1], seq, row[3], row[4], row[5]])
    }
    return { entries, rows, again }
  }

  /** The next seq of a chain to send: not what was thinned here, nor what is below the other's floor. */
  #skip(chain: string, log: Log): number {
    const held = log.chains.get(chain)
    const cursor = this.#cursor(chain)
    if (!held) return cursor
    let seq = Math.max(cursor, held.first)
    while ((held.entries[seq - held.first]?.header.clock ?? this.floor) < this.floor) seq++
    if (seq === cursor || seq === Number.POSITIVE_INFINITY) return cursor
    this.#cursors.set(chain, seq)
    this.#jumped.add(chain)
    return seq
  }

  #cursor(chain: string): number {
    return this.#cursors.get(chain) ?? 1
  }
}
