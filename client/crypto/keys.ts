import * as v from 'valibot'
import { type Bytes, concat, fromBase64url, randomBytes, toBase64url, utf8 } from './bytes.ts'
import type { Identity, Suite } from './suite.ts'

/** Why a key can't be opened, locked or unlocked. */
export type KeyErrorCode =
  | 'damaged' // what was kept, or the file, is not whole or not an identity
  | 'password' // another password
  | 'weak-password' // fewer than 8 characters
  | 'not-exportable' // made before identities could be exported

export class KeyError extends Error {
  override readonly name = 'KeyError'
  constructor(readonly code: KeyErrorCode) {
    super(code)
  }
}

/**
 * How identities are made and kept on this platform. The kept form is for a store on this device: structured-cloneable, and
 * `unknown` when it comes back.
 */
export interface Keys {
  /** A new identity, in its kept form. */
  create(): Promise<unknown>
  /** The identity of a kept form. @throws KeyError `damaged` */
  open(kept: unknown): Promise<Identity>
  /** The text of a file that holds the identity, locked with a password. @throws KeyError */
  lock(kept: unknown, password: string): Promise<string>
  /** The kept form of the identity in such a file. @throws KeyError `damaged` or `password` */
  unlock(file: string, password: string): Promise<unknown>
}

const ROUNDS = 600_000
const MOST_ROUNDS = 2_000_000
const MIN_PASSWORD = 8
const LABEL = utf8('earshot identity 1')
/** Ed25519 in PKCS #8: 48 bytes (RFC 8410, section 7), and the tag. */
const SEALED_BYTES = 48 + 16

const base64 = (length: number) =>
  v.pipe(
    v.string(),
    v.maxLength(200),
    v.rawTransform(({ dataset, addIssue, NEVER }): Bytes => {
      const bytes = fromBase64url(dataset.value)
      if (bytes?.length === length) return bytes
      addIssue({ message: `not ${length} bytes of base64url` })
      return NEVER
    }),
  )

const fileSchema = v.object({
  earshot: v.literal('identity'),
  v: v.literal(1),
  author: base64(32),
  salt: base64(16),
  nonce: base64(12),
  rounds: v.pipe(v.number(), v.integer(), v.minValue(ROUNDS), v.maxValue(MOST_ROUNDS)),
  sealed: base64(SEALED_BYTES),
})

/** What an identity file holds: the private key as PKCS #8 in AES-256-GCM, under a key stretched from the password. */
export type IdentityFile = v.InferOutput<typeof fileSchema>

/** What the sealed key is bound to. */
export const additionalFor = (author: Bytes): Bytes => concat(LABEL, author)

/** The key that a password gives for a file. */
export const keyFor = (suite: Suite, password: string, { salt, rounds }: { salt: Bytes; rounds: number }) =>
  suite.pbkdf2(utf8(password.normalize('NFKC')), salt, rounds)

/** Salt, nonce and rounds of a new file. @throws KeyError `weak-password` */
export function newLock(password: string): { salt: Bytes; nonce: Bytes; rounds: number } {
  if ([...password].length < MIN_PASSWORD) throw new KeyError('weak-password')
  return { salt: randomBytes(16), nonce: randomBytes(12), rounds: ROUNDS }
}

/** Writes an identity file's text. */
export function formatFile({ author, salt, nonce, rounds, sealed }: IdentityFile): string {
  const parts = { author, salt, nonce, sealed }
  const text = Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, toBase64url(bytes)]))
  return `${JSON.stringify({ earshot: 'identity', v: 1, rounds, ...text }, null, 2)}\n`
}

/** Reads an identity file's text. @throws KeyError `damaged` */
export function parseFile(text: string): IdentityFile {
  try {
    return v.parse(fileSchema, JSON.parse(text))
  } catch {
    throw new KeyError('damaged')
  }
}

/** Fails unless the identity signs as this author. @throws KeyError `damaged` */
export async function mustSignAs(suite: Suite, author: Bytes, identity: Identity): Promise<void> {
  const message = randomBytes(32)
  if (!(await suite.verify(author, await identity.sign(message), message))) throw new KeyError('damaged')
}
