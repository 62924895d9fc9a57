/** Every frame that two linked peers exchange: MessagePack, one schema. */
import * as v from 'valibot'
import { helloSchema } from '../crypto/hello.ts'
import { signedLeaseSchema } from '../crypto/lease.ts'
import { byteString, bytes } from '../crypto/schema.ts'

/** No frame is longer, in bytes. */
export const MAX_FRAME = 64 * 1024

/** An entry's header and body together are no longer, in bytes, so that one always fits a frame. */
export const MAX_ENTRY = 60 * 1024

/** Rows in one part of a vector: about 110 bytes each. */
export const MAX_ROWS = 500

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

const clock = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/**
 * What is held of one visit without a gap: author, visit, first and last seq, id of the last, and whether the author signed
 * two entries for the place after it. With a fork in the very first place, last is 0 and the id all zeros.
 */
const vectorRow = v.strictTuple([
  bytes(32),
  bytes(16),
  count,
  v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  bytes(32),
  v.boolean(),
])
const rows = v.pipe(v.array(vectorRow), v.maxLength(MAX_ROWS))
export type VectorRow = v.InferOutput<typeof vectorRow>

/** The longest content of an entry that deletes others, in bytes. */
export const MAX_DELETION = 4 * 1024

const header = byteString(1024)
const signature = bytes(64)

/** An entry of kind `delete`, whole. */
const wireDeletion = v.strictObject({
  header,
  signature,
  body: v.strictObject({ salt: bytes(16), content: byteString(MAX_DELETION) }),
})
export type WireDeletion = v.InferOutput<typeof wireDeletion>

/**
 * An entry as it travels: the signed header as its author encoded it, and the body. Where that was deleted, the entry that
 * did it travels in its place; without either it proves only that it was signed.
 */
export const wireEntry = v.strictObject({
  header,
  signature,
  body: v.nullable(v.strictObject({ salt: bytes(16), content: byteString(MAX_ENTRY) })),
  deletion: v.optional(wireDeletion),
})
export type WireEntry = v.InferOutput<typeof wireEntry>

/** The sender made a new link for the room: its name, key and whether it asks for a password. Never in the log. */
const moved = v.strictObject({
  type: v.literal('moved'),
  name: v.pipe(v.string(), v.maxLength(256)),
  key: bytes(16),
  password: v.boolean(),
})
export type MovedFrame = v.InferOutput<typeof moved>

/** How long a lease holds, in milliseconds. */
export const LEASE_HOLDS = 40_000

/** The lease of a visit that is there, or was; `age` is how long ago the visit signed it, in milliseconds. */
const lease = v.strictObject({
  type: v.literal('lease'),
  signed: signedLeaseSchema,
  age: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(LEASE_HOLDS)),
})
export type LeaseFrame = v.InferOutput<typeof lease>

/** Members between the sender of an envelope and its receiver, at most. */
export const MAX_HOPS = 6

/** A sealed envelope on its way through the members; `id` is the same on every way that it takes. */
const relay = v.strictObject({
  type: v.literal('relay'),
  id: bytes(16),
  ttl: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(MAX_HOPS)),
  from: bytes(16),
  to: bytes(16),
  envelope: byteString(62 * 1024),
})
export type RelayFrame = v.InferOutput<typeof relay>

export const frameSchema = v.variant('type', [
  /** First on a fresh link, both ways. */
  v.strictObject({ type: v.literal('hello'), hello: helloSchema }),
  /** The sender leaves for good. */
  v.strictObject({ type: v.literal('bye') }),
  v.strictObject({ type: v.literal('beat') }),
  /** Asks for a beat at once. */
  v.strictObject({ type: v.literal('ping') }),
  v.strictObject({ type: v.literal('typing'), typing: v.boolean() }),
  /** SHA-256 of the sender's whole vector, and its floor: the clock below which it takes nothing in. */
  v.strictObject({ type: v.literal('digest'), digest: bytes(32), floor: clock }),
  /** The sender's floor rose. */
  v.strictObject({ type: v.literal('floor'), floor: clock }),
  /** A part of the sender's vector; `last` marks the end. */
  v.strictObject({ type: v.literal('vector'), rows, last: v.boolean() }),
  v.strictObject({ type: v.literal('entries'), entries: v.array(wireEntry) }),
  /** The sender lacks this visit's entries from seq `from` on. */
  v.strictObject({ type: v.literal('want'), author: bytes(32), visit: bytes(16), from: count }),
  /** What changed in the sender's vector; or, with another first seq, from where on it sends a visit's entries. */
  v.strictObject({ type: v.literal('have'), rows }),
  moved,
  lease,
  relay,
  /** Whether the sender needs this link; both sides begin by needing it. */
  v.strictObject({ type: v.literal('need'), need: v.boolean() }),
])
export type Frame = v.InferOutput<typeof frameSchema>

/** Frames for which late is worthless: they go unordered and are never sent again. */
export const isFleeting = (frame: Frame): boolean =>
  frame.type === 'beat' || frame.type === 'ping' || frame.type === 'typing'
