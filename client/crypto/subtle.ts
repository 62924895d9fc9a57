import { type Bytes, toHex, utf8 } from './bytes.ts'
import { isProperSignature } from './ed25519.ts'
import type { Identity, Suite } from './suite.ts'

/** One for each room that this page is in. */
const SEALING_KEYS = 16
/** Authors of a large room's history. */
const AUTHORS = 512

const own = (buffer: ArrayBuffer): Bytes => new Uint8Array(buffer)

/** Imported keys by their raw bytes, so that sealing and verifying don't import one each time. Forgets the least recently used. */
class KeyCache {
  readonly #keys = new Map<string, Promise<CryptoKey>>()
  readonly #limit: number
  readonly #load: (raw: Bytes) => Promise<CryptoKey>

  constructor(limit: number, load: (raw: Bytes) => Promise<CryptoKey>) {
    this.#limit = limit
    this.#load = load
  }

  /** The key. Rejects when the bytes are none, and doesn't remember that: anyone can send such bytes. */
  get(raw: Bytes): Promise<CryptoKey> {
    const id = toHex(raw)
    const key = this.#keys.get(id) ?? this.#load(raw)
    this.#keys.delete(id)
    this.#keys.set(id, key)
    key.catch(() => this.#keys.delete(id))
    if (this.#keys.size > this.#limit) this.#keys.delete(this.#keys.keys().next().value ?? '')
    return key
  }
}

/** The suite over Web Crypto: asynchronous, on the platform's own threads. */
export function createSubtleSuite(subtle: SubtleCrypto = globalThis.crypto.subtle): Suite {
  const sealing = new KeyCache(SEALING_KEYS, (raw) =>
    subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']),
  )
  const authors = new KeyCache(AUTHORS, (raw) => subtle.importKey('raw', raw, 'Ed25519', false, ['verify']))
  return {
    sha256: async (message) => own(await subtle.digest('SHA-256', message)),
    async hkdf(secret, info) {
      const key = await subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits'])
      const params = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: utf8(info) }
      return own(await subtle.deriveBits(params, key, 256))
    },
    async pbkdf2(password, salt, iterations) {
      const key = await subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits'])
      return own(await subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, key, 256))
    },
    async seal(key, iv, additionalData, plaintext) {
      return own(await subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, await sealing.get(key), plaintext))
    },
    async open(key, iv, additionalData, sealed) {
      try {
        return own(await subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, await sealing.get(key), sealed))
      } catch {
        return null
      }
    },
    async verify(author, signature, message) {
      if (!isProperSignature(author, signature)) return false
      try {
        return await subtle.verify('Ed25519', await authors.get(author), signature, message)
      } catch {
        return false
      }
    },
  }
}

/** A new Ed25519 key pair whose private key no script can read out. Rejects where there is no Ed25519. */
export async function createKeyPair(subtle: SubtleCrypto = globalThis.crypto.subtle): Promise<CryptoKeyPair> {
  const pair = await subtle.generateKey('Ed25519', false, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw new TypeError('Ed25519 gave a single key')
  return pair
}

/** The identity that signs with an Ed25519 key pair. Rejects when it is another kind of pair. */
export async function identityOf(
  { publicKey, privateKey }: CryptoKeyPair,
  subtle: SubtleCrypto = globalThis.crypto.subtle,
): Promise<Identity> {
  const author = own(await subtle.exportKey('raw', publicKey))
  return { author, sign: async (message) => own(await subtle.sign('Ed25519', privateKey, message)) }
}

/** Whether Web Crypto with Ed25519 works here: not on plain http, and not in old browsers. Never rejects. */
export const hasCrypto = async (): Promise<boolean> => {
  try {
    const identity = await identityOf(await createKeyPair())
    return await createSubtleSuite().verify(identity.author, await identity.sign(identity.author), identity.author)
  } catch {
    return false
  }
}
