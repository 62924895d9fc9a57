import type { Heard, Place, Span } from '../store/room-store.ts'
import { bytesOf, chainOf, type Entry } from './entry.ts'

/** Entries written at once at most: what one types meanwhile waits for them. */
const MOST_ENTRIES = 200
/** And their bytes, about. */
const MOST_BYTES = 512 * 1024

interface Waiting {
  entry: Entry
  readonly side: Place['side']
  /** Rises with each that comes. */
  number: number
  /** Called when it is written, or won't be. */
  readonly done: () => void
}

/** What is to be written at once. */
export interface Batch {
  readonly removed: readonly Span[]
  readonly entries: readonly Pick<Waiting, 'entry' | 'side'>[]
  readonly heard: readonly Heard[]
  /** The clock below which history was thinned; 0 when nothing is to be said of it. */
  readonly floor: number
  /** Some of it is one's own. */
  readonly isOwn: boolean
}

const isWithin = ({ header }: Entry, { chain, from, to }: Span): boolean =>
  header.seq >= from && header.seq <= to && chainOf(header.author, header.visit) === chain

/** What waits to be written: one's own entries go first, others' in the order in which they came. */
export class Backlog {
  #own: Waiting[] = []
  #others: Waiting[] = []
  /** Taken, and not done yet. */
  #taken: Waiting[] = []
  /** How many of them, the first, are one's own. */
  #takenOwn = 0
  #removed: Span[] = []
  #heard = new Map<string, Heard>()
  #floor = 0
  #settling: { readonly upTo: number; readonly resolve: () => void }[] = []
  #number = 0

  /** Resolves when it is written, or won't be. */
  own(entry: Entry): Promise<void> {
    return new Promise((done) => {
      this.#own.push({ entry, side: 0, number: ++this.#number, done })
    })
  }

  add(entry: Entry, side: Place['side']): void {
    this.#others.push({ entry, side, number: ++this.#number, done: () => {} })
  }

  /** What lies there is to be removed, and what waits for these places won't be written. */
  remove(spans: readonly Span[]): void {
    if (spans.length === 0) return
    this.#removed.push(...spans)
    this.#others = this.#others.filter(({ entry }) => !spans.some((span) => isWithin(entry, span)))
    this.#settle()
  }

  /** What is older than a floor is not kept any more. */
  thin(spans: readonly Span[], floor: number): void {
    this.#floor = floor
    this.remove(spans)
  }

  /** An entry has another form now: that is what is to lie in its place. */
  replace(entry: Entry): void {
    const waiting = [...this.#own, ...this.#others].find((one) => one.entry.id === entry.id && one.side === 0)
    if (waiting) {
      waiting.entry = entry
      return
    }
    const { author, visit, seq } = entry.header
    this.#removed.push({ chain: chainOf(author, visit), from: seq, to: seq })
    this.add(entry, 0)
  }

  heard(heard: Heard): void {
    this.#heard.set(heard.chain + heard.author, heard)
  }

  /** Resolves when all entries that wait now are written, or won't be. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#settling.push({ upTo: this.#number, resolve })
      this.#settle()
    })
  }

  /** The next to be written, until `done` is called; null when there is nothing. */
  take(): Batch | null {
    const all = [...this.#own, ...this.#others.slice(0, MOST_ENTRIES)]
    let bytes = 0
    const end = all.findIndex((waiting, index) => {
      if (index >= MOST_ENTRIES || bytes > MOST_BYTES) return true
      bytes += bytesOf(waiting.entry.wire)
      return false
    })
    const entries = end < 0 ? all : all.slice(0, end)
    const own = Math.min(entries.length, this.#own.length)
    this.#own = this.#own.slice(own)
    this.#others = this.#others.slice(entries.length - own)
    this.#taken = entries
    this.#takenOwn = own
    const [removed, heard, floor] = [this.#removed, [...this.#heard.values()], this.#floor]
    this.#removed = []
    this.#heard = new Map()
    this.#floor = 0
    if (entries.length === 0 && removed.length === 0 && heard.length === 0 && floor === 0) return null
    return { removed, entries, heard, floor, isOwn: own > 0 }
  }

  /** What was taken is written, or won't be. */
  done(): void {
    const taken = this.#taken
    this.#taken = []
    for (const { done } of taken) done()
    this.#settle()
  }

  /** What was taken of one's own, and is in no log yet, waits again. */
  putBack(): void {
    this.#own = [...this.#taken.slice(0, this.#takenOwn), ...this.#own]
    this.#taken = []
  }

  /** All of this is to be written, on an empty disk: of one's own chain what is in the log comes before what waits. */
  begin(mine: readonly Entry[]): void {
    const before = mine.map((entry): Waiting => ({ entry, side: 0, number: 0, done: () => {} }))
    this.#own = [...before, ...this.#own]
    this.#others = []
    this.#removed = []
    for (const waiting of this.#own) waiting.number = ++this.#number
    this.#settling = this.#settling.map(({ resolve }) => ({ upTo: this.#number, resolve }))
  }

  /** Nothing of it will be written. */
  clear(): void {
    const all = [...this.#taken, ...this.#own, ...this.#others]
    this.#taken = []
    this.#own = []
    this.#others = []
    this.#removed = []
    this.#heard.clear()
    this.#floor = 0
    for (const { done } of all) done()
    this.#settle()
  }

  #settle(): void {
    if (this.#settling.length === 0) return
    const next = Math.min(
      ...[this.#own[0], this.#others[0]].map((waiting) => waiting?.number ?? Number.POSITIVE_INFINITY),
      ...this.#taken.map(({ number }) => number),
    )
    const settled = this.#settling.filter(({ upTo }) => upTo < next)
    this.#settling = this.#settling.filter(({ upTo }) => upTo >= next)
    for (const { resolve } of settled) resolve()
  }
}
