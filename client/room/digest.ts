import { type Bytes, compare, concat, utf8 } from '../crypto/bytes.ts'
import type { Suite } from '../crypto/suite.ts'
import type { VectorRow } from '../net/frame.ts'

const LABEL = utf8('earshot vector 1')

/**
 * SHA-256 over a label and the sorted rows, each as author | visit | first | last | id | forked: the numbers in 8 bytes,
 * big-endian, the last as a byte of 0 or 1.
 */
export async function digestOf(suite: Suite, rows: readonly VectorRow[]): Promise<Bytes> {
  const sorted = [...rows].sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
  const parts = sorted.flatMap(([author, visit, first, last, id, forked]) => [
    author,
    visit,
    uint64(first),
    uint64(last),
    id,
    Uint8Array.of(forked ? 1 : 0),
  ])
  return suite.sha256(concat(LABEL, ...parts))
}

function uint64(value: number): Bytes {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value))
  return bytes
}
