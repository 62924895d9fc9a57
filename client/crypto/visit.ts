import { type Bytes, concat, randomBytes, utf8 } from './bytes.ts'
import type { Suite } from './suite.ts'

/** One page load in one room. It lives in memory only. */
export interface Visit {
  /** Known to this page, and to the server's memory while connected: 16 bytes. */
  readonly token: Bytes
  readonly tokenHash: Bytes
  readonly nonce: Bytes
  readonly commit: Bytes
  /** The peer id, 16 bytes. */
  readonly peer: Bytes
}

const LABEL = utf8('earshot peer 1')

const commitOf = (suite: Suite, topic: Bytes, author: Bytes, nonce: Bytes) =>
  suite.sha256(concat(LABEL, topic, author, nonce))

const peerOf = async (suite: Suite, tokenHash: Bytes, commit: Bytes): Promise<Bytes> =>
  (await suite.sha256(concat(tokenHash, commit))).slice(0, 16)

/** A new visit of `author` to the room of `topic`. */
export async function createVisit(
  suite: Suite,
  topic: Bytes,
  author: Bytes,
  random: (length: number) => Bytes = randomBytes,
): Promise<Visit> {
  const token = random(16)
  const nonce = random(16)
  const tokenHash = await suite.sha256(token)
  const commit = await commitOf(suite, topic, author, nonce)
  return { token, tokenHash, nonce, commit, peer: await peerOf(suite, tokenHash, commit) }
}

/** The peer id that a visit with this claim has, 16 bytes: who can't show a fitting claim doesn't own the id. */
export async function peerIdOf(
  suite: Suite,
  topic: Bytes,
  claim: { readonly author: Bytes; readonly nonce: Bytes; readonly tokenHash: Bytes },
): Promise<Bytes> {
  return peerOf(suite, claim.tokenHash, await commitOf(suite, topic, claim.author, claim.nonce))
}
