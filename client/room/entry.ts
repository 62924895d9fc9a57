import * as v from 'valibot'
import { type Bytes, concat, randomBytes, toHex, utf8 } from '../crypto/bytes.ts'
import { encode } from '../crypto/msgpack.ts'
import { bytes, read } from '../crypto/schema.ts'
import type { Identity, Suite } from '../crypto/suite.ts'
import type { WireEntry } from '../net/frame.ts'
import { cleanName, MAX_NAME } from './names.ts'

/** The longest text of a message, in UTF-16 units. */
export const MAX_TEXT = 16_000

const seq = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

/** The signed part of an entry. `prev` is null in a visit's first; `clock` is a hybrid clock's; `at` is in milliseconds. */
const headerSchema = v.strictObject({
  v: v.literal(1),
  author: bytes(32),
  visit: bytes(16),
  seq,
  prev: v.nullable(bytes(32)),
  clock: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  at: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  kind: v.pipe(v.string(), v.minLength(1), v.maxLength(32)),
  body: bytes(32),
})
export type Header = v.InferOutput<typeof headerSchema>

/** The signed unit of a conversation, verified. */
export interface Entry {
  /** SHA-256 of the header's bytes, in hex. */
  readonly id: string
  readonly header: Header
  /** What it says, by its kind; undefined when the body was deleted or is no MessagePack. */
  readonly content: unknown
  readonly wire: WireEntry
  /** When it came to this device, in milliseconds since the epoch. */
  readonly arrivedAt: number
}

/** The length of an entry, in bytes. */
export const bytesOf = ({ header, body, deletion }: WireEntry): number =>
  header.length + (body?.content.length ?? 0) + (deletion ? deletion.header.length + deletion.body.content.length : 0)

/** What an entry's signature is over: this, the topic, the header. */
export const SIGNATURE_LABEL = utf8('earshot entry 1')

/** A visit of an author, as one text: the key under which its chain of entries is kept. */
export const chainOf = (author: Bytes, visit: Bytes): string => toHex(author) + toHex(visit)

/** The author of a chain, in hex. */
export const authorOf = (chain: string): string => chain.slice(0, 64)

/** The visit of a chain, in hex: its peer id. */
export const visitOf = (chain: string): string => chain.slice(64)

/** Reads a header's bytes; null when they are not one. */
export const parseHeader = (header: Bytes): Header | null => read(headerSchema, header)

/** Signs an entry of one's own. `content` is what its kind says, encoded as MessagePack. */
export async function signEntry(
  suite: Suite,
  topic: Bytes,
  identity: Identity,
  fields: Pick<Header, 'visit' | 'seq' | 'prev' | 'clock' | 'at' | 'kind'>,
  content: unknown,
): Promise<Entry> {
  const body = { salt: randomBytes(16), content: encode(content) }
  const fullHeader: Header = {
    v: 1,
    author: identity.author,
    visit: fields.visit,
    seq: fields.seq,
    prev: fields.prev,
    clock: fields.clock,
    at: fields.at,
    kind: fields.kind,
    body: await suite.sha256(concat(body.salt, body.content)),
  }
  const header = encode(fullHeader)
  const signature = await identity.sign(concat(SIGNATURE_LABEL, topic, header))
  const id = toHex(await suite.sha256(header))
  return { id, header: fullHeader, content, wire: { header, signature, body }, arrivedAt: fields.at }
}

const textContent = v.object({
  text: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_TEXT)),
  /** The id of the message that it answers. */
  reply: v.optional(bytes(32)),
})
const profileContent = v.object({ name: v.pipe(v.string(), v.maxLength(MAX_NAME)) })

/** What an entry of kind `text` says; null for any other, or one that breaks the rules. */
export function textOf(entry: Entry): v.InferOutput<typeof textContent> | null {
  const content = entry.header.kind === 'text' ? v.safeParse(textContent, entry.content) : null
  return content?.success ? content.output : null
}

const movedContent = v.strictObject({})

/** Whether an entry is of kind `moved`: its author made a new link for the room. What the link is, no entry says. */
export const isMoved = (entry: Entry): boolean => entry.header.kind === 'moved' && v.is(movedContent, entry.content)

/** The name in an entry of kind `profile`, fit to be shown; null for any other, or one that breaks the rules. */
export function profileNameOf(entry: Entry): string | null {
  const content = entry.header.kind === 'profile' ? v.safeParse(profileContent, entry.content) : null
  return content?.success ? cleanName(content.output.name) : null
}

/** Display order: by clock, then by id. The same at every member. */
export function compareEntries(a: Entry, b: Entry): number {
  return a.header.clock - b.header.clock || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
