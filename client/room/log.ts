import { type Bytes, fromHex, toHex } from '../crypto/bytes.ts'
import type { VectorRow } from '../net/frame.ts'
import { chainOf, compareEntries, type Entry } from './entry.ts'

/**
 * What became of an entry. `known`: held already, or of no use any more. `gap`: its predecessor is missing. `branch`: it
 * belongs to another version of its chain, which parts from this one further down. `forked`: it is the other one that its
 * author signed in the same place. `bare`: its body is missing, so that it proves only that it was signed. `invalid`: it
 * contradicts its predecessor. `refused`: its visit has taken its share.
 */
export type Added = 'added' | 'known' | 'gap' | 'branch' | 'forked' | 'bare' | 'invalid' | 'refused'

/** One visit's entries from its first on, without a gap. */
export interface Chain {
  readonly author: Bytes
  readonly visit: Bytes
  readonly entries: readonly Entry[]
  /** Two entries for the place after the last, once the author signed two: nothing follows then. */
  readonly fork: readonly [Entry, Entry] | null
}

/** How much of a conversation is kept. */
export interface Limits {
  readonly entries: number
  /** Of headers and bodies. */
  readonly bytes: number
}

const LIMITS: Limits = { entries: 30_000, bytes: 32 * 1024 * 1024 }
/** What one visit may take of it, at most. */
const SHARE = 0.5
/** How much is kept when the log was full. */
const KEPT = 0.9
/** Chains that were dropped and are not taken again. */
const MOST_DROPPED = 30_000
const NO_ID: Bytes = new Uint8Array(32)

interface Held extends Chain {
  entries: Entry[]
  fork: readonly [Entry, Entry] | null
  /** One for the place after the last that came without its body. */
  bare: Entry | null
  bytes: number
}

const bytesOf = ({ wire }: Entry): number => wire.header.length + (wire.body?.content.length ?? 0)

/** A chain's part of the limit of entries: what proves something counts, too. */
const weightOf = ({ entries, fork, bare }: Held): number => entries.length + (fork ? 2 : 0) + (bare ? 1 : 0)

/** That an entry was signed, without what it said. */
const proofOf = (entry: Entry): Entry => ({ ...entry, content: undefined, wire: { ...entry.wire, body: null } })

/** All entries of a room, a chain for each visit. Whether one is valid depends on it and its predecessor only. */
export class Log {
  readonly #limits: Limits
  readonly #chains = new Map<string, Held>()
  /** Chains that were dropped for want of room, with their last seq then. */
  readonly #dropped = new Map<string, number>()
  #size = 0
  #bytes = 0
  /** Entries and proofs, in entries. */
  #weight = 0

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

  get chains(): ReadonlyMap<string, Chain> {
    return this.#chains
  }

  /** Adds a verified entry after its predecessor. */
  add(entry: Entry): Added {
    const { header } = entry
    const key = chainOf(header.author, header.visit)
    const chain = this.#chains.get(key) ?? this.#begin(key, entry)
    if (!chain) return (this.#dropped.get(key) ?? 0) >= header.seq ? 'known' : 'gap'
    const [length, weight] = [chain.entries.length, weightOf(chain)]
    const added = this.#place(chain, entry)
    this.#size += chain.entries.length - length
    this.#weight += weightOf(chain) - weight
    return added
  }

  /** The entries in one place of a chain, to be passed on: one, both of a fork, or none. */
  at(key: string, seq: number): readonly Entry[] {
    const chain = this.#chains.get(key)
    const entry = chain?.entries[seq - 1]
    if (entry) return [entry]
    return chain?.fork && seq === chain.entries.length + 1 ? chain.fork : []
  }

  /** Seq of a chain's last entry, 0 when nothing of it is held. */
  last(key: string): number {
    return this.#chains.get(key)?.entries.length ?? 0
  }

  /** A chain's row in the vector. */
  row(key: string): VectorRow | null {
    const chain = this.#chains.get(key)
    if (!chain) return null
    if (chain.entries.length === 0 && !chain.fork) return null
    const id = fromHex(chain.entries.at(-1)?.id ?? '')
    return [chain.author, chain.visit, 1, chain.entries.length, id?.length ? id : NO_ID, chain.fork !== null]
  }

  /** Whether a row of another's vector speaks of another version of its chain than the one that is held here. */
  contradicts([author, visit, , last, id]: VectorRow): boolean {
    const held = this.#chains.get(chainOf(author, visit))?.entries[last - 1]
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
    return [...this.#chains.values()].flatMap(({ entries }) => entries).sort(compareEntries)
  }

  /**
   * When there is too much: drops whole visits, those that were silent longest first, until there is room again. Never
   * one's own, `mine`, nor one that is `present` and within its fair share. Clocks beyond `latest` are nobody's: they go
   * first. Returns what was dropped.
   */
  trim(mine: string, present: ReadonlySet<string>, latest: number): Chain[] {
    if (this.#isWithin(1)) return []
    const share = SHARE / Math.max(1, present.size)
    const age = (chain: Held) => {
      const clock = (chain.entries.at(-1) ?? chain.fork?.[0])?.header.clock ?? 0
      return clock > latest ? -1 : clock
    }
    const isSafe = (key: string, chain: Held) => key === mine || (present.has(key) && this.#isBelow(chain, share))
    const oldest = [...this.#chains]
      .filter(([key, chain]) => !isSafe(key, chain))
      .sort(([, a], [, b]) => age(a) - age(b))
    const dropped: Chain[] = []
    for (const [key, chain] of oldest) {
      if (this.#isWithin(KEPT)) break
      this.#chains.delete(key)
      this.#size -= chain.entries.length
      this.#weight -= weightOf(chain)
      this.#bytes -= chain.bytes
      this.#dropped.set(key, chain.fork ? Number.POSITIVE_INFINITY : chain.entries.length)
      dropped.push(chain)
    }
    for (const key of this.#dropped.keys()) if (this.#dropped.size > MOST_DROPPED) this.#dropped.delete(key)
    return dropped
  }

  /** A new chain for its first entry. A dropped one begins anew only when it has grown since. */
  #begin(key: string, { header }: Entry): Held | null {
    const dropped = this.#dropped.get(key) ?? 0
    if (header.seq > dropped) this.#dropped.delete(key)
    if (header.seq !== 1 || dropped > 0) return null
    const chain: Held = { author: header.author, visit: header.visit, entries: [], fork: null, bare: null, bytes: 0 }
    this.#chains.set(key, chain)
    return chain
  }

  #place(chain: Held, entry: Entry): Added {
    const { seq, prev, clock } = entry.header
    const last = chain.entries.length
    if (chain.fork && seq > last) return 'known'
    if (seq > last + 1) return 'gap'
    const held = chain.entries[seq - 1]
    if (held?.id === entry.id) return 'known'
    const before = chain.entries[seq - 2]
    const follows = seq === 1 || (before && prev && toHex(prev) === before.id)
    if (!follows) return 'branch'
    if (before && clock <= before.header.clock) return 'invalid'
    const other = held ?? chain.bare
    if (other && other.id !== entry.id) {
      this.#cut(chain, seq, [other, entry])
      return 'forked'
    }
    if (!entry.wire.body) {
      chain.bare = entry
      return 'bare'
    }
    if (!this.#isBelow(chain, SHARE)) return 'refused'
    chain.bare = null
    chain.entries.push(entry)
    this.#addBytes(chain, bytesOf(entry))
    return 'added'
  }

  /** Ends a chain before a place for which its author signed two entries. */
  #cut(chain: Held, seq: number, fork: [Entry, Entry]): void {
    const removed = chain.entries.slice(seq - 1)
    chain.entries = chain.entries.slice(0, seq - 1)
    chain.fork = [proofOf(fork[0]), proofOf(fork[1])]
    chain.bare = null
    this.#addBytes(chain, -removed.reduce((sum, entry) => sum + bytesOf(entry), 0))
  }

  #isBelow(chain: Held, share: number): boolean {
    return chain.entries.length < this.#limits.entries * share && chain.bytes < this.#limits.bytes * share
  }

  #isWithin(part: number): boolean {
    const { entries, bytes } = this.#limits
    return this.#weight <= entries * part && this.#bytes <= bytes * part
  }

  #addBytes(chain: Held, bytes: number): void {
    chain.bytes += bytes
    this.#bytes += bytes
  }
}
