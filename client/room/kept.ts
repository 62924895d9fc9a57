import * as v from 'valibot'
import { equal, toHex } from '../crypto/bytes.ts'
import { decode, encode } from '../crypto/msgpack.ts'
import { byteString, bytes, read } from '../crypto/schema.ts'
import type { Suite } from '../crypto/suite.ts'
import { MAX_DELETION, MAX_ENTRY, type WireEntry } from '../net/frame.ts'
import type { KeptEntry, KeptRecord, Place, Span } from '../store/room-store.ts'
import { chainOf, type Entry, parseHeader } from './entry.ts'

/** Header, signature, salt and content of the entry that deleted a body. */
const keptDeletion = v.strictTuple([byteString(1024), bytes(64), bytes(16), byteString(MAX_DELETION)])

/**
 * Version, id, header, signature, salt, content, and when it came. Salt and content are null where the body is gone; where it
 * was deleted, the entry that did it follows.
 */
const keptSchema = v.tuple([
  v.literal(1),
  bytes(32),
  byteString(MAX_ENTRY),
  bytes(64),
  v.nullable(bytes(16)),
  v.nullable(byteString(MAX_ENTRY)),
  v.pipe(v.number(), v.finite()),
  v.optional(keptDeletion),
])

/** A verified entry in the form in which it is kept, sealed, so that damage shows without verifying it again. */
export async function toKept(suite: Suite, entry: Entry, side: Place['side']): Promise<KeptEntry> {
  const { id, header, wire, arrivedAt } = entry
  const data = encode([
    1,
    Uint8Array.from(id.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)),
    wire.header,
    wire.signature,
    wire.body?.salt ?? null,
    wire.body?.content ?? null,
    arrivedAt,
    ...(wire.deletion ? [keptFormOf(wire.deletion)] : []),
  ])
  return { chain: chainOf(header.author, header.visit), seq: header.seq, side, data, seal: await suite.sha256(data) }
}

const keptFormOf = ({
  header,
  signature,
  body,
}: NonNullable<WireEntry['deletion']>): v.InferOutput<typeof keptDeletion> => [
  header,
  signature,
  body.salt,
  body.content,
]

/** The places of entries, with a span for each run of them. */
export function spansOf(entries: readonly Entry[]): Span[] {
  const spans = new Map<string, { chain: string; from: number; to: number }[]>()
  for (const { header } of [...entries].sort((a, b) => a.header.seq - b.header.seq)) {
    const [chain, seq] = [chainOf(header.author, header.visit), header.seq]
    const runs = spans.get(chain) ?? []
    spans.set(chain, runs)
    const run = runs.at(-1)
    if (run && seq <= run.to + 1) run.to = seq
    else runs.push({ chain, from: seq, to: seq })
  }
  return [...spans.values()].flat()
}

/** The entry that was kept; null when what is there is damaged, or lies in a place that isn't its own. */
export async function fromKept(suite: Suite, record: KeptRecord): Promise<Entry | null> {
  if ('damaged' in record || !equal(await suite.sha256(record.data), record.seal)) return null
  const kept = read(keptSchema, record.data)
  const header = kept && parseHeader(kept[2])
  if (!header || chainOf(header.author, header.visit) !== record.chain || header.seq !== record.seq) return null
  const [, id, headerBytes, signature, salt, content, arrivedAt, deleted] = kept
  const body = salt && content ? { salt, content } : null
  const deletion = deleted && {
    header: deleted[0],
    signature: deleted[1],
    body: { salt: deleted[2], content: deleted[3] },
  }
  return {
    id: toHex(id),
    header,
    content: body ? decode(body.content) : undefined,
    wire: { header: headerBytes, signature, body, ...(deletion ? { deletion } : {}) },
    arrivedAt,
  }
}
