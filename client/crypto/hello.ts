import * as v from 'valibot'
import { type Bytes, concat, equal, fromHex, utf8 } from './bytes.ts'
import { bytes } from './schema.ts'
import type { Identity, Suite } from './suite.ts'
import { peerIdOf, type Visit } from './visit.ts'

/** How a peer introduces itself on a fresh link. */
export const helloSchema = v.strictObject({
  v: v.literal(1),
  author: bytes(32),
  nonce: bytes(16),
  tokenHash: bytes(32),
  name: v.pipe(v.string(), v.maxLength(40)),
  signature: bytes(64),
})
export type Hello = v.InferOutput<typeof helloSchema>

/** Between whom, over which connection a hello is said. Fingerprints as `fingerprintOf` gives them. */
export interface Ends {
  readonly topic: Bytes
  readonly sender: Bytes
  readonly senderFingerprint: string
  readonly receiver: Bytes
  readonly receiverFingerprint: string
}

const LABEL = utf8('earshot hello 1')

/** The DTLS certificate fingerprint in an SDP (RFC 8122), as `sha-256 AA:BB:…`; null when there is none, or more than one. */
export function fingerprintOf(sdp: string): string | null {
  const found = new Set<string>()
  for (const match of sdp.matchAll(/^a=fingerprint:(\S+) (\S+)\s*$/gm))
    found.add(`${match[1]?.toLowerCase()} ${match[2]?.toUpperCase()}`)
  const [only] = found
  return found.size === 1 && only && /^sha-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}$/.test(only) ? only : null
}

async function signedBytes(suite: Suite, name: string, ends: Ends): Promise<Bytes | null> {
  const [sender, receiver] = [ends.senderFingerprint, ends.receiverFingerprint].map((fingerprint) =>
    fromHex(fingerprint.replace('sha-256 ', '').replaceAll(':', '').toLowerCase()),
  )
  if (!sender || !receiver) return null
  return concat(LABEL, ends.topic, ends.sender, sender, ends.receiver, receiver, await suite.sha256(utf8(name)))
}

/** One's own hello for one connection. */
export async function signHello(
  suite: Suite,
  identity: Identity,
  visit: Visit,
  name: string,
  ends: Ends,
): Promise<Hello> {
  const message = await signedBytes(suite, name, ends)
  if (!message) throw new RangeError('a fingerprint is not one')
  const signature = await identity.sign(message)
  return { v: 1, author: identity.author, nonce: visit.nonce, tokenHash: visit.tokenHash, name, signature }
}

/** Whether a hello proves that its author owns the sender's peer id and is at the other end of this very connection. */
export async function verifyHello(suite: Suite, hello: Hello, ends: Ends): Promise<boolean> {
  if (equal(ends.sender, ends.receiver)) return false
  const message = await signedBytes(suite, hello.name, ends)
  if (!message || !equal(await peerIdOf(suite, ends.topic, hello), ends.sender)) return false
  return suite.verify(hello.author, hello.signature, message)
}
