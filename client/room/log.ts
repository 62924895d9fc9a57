import { type Bytes, compare, concat, fromHex, toHex, utf8 } from '../crypto/bytes.ts'
import type { Suite } from '../crypto/suite.ts'
import type { VectorRow } from '../net/frame.ts'
import { chainOf, compareEntries, type Entry } from './entry.ts'

/**
 * What became of an entry. `known`: held already. `gap`: its predecessor is missing. `fork`: the author signed another
 * one in its place. `invalid`: it contradicts its predecessor.
 */
export type Added = 'added' | 'known' | 'gap' | 'fork' | 'invalid'

/** One visit's entries, without a gap. */
export interface Chain {
  readonly author: Bytes
  readonly visit: Bytes
  /** Seq of the first entry held. */
  readonly first: number
  readonly entries: readonly Entry[]
}

const lastSeq = (chain: Chain): number => chain.first + chain.entries.length - 1

/** All entries of a room, a chain for each visit. Whether one is valid depends on it and its predecessor only. */
export class Log {
  readonly #chains = new Map<string, Chain & { readonly entries: Entry[] }>()
  #size = 0

  /** Number of entries. */
  get size(): number {
    return this.#size
  }

  get chains(): ReadonlyMap<string, Chain> {
    return this.#chains
  }

  /** Adds a verified entry after its predecessor. */
  add(entry: Entry): Added {
    const { header } = entry
    const key = chainOf(header.author, header.visit)
    const chain = this.#chains.get(key)
    if (!chain) {
      if (header.seq !== 1) return 'gap'
      this.#chains.set(key, { author: header.author, visit: header.visit, first: 1, entries: [entry] })
      this.#size++
      return 'added'
    }
    if (header.seq > lastSeq(chain) + 1) return 'gap'
    if (header.seq <= lastSeq(chain)) return this.at(key, header.seq)?.id === entry.id ? 'known' : 'fork'
    const previous = this.at(key, header.seq - 1)
    if (!previous || !header.prev || toHex(header.prev) !== previous.id) return 'fork'
    if (header.clock <= previous.header.clock) return 'invalid'
    chain.entries.push(entry)
    this.#size++
    return 'added'
  }

  /** The entry of that chain and seq, if it is held. */
  at(chain: string, seq: number): Entry | undefined {
    const held = this.#chains.get(chain)
    return held?.entries[seq - held.first]
  }

  /** Seq of a chain's last entry, 0 when nothing of it is held. */
  last(chain: string): number {
    const held = this.#chains.get(chain)
    return held ? lastSeq(held) : 0
  }

  /** A chain's row in the vector. */
  row(chain: string): VectorRow | null {
    const held = this.#chains.get(chain)
    const id = held && fromHex(held.entries.at(-1)?.id ?? '')
    return held && id ? [held.author, held.visit, held.first, lastSeq(held), id] : null
  }

  /** What is held, a row a visit, sorted by author and visit. */
  vector(): VectorRow[] {
    return [...this.#chains.keys()]
      .sort()
      .map((chain) => this.row(chain))
      .filter((row) => row !== null)
  }

  /** All entries in display order. */
  inOrder(): Entry[] {
    return [...this.#chains.values()].flatMap(({ entries }) => entries).sort(compareEntries)
  }
}

const DIGEST_LABEL = utf8('earshot vector 1')

/** SHA-256 over a label and the sorted rows, each as author | visit | first | last | id, the numbers in 8 bytes, big-endian. */
export async function digestOf(suite: Suite, rows: readonly VectorRow[]): Promise<Bytes> {
  const sorted = [...rows].sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
  return suite.sha256(
    concat(
      DIGEST_LABEL,
      ...sorted.flatMap(([author, visit, first, last, id]) => [author, visit, uint64(first), uint64(last), id]),
    ),
  )
}

function uint64(value: number): Bytes {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value))
  return bytes
}
