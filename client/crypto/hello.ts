import * as v from 'valibot'
import { type Bytes, concat, equal, fromHex, utf8 } from './bytes.ts'
import { bytes } from './schema.ts'
import type { Identity, Suite } from './suite.ts'
import { peerIdOf, type Visit } from './visit.ts'

/** How a peer says, first on a fresh link, who it is. */
export const helloSchema = v.strictObject({
  v: v.literal(1),
  author: bytes(32),
  nonce: bytes(16),
  tokenHash: bytes(32),
  name: v.pipe(v.string(), v.maxLength(40)),
  signature: bytes(64),
})

export type Hello = v.InferOutput<typeof helloSchema>

/** Between whom, and over which connection, a hello is said: seen from the one who says it, on both sides. */
export interface Ends {
  /** The room's, 32 bytes. */
  readonly topic: Bytes
  /** Peer ids, 16 bytes. */
  readonly sender: Bytes
  readonly receiver: Bytes
  /** Of the certificates in the two descriptions, as `fingerprintOf` gives them. */
  readonly senderFingerprint: string
  readonly receiverFingerprint: string
}

const LABEL = utf8('earshot hello 1')
const FINGERPRINT = /^a=fingerprint:sha-256 ((?:[0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2})$/
const NORMAL = /^sha-256 (?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/

/**
 * The certificate's fingerprint in an SDP (RFC 8122), as `sha-256 AA:BB:…`. Null when there is none, when two disagree, or
 * when one is of another hash or not quite in its form: a browser might read that differently.
 */
export function fingerprintOf(sdp: string): string | null {
  const mentions = sdp.match(/a\s*=\s*fingerprint/gi)?.length ?? 0
  const found = sdp.split(/\r?\n/).flatMap((line) => FINGERPRINT.exec(line)?.[1]?.toUpperCase() ?? [])
  const [first] = found
  if (first === undefined || found.length !== mentions) return null
  return found.every((other) => other === first) ? `sha-256 ${first}` : null
}

/**
 * One's own hello for one connection.
 * @throws RangeError when a fingerprint of `ends` is not in the form that `fingerprintOf` gives
 */
export async function signHello(
  suite: Suite,
  identity: Identity,
  visit: Visit,
  name: string,
  ends: Ends,
): Promise<Hello> {
  const message = await signedBytes(suite, name, ends)
  if (!message) throw new RangeError('a fingerprint is not in its normal form')
  const signature = await identity.sign(message)
  return { v: 1, author: identity.author, nonce: visit.nonce, tokenHash: visit.tokenHash, name, signature }
}

/**
 * Whether the hello's author has the sender's peer id and is at the other end of this very connection. `ends` are those
 * that the receiver sees itself: nothing of them is taken from the hello. Never rejects.
 */
export async function verifyHello(suite: Suite, hello: Hello, ends: Ends): Promise<boolean> {
  if (equal(ends.sender, ends.receiver)) return false
  if (!equal(await peerIdOf(suite, ends.topic, hello), ends.sender)) return false
  const message = await signedBytes(suite, hello.name, ends)
  return message !== null && (await suite.verify(hello.author, hello.signature, message))
}

/** Every part has a fixed length, so that no two different hellos give the same bytes. */
async function signedBytes(suite: Suite, name: string, ends: Ends): Promise<Bytes | null> {
  const senderFingerprint = rawFingerprint(ends.senderFingerprint)
  const receiverFingerprint = rawFingerprint(ends.receiverFingerprint)
  if (!senderFingerprint || !receiverFingerprint) return null
  const nameHash = await suite.sha256(utf8(name))
  return concat(LABEL, ends.topic, ends.sender, senderFingerprint, ends.receiver, receiverFingerprint, nameHash)
}

const rawFingerprint = (fingerprint: string): Bytes | null =>
  NORMAL.test(fingerprint) ? fromHex(fingerprint.slice('sha-256 '.length).replaceAll(':', '').toLowerCase()) : null
