import { toHex } from '../crypto/bytes.ts'
import type { VectorRow } from '../net/frame.ts'
import { type Added, type Chain, HeldChain } from './chain.ts'
import { Deletions } from './deletions.ts'
import { bytesOf, chainOf, compareEntries, type Entry } from './entry.ts'
import { TICKS } from './hybrid-clock.ts'

/** How much of a conversation is kept. */
export interface Limits {
  readonly entries: number
  /** Of headers and bodies. */
  readonly bytes: number
  /** What is younger than this, in milliseconds, is not thinned. */
  readonly recent?: number
}

const LIMITS: Limits = { entries: 30_000, bytes: 32 * 1024 * 1024 }
const RECENT = 60 * 60 * 1000
/** A clock this far ahead, in milliseconds, can hardly be an honest one: another's may drive those a day ahead. */
const MOST_AHEAD = 25 * 60 * 60 * 1000
/** What one visit may take of it, at most. */
const SHARE = 0.5
/** How much is kept when the log was full. */
const KEPT = 0.9
/** How long it takes, in milliseconds, until there is more that is old enough to be thinned. */
const THIN_INTERVAL = 60_000
/** Chains that were dropped and are not taken again. */
const MOST_DROPPED = 30_000
/** What is never dropped from a log, and how far it may be thinned. */
export interface Spared {
  /** The chain that one writes to. */
  readonly mine: string
  /** How far anybody else is known to have a chain of one's own, of this visit or an earlier one; `Infinity` for others'. */
  readonly heard: (chain: string) => number
  /** Chains of visits that are there now: within their fair share they stay. */
  readonly present: ReadonlySet<string>
  /** By this machine's clock, in milliseconds since the epoch. */
  readonly now: number
}

/** The clock right after the last of the `oldest` entries, in display order, that are to go to be rid of an excess. */
function clockAfter(oldest: readonly Entry[], { entries, bytes }: Limits): number {
  let [count, size, clock] = [0, 0, 0]
  for (const entry of oldest) {
    if (count >= entries && size >= bytes) break
    count += 1
    size += bytesOf(entry.wire)
    clock = entry.header.clock + 1
  }
  return clock
}

/** All entries of a room, a chain for each visit. Whether one is valid depends on it and its predecessor only. */
export class Log {
  readonly #limits: Limits
  readonly #chains = new Map<string, HeldChain>()
  /** Chains that were dropped for want of room, with their last seq then. */
  readonly #dropped = new Map<string, number>()
  /** Entries that were given up for others of their chain, and are to be told of. */
  readonly #lost: Entry[] = []
  readonly #deletions = new Deletions()
  readonly #deleted: Entry[] = []
  #size = 0
  #bytes = 0
  /** Entries and proofs, in entries. */
  #weight = 0
  #floor = 0

  constructor(limits: Limits = LIMITS) {
    this.#limits = limits
  }

  /** Number of entries. */
  get size(): number {
    return this.#size
  }

  /** Bytes of all headers and bodies. */
  get bytes(): number {
    return this.#bytes
  }

  /** The clock below which nothing is taken in any more: older history was thinned. It only rises. */
  get floor(): number {
    return this.#floor
  }

  /** Takes up the floor that was kept with the entries of an earlier visit. */
  raiseFloor(floor: number): void {
    this.#floor = Math.max(this.#floor, floor)
  }

  get chains(): ReadonlyMap<string, Chain> {
    return this.#chains
  }

  /**
   * Adds a verified entry after its predecessor. `start` is where whoever gave it says that its chain begins, or goes on
   * after a hole that nobody can fill.
   */
  add(entry: Entry, start = 1): Added {
    const { author, visit, seq, clock } = entry.header
    const key = chainOf(author, visit)
    const known = this.#chains.get(key)
    // What proves a fork counts however old it is.
    if (clock < this.#floor && (entry.wire.body || entry.wire.deletion || !known))
      return known?.at(seq)[0]?.id === entry.id ? 'known' : 'below'
    const chain = known ?? this.#begin(key, entry, start)
    if (!chain) return (this.#dropped.get(key) ?? 0) >= seq ? 'known' : 'gap'
    const added = this.#counted(chain, () => {
      if (seq === start && seq > chain.last + 1 && !chain.fork) this.#lost.push(...chain.jump(seq))
      return chain.place(entry, this.#isBelow(chain, SHARE), start)
    })
    if (added === 'added' && entry.header.kind === 'delete') this.delete(entry)
    return added
  }

  /** The form in which an entry may be added: without its body, if that is deleted. To be asked before. */
  formOf(entry: Entry): Entry {
    return this.#deletions.formOf(entry)
  }

  /** What an entry of kind `delete` names is gone, here or when it comes. It need not be in the log itself. */
  delete(deletion: Entry): void {
    for (const { chain, seq, change } of this.#deletions.add(deletion)) {
      const held = this.#chains.get(chain)
      const deleted = held && this.#counted(held, () => held.replace(seq, change))
      if (deleted) this.#deleted.push(deleted)
    }
  }

  /** An entry came without its body, which was deleted: if it is held with it, that goes here, too. */
  deleteLike(entry: Entry): void {
    const { author, visit, seq } = entry.header
    const held = entry.wire.deletion ? this.#chains.get(chainOf(author, visit)) : undefined
    const change = ({ id, wire }: Entry) => (id === entry.id && wire.body ? entry : null)
    const deleted = held && this.#counted(held, () => held.replace(seq, change))
    if (deleted) this.#deleted.push(deleted)
  }

  /** Entries whose bodies were deleted since this was asked last, as they are now. */
  takeDeleted(): Entry[] {
    return this.#deleted.splice(0)
  }

  /** The entries in one place of a chain, to be passed on: one, both of a fork, or none. */
  at(key: string, seq: number): readonly Entry[] {
    return this.#chains.get(key)?.at(seq) ?? []
  }

  /** Seq of a chain's last entry, 0 when nothing of it is held. */
  last(key: string): number {
    return this.#chains.get(key)?.last ?? 0
  }

  /** Whether there is room for one more entry of a chain, after `more` others. */
  mayGrow(key: string, more = 0): boolean {
    const chain = this.#chains.get(key)
    return !chain || (this.#isBelow(chain, SHARE) && chain.weight + more < this.#limits.entries * SHARE)
  }

  /** Seq of the first entry of a chain that can be passed on. */
  first(key: string): number {
    return this.#chains.get(key)?.first ?? 1
  }

  /** Where what is missing of a chain before its first entry begins; null when nothing is, or it is not wanted. */
  missing(key: string): number | null {
    return this.#chains.get(key)?.missing ?? null
  }

  /** A chain's row in the vector. */
  row(key: string): VectorRow | null {
    return this.#chains.get(key)?.row ?? null
  }

  /** Whether a row of another's vector speaks of another version of its chain than the one that is held here. */
  contradicts([author, visit, , last, id]: VectorRow): boolean {
    const chain = this.#chains.get(chainOf(author, visit))
    const held = chain?.entries[last - chain.first]
    return held !== undefined && held.id !== toHex(id)
  }

  /** What is held, a row a visit, sorted by author and visit. */
  vector(): VectorRow[] {
    return [...this.#chains.keys()]
      .sort()
      .map((key) => this.row(key))
      .filter((row) => row !== null)
  }

  /** All entries in display order. */
  inOrder(): Entry[] {
    return [...this.#chains.values()].flatMap(({ older, entries }) => [...older, ...entries]).sort(compareEntries)
  }

  /**
   * When there is too much, what is old is thinned: of a visit that has more than its share, or of all, by a floor that
   * rises. Where that doesn't make enough room, whole visits go, those that were silent longest first, and clocks that nobody has before all others.
   * Returns what was dropped.
   */
  trim(spared: Spared): Entry[] {
    const lost = this.#lost.splice(0)
    const recent = (spared.now - (this.#limits.recent ?? RECENT)) * TICKS
    const latest = (spared.now + MOST_AHEAD) * TICKS
    const isEven = ![...this.#chains.values()].some((chain) => this.#isUneven(chain, recent))
    if (this.#isWithin(1) && isEven) return lost
    const absurd = this.#isWithin(1) ? [] : this.#dropChains(spared, (chain) => chain.clock > latest)
    const thinned = this.#thin(spared, recent)
    const rest = this.#isWithin(1) ? [] : this.#dropChains(spared, () => true)
    for (const key of this.#dropped.keys()) if (this.#dropped.size > MOST_DROPPED) this.#dropped.delete(key)
    return [...lost, ...absurd, ...thinned, ...rest]
  }

  #isSpared(key: string, chain: HeldChain, { mine, present }: Spared): boolean {
    return (key === mine || present.has(key)) && this.#isBelow(chain, SHARE / (present.size + 1))
  }

  /** Whether a visit takes so much that nothing more of it would be taken in, and something of it may be old enough to go. */
  #isUneven(chain: HeldChain, recent: number): boolean {
    return !this.#isBelow(chain, SHARE) && chain.thinAgain <= recent
  }

  /** Takes off what is old: of visits that have more than their share, and by a higher floor where that is too little. */
  #thin(spared: Spared, recent: number): Entry[] {
    const { heard } = spared
    const chains = [...this.#chains].filter(([key, chain]) => !this.#isSpared(key, chain, spared))
    const parts = chains.map(([key, chain]) => {
      // What nobody else has of one's own stays.
      const until = heard(key)
      const old = [...chain.older, ...chain.entries].filter(
        ({ header }) => header.clock < recent && header.seq <= until,
      )
      return { key, chain, until, old }
    })
    const { entries, bytes } = this.#limits
    const thinned = parts
      .filter(({ chain }) => this.#isUneven(chain, recent))
      .flatMap(({ chain, until, old }) => {
        const excess = { entries: chain.weight - entries * SHARE * KEPT, bytes: chain.bytes - bytes * SHARE * KEPT }
        const taken = this.#counted(chain, () => chain.thin(clockAfter(old, excess), until))
        // Looking again at once would find nothing.
        if (this.#isUneven(chain, recent))
          chain.thinAgain = recent + Math.min(THIN_INTERVAL, this.#limits.recent ?? RECENT) * TICKS
        return taken
      })
    if (this.#isWithin(1)) return thinned
    const gone = new Set(thinned)
    const oldest = parts.flatMap(({ old }) => old.filter((entry) => !gone.has(entry))).sort(compareEntries)
    const excess = { entries: this.#weight - entries * KEPT, bytes: this.#bytes - bytes * KEPT }
    this.raiseFloor(clockAfter(oldest, excess))
    for (const { key, chain, until } of parts) {
      thinned.push(...this.#counted(chain, () => chain.thin(this.#floor, until)))
      if (chain.weight === 0) this.#chains.delete(key)
    }
    return thinned
  }

  /** Drops whole chains, while there is too much. They are not taken again as they were. */
  #dropChains(spared: Spared, may: (chain: HeldChain) => boolean): Entry[] {
    const chains = [...this.#chains]
      .filter(([key, chain]) => key !== spared.mine && may(chain) && !this.#isSpared(key, chain, spared))
      .filter(([key, chain]) => spared.heard(key) >= chain.last)
      .sort(([, a], [, b]) => a.clock - b.clock)
    const dropped: Entry[] = []
    for (const [key, chain] of chains) {
      if (this.#isWithin(KEPT)) break
      this.#chains.delete(key)
      this.#size -= chain.entries.length + chain.older.length
      this.#weight -= chain.weight
      this.#bytes -= chain.bytes
      this.#dropped.set(key, chain.fork ? Number.POSITIVE_INFINITY : chain.last)
      dropped.push(...chain.older, ...chain.entries)
    }
    return dropped
  }

  /** A new chain for its first entry. A dropped one begins anew only when it has grown since. */
  #begin(key: string, { header }: Entry, start: number): HeldChain | null {
    const dropped = this.#dropped.get(key) ?? 0
    if (header.seq > dropped) this.#dropped.delete(key)
    if ((header.seq !== 1 && header.seq !== start) || dropped > 0) return null
    const chain = new HeldChain(header.author, header.visit, header.seq)
    this.#chains.set(key, chain)
    return chain
  }

  /** Keeps count of what `change` does to a chain. */
  #counted<T>(chain: HeldChain, change: () => T): T {
    const [size, weight, bytes] = [chain.entries.length + chain.older.length, chain.weight, chain.bytes]
    const result = change()
    this.#size += chain.entries.length + chain.older.length - size
    this.#weight += chain.weight - weight
    this.#bytes += chain.bytes - bytes
    return result
  }

  #isBelow(chain: HeldChain, share: number): boolean {
    return chain.weight < this.#limits.entries * share && chain.bytes < this.#limits.bytes * share
  }

  #isWithin(part: number): boolean {
    const { entries, bytes } = this.#limits
    return this.#weight <= entries * part && this.#bytes <= bytes * part
  }
}
