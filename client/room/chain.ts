import { type Bytes, fromHex, toHex } from '../crypto/bytes.ts'
import type { VectorRow } from '../net/frame.ts'
import { bytesOf, type Entry } from './entry.ts'

/**
 * What became of an entry. `known`: held already, or of no use any more. `gap`: its predecessor is missing. `branch`: it
 * belongs to another version of its chain, which parts from this one further down. `forked`: it is the other one that its
 * author signed in the same place. `bare`: its body is missing, so that it proves only that it was signed. `invalid`: it
 * contradicts its predecessor. `refused`: its visit has taken its share. `below`: it is older than what is kept here.
 */
export type Added = 'added' | 'known' | 'gap' | 'branch' | 'forked' | 'bare' | 'invalid' | 'refused' | 'below'

/** One visit's entries, without a gap. */
export interface Chain {
  readonly author: Bytes
  readonly visit: Bytes
  /** Seq of the first entry: above 1 when older ones were thinned, here or by whoever passed the chain on. */
  readonly first: number
  readonly entries: readonly Entry[]
  /** Entries from before a hole: shown, and in nobody's way, but not claimed to be held. */
  readonly older: readonly Entry[]
  /** Two entries for the place after the last, once the author signed two: nothing follows then. */
  readonly fork: readonly [Entry, Entry] | null
}

const NO_ID: Bytes = new Uint8Array(32)

const sumOf = (entries: readonly Entry[]): number => entries.reduce((sum, { wire }) => sum + bytesOf(wire), 0)

/** That an entry was signed, without what it said. */
export const proofOf = (entry: Entry): Entry => ({
  ...entry,
  content: undefined,
  wire: { header: entry.wire.header, signature: entry.wire.signature, body: null },
})

/** Whether it says nothing, and no deletion tells why. */
const isBare = ({ wire }: Entry): boolean => !wire.body && !wire.deletion

/** Whether an entry comes right after `before`: false when it belongs to another version, null when it contradicts it. */
function follows(entry: Entry, before: Entry): boolean | null {
  const { prev, clock } = entry.header
  if (!prev || toHex(prev) !== before.id) return false
  return clock > before.header.clock ? true : null
}

/** A chain that is held. Whether an entry fits depends on it and its neighbours only. */
export class HeldChain implements Chain {
  readonly author: Bytes
  readonly visit: Bytes
  first: number
  entries: Entry[] = []
  older: Entry[] = []
  fork: readonly [Entry, Entry] | null = null
  /** Older entries were taken off here: they are not wanted back. */
  isThinned = false
  bytes = 0
  /** Before the clock of what is old enough reaches this, nothing of it is. */
  thinAgain = 0
  /** One for the place after the last that came without its body. */
  #bare: Entry | null = null
  /** The same for a place before the first. */
  #lowBare: Entry | null = null

  constructor(author: Bytes, visit: Bytes, first: number) {
    this.author = author
    this.visit = visit
    this.first = first
  }

  /** Seq of the last entry; one below the first when there is none. */
  get last(): number {
    return this.first + this.entries.length - 1
  }

  /** Its part of the limit of entries: what proves something counts, too. */
  get weight(): number {
    return this.entries.length + this.older.length + (this.fork ? 2 : 0) + (this.#bare ? 1 : 0)
  }

  /** The clock of the last thing that it holds. */
  get clock(): number {
    return (this.entries.at(-1) ?? this.fork?.[0] ?? this.older.at(-1))?.header.clock ?? 0
  }

  get row(): VectorRow | null {
    if (this.entries.length === 0 && !this.fork) return null
    const id = fromHex(this.entries.at(-1)?.id ?? '')
    return [this.author, this.visit, this.first, this.last, id?.length ? id : NO_ID, this.fork !== null]
  }

  /** The entries in one place, to be passed on: one, both of a fork, or none. */
  at(seq: number): readonly Entry[] {
    const entry = this.entries[seq - this.first]
    if (entry) return [entry]
    return this.fork && seq === this.last + 1 ? this.fork : []
  }

  /** Where entries that are missing below the first begin, or null when none are. */
  get missing(): number | null {
    if (this.first === 1 || this.isThinned) return null
    const last = this.older.at(-1)
    return last ? last.header.seq + 1 : 1
  }

  /** Goes on at `first`, with a hole before it: what is held so far becomes the older part. Returns what was that before. */
  jump(first: number): readonly Entry[] {
    const lost = this.older
    this.bytes -= sumOf(lost)
    this.older = this.entries
    this.entries = []
    this.first = first
    this.#bare = null
    return lost
  }

  /** Puts an entry in its place. `mayGrow`: there is room for it; `start`: where whoever gave it says that the chain begins. */
  place(entry: Entry, mayGrow: boolean, start: number): Added {
    const { seq } = entry.header
    if (this.fork && seq > this.last) return 'known'
    if (seq > this.last + 1) return 'gap'
    return seq < this.first ? this.#placeOlder(entry, mayGrow, start) : this.#place(entry, mayGrow)
  }

  /** Takes off what is older than `floor`, up to the seq `until`. */
  thin(floor: number, until: number): Entry[] {
    const keep = this.entries.findIndex(({ header }) => header.clock >= floor || header.seq > until)
    const taken = this.entries.splice(0, keep < 0 ? this.entries.length : keep)
    this.first += taken.length
    const below = this.older.filter(({ header }) => header.clock < floor)
    this.older = this.older.slice(below.length)
    if (taken.length > 0) this.isThinned = true
    const all = [...below, ...taken]
    this.bytes -= sumOf(all)
    return all
  }

  /** Puts another form of the entry that is held at `seq` in its place: what was deleted in it is gone. */
  replace(seq: number, change: (held: Entry) => Entry | null): Entry | null {
    for (const part of [this.entries, this.older]) {
      const index = seq - (part[0]?.header.seq ?? seq + 1)
      const held = part[index]
      const changed = held && change(held)
      if (!changed) continue
      part[index] = changed
      this.bytes += bytesOf(changed.wire) - bytesOf(held.wire)
      return changed
    }
    return null
  }

  #place(entry: Entry, mayGrow: boolean): Added {
    const { seq } = entry.header
    const held = this.entries[seq - this.first]
    if (held?.id === entry.id) return 'known'
    const before = this.entries[seq - this.first - 1]
    const fits = before ? follows(entry, before) : true
    if (fits === false) return 'branch'
    if (fits === null) return 'invalid'
    const other = held ?? this.#bare
    if (other && other.id !== entry.id) {
      this.#cut(seq, [other, entry])
      return 'forked'
    }
    if (isBare(entry)) {
      this.#bare = entry
      return 'bare'
    }
    if (!mayGrow) return 'refused'
    this.#bare = null
    this.entries.push(entry)
    this.bytes += bytesOf(entry.wire)
    return 'added'
  }

  /** Fills the hole before the first entry, from below. */
  #placeOlder(entry: Entry, mayGrow: boolean, start: number): Added {
    const { seq } = entry.header
    const last = this.older.at(-1)
    if (isBare(entry)) return this.#proveOlder(entry)
    if (this.isThinned) return 'below'
    if (!last && seq !== 1 && seq !== start) return 'gap'
    if (last && seq > last.header.seq + 1) return 'gap'
    const index = seq - (this.older[0]?.header.seq ?? seq)
    const held = this.older[index]
    if (held?.id === entry.id || index < 0) return 'known'
    const before = this.older[index - 1]
    const fits = before ? follows(entry, before) : true
    if (fits === false) return 'branch'
    if (fits === null) return 'invalid'
    if (held) {
      this.#cut(seq, [held, entry])
      return 'forked'
    }
    if (!mayGrow) return 'refused'
    this.older.push(entry)
    this.bytes += bytesOf(entry.wire)
    this.#join()
    return 'added'
  }

  /** Two of these for one place prove a fork, though its entries are not held here. */
  #proveOlder(entry: Entry): Added {
    const other = this.#lowBare ?? this.older.find(({ header }) => header.seq === entry.header.seq) ?? null
    if (other && other.header.seq === entry.header.seq && other.id !== entry.id) {
      this.#cut(entry.header.seq, [other, entry])
      return 'forked'
    }
    this.#lowBare = entry
    return 'bare'
  }

  /** Once the hole is filled, both parts are one; unless they are of two versions. */
  #join(): void {
    const [lower, upper] = [this.older.at(-1), this.entries[0] ?? this.fork?.[0]]
    if (!lower || !upper || lower.header.seq !== this.first - 1 || follows(upper, lower) !== true) return
    this.first = this.older[0]?.header.seq ?? this.first
    this.entries = [...this.older, ...this.entries]
    this.older = []
  }

  /** Ends the chain before a place for which its author signed two entries. */
  #cut(seq: number, fork: [Entry, Entry]): void {
    if (seq < this.first) {
      this.#drop(this.entries)
      this.entries = this.older.filter(({ header }) => header.seq < seq)
      this.#drop(this.older.slice(this.entries.length))
      this.older = []
      // What is left may end before the place of the fork.
      if (this.entries.at(-1)?.header.seq !== seq - 1) this.#drop(this.entries.splice(0))
      this.first = this.entries[0]?.header.seq ?? seq
    }
    this.#drop(this.entries.slice(seq - this.first))
    this.entries = this.entries.slice(0, seq - this.first)
    this.fork = [proofOf(fork[0]), proofOf(fork[1])]
    this.#bare = null
  }

  #drop(entries: readonly Entry[]): void {
    this.bytes -= sumOf(entries)
  }
}
