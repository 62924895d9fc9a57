import type { Suite } from '../crypto/suite.ts'
import type { Heard, KeptRecord, RoomStore, Span } from '../store/room-store.ts'
import { chainOf, compareEntries, type Entry } from './entry.ts'
import { fromKept } from './kept.ts'
import type { Log } from './log.ts'

interface RestoreParts {
  readonly store: RoomStore
  readonly suite: Suite
  readonly log: Log
  /** The chain that one writes to: what is read of it now was written a moment ago. */
  readonly mine: string
  /** Rejects when the store takes too long for something. */
  readonly within: <Result>(doing: Promise<Result>) => Promise<Result>
}

/** What was found on the disk, and is in the log now. */
export interface Restored {
  /** In display order. */
  readonly entries: readonly Entry[]
  readonly heard: readonly Heard[]
  /** The last seq of each chain. */
  readonly lasts: ReadonlyMap<string, number>
  /** What lies on the disk and could not be taken into the log: it is of no use to anybody. */
  readonly refused: readonly Span[]
  /** Some of it because it is damaged. */
  readonly isDamaged: boolean
}

/** Reads what is kept of a room into the log, a slice after the other, so that the page can draw in between. */
export async function restore({ store, suite, log, mine, within }: RestoreParts): Promise<Restored> {
  const entries: Entry[] = []
  const lasts = new Map<string, number>()
  /** Chains of which the rest is refused, with the first seq of it. */
  const ends = new Map<string, number>()
  const below: Span[] = []
  let isDamaged = false
  const isSecondHole = ({ header }: Entry): boolean => {
    const held = log.chains.get(chainOf(header.author, header.visit))
    return (
      held !== undefined && held.older.length > 0 && header.seq > log.last(chainOf(header.author, header.visit)) + 1
    )
  }
  const place = (record: KeptRecord, entry: Entry | null) => {
    const { chain, seq, side } = record
    if (chain === mine || ends.has(chain)) return
    // Below the first that is there history was thinned, and where some are missing, there always was a hole.
    const added = entry && (isSecondHole(entry) ? 'gap' : log.add(log.formOf(entry), seq))
    if (added === 'added' && entry) {
      entries.push(entry)
      lasts.set(chain, seq)
    } else if (added === 'below') {
      // The page was closed before it was removed.
      below.push({ chain, from: seq, to: seq })
      return
    } else if (added === null || added === 'gap' || added === 'invalid') isDamaged = true
    // A fork comes back as it came first: one entry without its body, then the other.
    const isTaken = side === 0 ? added === 'added' || added === 'known' : added === 'bare' || added === 'forked'
    if (!isTaken) ends.set(chain, seq)
  }
  // The next slice is read while this one is checked.
  for (let reading = within(store.entries(null)); ; ) {
    const records: readonly KeptRecord[] = await reading
    const last = records.at(-1)
    if (!last) break
    reading = within(store.entries(last))
    // It is waited for only once this slice is done.
    reading.catch(() => {})
    const found = await Promise.all(records.map((record) => fromKept(suite, record)))
    for (const [index, record] of records.entries()) place(record, found[index] ?? null)
  }
  return {
    entries: entries.sort(compareEntries),
    heard: await within(store.heard()),
    lasts,
    refused: [...below, ...[...ends].map(([chain, from]) => ({ chain, from, to: Number.POSITIVE_INFINITY }))],
    isDamaged,
  }
}
