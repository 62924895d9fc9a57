import { type Bytes, toHex, utf8 } from './bytes.ts'
import type { Identity, Suite } from './suite.ts'

const own = (buffer: ArrayBuffer): Bytes => new Uint8Array(buffer)

/** Imported keys, so that each is imported once. Bounded: the oldest half is forgotten when it is full. */
class KeyCache {
  readonly #keys = new Map<string, Promise<CryptoKey>>()
  constructor(readonly load: (raw: Bytes) => Promise<CryptoKey>) {}
  get(raw: Bytes): Promise<CryptoKey> {
    const id = toHex(raw)
    const known = this.#keys.get(id)
    if (known) return known
    const key = this.load(raw)
    this.#keys.set(id, key)
    if (this.#keys.size > 512) this.#keys.delete(this.#keys.keys().next().value ?? '')
    return key
  }
}

/** The suite over Web Crypto: asynchronous, on the platform's own threads. */
export function createSubtleSuite(subtle: SubtleCrypto = crypto.subtle): Suite {
  const aesKeys = new KeyCache((raw) => subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']))
  const authors = new KeyCache((raw) => subtle.importKey('raw', raw, 'Ed25519', false, ['verify']))
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
    seal: async (key, iv, additionalData, plaintext) =>
      own(await subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, await aesKeys.get(key), plaintext)),
    async open(key, iv, additionalData, sealed) {
      try {
        return own(await subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, await aesKeys.get(key), sealed))
      } catch {
        return null
      }
    },
    async verify(author, signature, message) {
      try {
        return await subtle.verify('Ed25519', await authors.get(author), signature, message)
      } catch {
        return false
      }
    },
  }
}

/** A new Ed25519 key pair whose private key can't be read out. */
export async function createKeyPair(subtle: SubtleCrypto = crypto.subtle): Promise<CryptoKeyPair> {
  const pair = await subtle.generateKey('Ed25519', false, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw new Error('no key pair')
  return pair
}

/** The identity that signs with a key pair. */
export async function identityOf(pair: CryptoKeyPair, subtle: SubtleCrypto = crypto.subtle): Promise<Identity> {
  const author = own(await subtle.exportKey('raw', pair.publicKey))
  return { author, sign: async (message) => own(await subtle.sign('Ed25519', pair.privateKey, message)) }
}

/** Whether Web Crypto with Ed25519 works here. */
export async function hasCrypto(): Promise<boolean> {
  try {
    await createKeyPair()
    return true
  } catch {
    return false
  }
}
