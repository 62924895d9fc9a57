import { toHex } from '../crypto/bytes.ts'
import { type Head, MAX_HEADS } from '../crypto/lease.ts'
import type { Chain } from './chain.ts'

/**
 * What one holds of `authors` (ids in hex), a row a visit: those that grew last, as many as a lease has room for. From it
 * authors whom no link leads to see what was delivered.
 */
export function headsOf(chains: Iterable<Chain>, authors: ReadonlySet<string>): Head[] {
  return [...chains]
    .filter(({ author, entries }) => entries.length > 0 && authors.has(toHex(author)))
    .sort((a, b) => (b.entries.at(-1)?.arrivedAt ?? 0) - (a.entries.at(-1)?.arrivedAt ?? 0))
    .slice(0, MAX_HEADS)
    .map(({ visit, entries }) => [visit, entries.at(-1)?.header.seq ?? 1])
}
