import * as v from 'valibot'
import { type Bytes, concat, randomBytes } from './bytes.ts'
import { encode } from './msgpack.ts'
import { read } from './schema.ts'
import type { RoomSecrets } from './secrets.ts'
import type { Suite } from './suite.ts'

const NONCE_BYTES = 12

const text = (maxLength: number) => v.pipe(v.string(), v.maxLength(maxLength))
const integer = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max))

/** Which of the pair's connections it is about, counted for as long as the visit lives. */
const attempt = integer(1, 2 ** 31)

const envelopeSchema = v.variant('type', [
  v.strictObject({
    attempt,
    type: v.literal('description'),
    description: v.strictObject({ type: v.picklist(['offer', 'answer']), sdp: text(60_000) }),
  }),
  v.strictObject({
    attempt,
    type: v.literal('candidate'),
    /** RTCIceCandidateInit. */
    candidate: v.strictObject({
      candidate: text(2_000),
      sdpMid: v.nullish(text(64)),
      sdpMLineIndex: v.nullish(integer(0, 65_535)),
      usernameFragment: v.nullish(text(256)), // RFC 8839, section 5.4
    }),
  }),
  /** The lesser id asks for an attempt above the highest that it has seen. */
  v.strictObject({ attempt, type: v.literal('please') }),
  /** The answerer asks for an ICE restart. */
  v.strictObject({ attempt, type: v.literal('restart') }),
])

/** What one member has to tell another before, or beside, a link between them. */
export type Envelope = v.InferOutput<typeof envelopeSchema>

/**
 * Seals an envelope from one peer id (16 bytes) to another: nonce (12 bytes), then the AES-256-GCM ciphertext of its
 * MessagePack bytes with the tag (16 bytes), bound to room, sender and receiver.
 */
export async function sealEnvelope(
  suite: Suite,
  secrets: RoomSecrets,
  from: Bytes,
  to: Bytes,
  envelope: Envelope,
): Promise<Bytes> {
  const nonce = randomBytes(NONCE_BYTES)
  const additional = concat(secrets.topic, from, to)
  return concat(nonce, await suite.seal(secrets.envelopeKey, nonce, additional, encode(envelope)))
}

/** The nonce of a sealed envelope: no two have the same. */
export const nonceOf = (sealed: Bytes): Bytes => sealed.subarray(0, NONCE_BYTES)

/** Opens what `sealEnvelope` made for the same room and ends; null for whatever doesn't open or parse. Never rejects. */
export async function openEnvelope(
  suite: Suite,
  secrets: RoomSecrets,
  from: Bytes,
  to: Bytes,
  sealed: Bytes,
): Promise<Envelope | null> {
  if (sealed.length < NONCE_BYTES) return null
  const nonce = nonceOf(sealed)
  const additional = concat(secrets.topic, from, to)
  const plaintext = await suite.open(secrets.envelopeKey, nonce, additional, sealed.subarray(NONCE_BYTES))
  return plaintext && read(envelopeSchema, plaintext)
}
