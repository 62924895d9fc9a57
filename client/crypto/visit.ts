import { type Bytes, concat, randomBytes, utf8 } from './bytes.ts'
import type { Suite } from './suite.ts'

/** One page load in one room. It lives in memory only: a duplicated tab must not clone it. */
export interface Visit {
  /** Known to this page, and to the server's memory while connected: 16 random bytes. */
  readonly token: Bytes
  /** SHA-256 of the token: what the others may know. */
  readonly tokenHash: Bytes
  /** 16 random bytes, so that the commit tells nothing of the author. */
  readonly nonce: Bytes
  /** SHA-256("earshot peer 1" | topic | author | nonce): what the server is told. */
  readonly commit: Bytes
  /** The peer id: the first 16 bytes of SHA-256(tokenHash | commit). */
  readonly peer: Bytes
}

const LABEL = utf8('earshot peer 1')
const TOKEN_BYTES = 16
const NONCE_BYTES = 16
const PEER_BYTES = 16

/** A new visit of `author` (32 bytes) to the room of `topic` (32 bytes). */
export async function createVisit(
  suite: Suite,
  topic: Bytes,
  author: Bytes,
  random: (length: number) => Bytes = randomBytes,
): Promise<Visit> {
  const token = random(TOKEN_BYTES)
  const nonce = random(NONCE_BYTES)
  const tokenHash = await suite.sha256(token)
  const commit = await commitOf(suite, topic, author, nonce)
  return { token, tokenHash, nonce, commit, peer: await peerOf(suite, tokenHash, commit) }
}

/**
 * The peer id that belongs to a claim, 16 bytes. Nobody can find a second claim for a peer id, so it binds the id to its
 * author.
 */
export async function peerIdOf(
  suite: Suite,
  topic: Bytes,
  claim: { readonly author: Bytes; readonly nonce: Bytes; readonly tokenHash: Bytes },
): Promise<Bytes> {
  return peerOf(suite, claim.tokenHash, await commitOf(suite, topic, claim.author, claim.nonce))
}

const commitOf = (suite: Suite, topic: Bytes, author: Bytes, nonce: Bytes) =>
  suite.sha256(concat(LABEL, topic, author, nonce))

const peerOf = async (suite: Suite, tokenHash: Bytes, commit: Bytes): Promise<Bytes> =>
  (await suite.sha256(concat(tokenHash, commit))).slice(0, PEER_BYTES)
