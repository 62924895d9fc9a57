import type { Bytes } from './bytes.ts'

/** Some implementations answer at once, others on another thread: callers `await` both. */
export type MaybePromise<T> = T | Promise<T>

/** Signs as one author. */
export interface Identity {
  /** The Ed25519 public key, 32 bytes. */
  readonly author: Bytes
  /** An Ed25519 signature over `message`, 64 bytes (RFC 8032). */
  sign(message: Bytes): MaybePromise<Bytes>
}

/** The primitives that everything else is built from. One interface, so that each platform brings what it has. */
export interface Suite {
  /** SHA-256, 32 bytes. */
  sha256(message: Bytes): MaybePromise<Bytes>
  /** HKDF-SHA-256 with an empty salt, 32 bytes (RFC 5869). */
  hkdf(secret: Bytes, info: string): MaybePromise<Bytes>
  /** PBKDF2-SHA-256, 32 bytes (RFC 8018). */
  pbkdf2(password: Bytes, salt: Bytes, rounds: number): MaybePromise<Bytes>
  /** AES-256-GCM: ciphertext followed by its 16-byte tag. `key` 32 bytes, `nonce` 12 bytes, never the same twice under a key. */
  seal(key: Bytes, nonce: Bytes, additional: Bytes, plaintext: Bytes): MaybePromise<Bytes>
  /** The plaintext, or null when the key, nonce or additional data differ or the sealed bytes were altered. */
  open(key: Bytes, nonce: Bytes, additional: Bytes, sealed: Bytes): MaybePromise<Bytes | null>
  /** Whether `signature` is `author`'s over `message` (Ed25519). False for anything malformed; never throws. */
  verify(author: Bytes, signature: Bytes, message: Bytes): MaybePromise<boolean>
}
