import { type Bytes, concat, equal, toHex } from '../crypto/bytes.ts'
import { decode } from '../crypto/msgpack.ts'
import type { Suite } from '../crypto/suite.ts'
import { MAX_ENTRY, type WireEntry } from '../net/frame.ts'
import { deletionOf, isDeletable } from './change.ts'
import { bytesOf, type Entry, parseHeader, SIGNATURE_LABEL } from './entry.ts'

/**
 * Checks all of an entry that depends on it alone: size, header, signature, and body or what deleted it. Null when one of
 * these is wrong: no honest peer would have passed it on.
 */
export async function verifyEntry(
  suite: Suite,
  topic: Bytes,
  wire: WireEntry,
  arrivedAt: number,
): Promise<Entry | null> {
  if (bytesOf({ ...wire, deletion: undefined }) > MAX_ENTRY) return null
  const header = parseHeader(wire.header)
  if (!header || (header.seq === 1) !== (header.prev === null)) return null
  const [id, signed, body, deletion] = await Promise.all([
    suite.sha256(wire.header),
    suite.verify(header.author, wire.signature, concat(SIGNATURE_LABEL, topic, wire.header)),
    wire.body && suite.sha256(concat(wire.body.salt, wire.body.content)),
    wire.deletion && verifyEntry(suite, topic, wire.deletion, arrivedAt),
  ])
  if (!signed || (body && !equal(body, header.body))) return null
  const content = wire.body ? decode(wire.body.content) : undefined
  const entry = { id: toHex(id), header, content, wire, arrivedAt }
  if (wire.deletion && !(deletion && !wire.body && deletes(deletion, entry))) return null
  return entry
}

/** Whether an entry is a deletion of another. */
function deletes(deletion: Entry, target: Entry): boolean {
  const { author, visit, seq } = target.header
  return (
    equal(deletion.header.author, author) &&
    isDeletable(target) &&
    (deletionOf(deletion)?.targets ?? []).some(
      ([ofVisit, at, id]) => at === seq && toHex(id) === target.id && equal(ofVisit, visit),
    )
  )
}
