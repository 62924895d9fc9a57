/**
 * Identities as Web Crypto keeps them: the signing key can't be read out. For exports a copy of it is kept wrapped under a
 * key that can't be read out either and does nothing but wrap: the bare private key never is in a script's memory.
 */
import * as v from 'valibot'
import { type Bytes, randomBytes } from './bytes.ts'
import { additionalFor, formatFile, KeyError, type Keys, keyFor, mustSignAs, newLock, parseFile } from './keys.ts'
import { createSubtleSuite, identityOf } from './subtle.ts'

/** The global is looked up when it is needed: a page on plain http has none. */
const key = (type: KeyType, algorithm: string, usage: KeyUsage) =>
  v.custom<CryptoKey>(
    (value) =>
      value instanceof CryptoKey &&
      value.type === type &&
      value.algorithm.name === algorithm &&
      value.usages.includes(usage),
  )
const keptSchema = v.object({
  publicKey: key('public', 'Ed25519', 'verify'),
  privateKey: key('private', 'Ed25519', 'sign'),
  /** Missing in identities of the first version. */
  backup: v.optional(
    v.object({
      key: key('secret', 'AES-GCM', 'unwrapKey'),
      nonce: v.instance(Uint8Array),
      wrapped: v.instance(Uint8Array),
    }),
  ),
})

const own = (buffer: ArrayBuffer): Bytes => new Uint8Array(buffer)

/** Keys over Web Crypto. */
export function createSubtleKeys(subtle: SubtleCrypto = globalThis.crypto.subtle): Keys {
  const suite = createSubtleSuite(subtle)

  const read = (kept: unknown) => {
    const parsed = v.safeParse(keptSchema, kept)
    if (!parsed.success) throw new KeyError('damaged')
    return parsed.output
  }
  const unwrap = (wrapped: BufferSource, under: CryptoKey, params: AesGcmParams, extractable: boolean) =>
    subtle.unwrapKey('pkcs8', wrapped, under, params, 'Ed25519', extractable, ['sign'])

  /** The kept form of a key pair whose private key is extractable for this moment only. */
  async function keep(publicKey: CryptoKey, extractable: CryptoKey) {
    const wrapping = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['wrapKey', 'unwrapKey'])
    const nonce = randomBytes(12)
    const params = { name: 'AES-GCM', iv: nonce }
    const wrapped = own(await subtle.wrapKey('pkcs8', extractable, wrapping, params))
    const privateKey = await unwrap(wrapped, wrapping, params, false)
    return { publicKey, privateKey, backup: { key: wrapping, nonce, wrapped } }
  }

  return {
    async create() {
      const pair = await subtle.generateKey('Ed25519', true, ['sign', 'verify'])
      if (!('privateKey' in pair)) throw new TypeError('Ed25519 gave a single key')
      return keep(pair.publicKey, pair.privateKey)
    },
    open: async (kept) => identityOf(read(kept), subtle),
    async lock(kept, password) {
      const { publicKey, backup } = read(kept)
      if (!backup) throw new KeyError('not-exportable')
      const lock = newLock(password)
      const author = own(await subtle.exportKey('raw', publicKey))
      const nonce = new Uint8Array(backup.nonce)
      const extractable = await unwrap(new Uint8Array(backup.wrapped), backup.key, { name: 'AES-GCM', iv: nonce }, true)
      const raw = await keyFor(suite, password, lock)
      const wrapping = await subtle.importKey('raw', raw, 'AES-GCM', false, ['wrapKey'])
      const params = { name: 'AES-GCM', iv: lock.nonce, additionalData: additionalFor(author) }
      const sealed = own(await subtle.wrapKey('pkcs8', extractable, wrapping, params))
      return formatFile({ earshot: 'identity', v: 1, author, ...lock, sealed })
    },
    async unlock(text, password) {
      const file = parseFile(text)
      const raw = await keyFor(suite, password, file)
      const wrapping = await subtle.importKey('raw', raw, 'AES-GCM', false, ['unwrapKey'])
      const params = { name: 'AES-GCM', iv: file.nonce, additionalData: additionalFor(file.author) }
      const extractable = await unwrap(file.sealed, wrapping, params, true).catch(() => {
        throw new KeyError('password')
      })
      const publicKey = await subtle.importKey('raw', file.author, 'Ed25519', true, ['verify'])
      const kept = await keep(publicKey, extractable)
      await mustSignAs(suite, file.author, await identityOf(kept, subtle))
      return kept
    },
  }
}
