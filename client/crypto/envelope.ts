import * as v from 'valibot'
import { type Bytes, concat, randomBytes } from './bytes.ts'
import { decode, encode } from './msgpack.ts'
import type { RoomSecrets } from './secrets.ts'
import type { Suite } from './suite.ts'

const NONCE_BYTES = 12
const attempt = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 31))
const n = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 48))

const envelopeSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('description'),
    attempt,
    n,
    description: v.strictObject({
      type: v.picklist(['offer', 'answer']),
      sdp: v.pipe(v.string(), v.maxLength(60_000)),
    }),
  }),
  v.strictObject({
    type: v.literal('candidate'),
    attempt,
    n,
    candidate: v.strictObject({
      candidate: v.pipe(v.string(), v.maxLength(2_000)),
      sdpMid: v.nullish(v.pipe(v.string(), v.maxLength(64))),
      sdpMLineIndex: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535))),
      usernameFragment: v.nullish(v.pipe(v.string(), v.maxLength(256))),
    }),
  }),
  v.strictObject({ type: v.literal('please'), attempt, n }),
  v.strictObject({ type: v.literal('restart'), attempt, n }),
])
/** What one member tells another through the server, or over the mesh. */
export type Envelope = v.InferOutput<typeof envelopeSchema>

/** Seals an envelope: nonce (12 bytes), then AES-256-GCM ciphertext and tag, bound to room, sender and receiver. */
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

/** Opens an envelope; null for whatever does not open or parse. Never rejects. */
export async function openEnvelope(
  suite: Suite,
  secrets: RoomSecrets,
  from: Bytes,
  to: Bytes,
  sealed: Bytes,
): Promise<Envelope | null> {
  const additional = concat(secrets.topic, from, to)
  const nonce = sealed.slice(0, NONCE_BYTES)
  if (nonce.length < NONCE_BYTES) return null
  const plaintext = await suite.open(secrets.envelopeKey, nonce, additional, sealed.slice(NONCE_BYTES))
  const parsed = plaintext && v.safeParse(envelopeSchema, decode(plaintext))
  return parsed?.success ? parsed.output : null
}
