/** The suite over node:crypto. It answers at once, so that a simulation replays the same from the same seed. */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  pbkdf2Sync,
  sign,
  verify,
} from 'node:crypto'
import { type Bytes, concat, randomBytes } from './bytes.ts'
import { isProperSignature, PKCS8_PREFIX } from './ed25519.ts'
import type { Identity, Suite } from './suite.ts'

const TAG_BYTES = 16
/** DER of SubjectPublicKeyInfo up to the key itself (RFC 8410, section 4). */
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/** The suite over node:crypto, synchronous. */
export const nodeSuite: Suite = {
  sha256: (message) => new Uint8Array(createHash('sha256').update(message).digest()),
  hkdf: (secret, info) => new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), info, 32)),
  pbkdf2: (password, salt, rounds) => new Uint8Array(pbkdf2Sync(password, salt, rounds, 32, 'sha256')),
  seal(key, nonce, additional, plaintext) {
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(additional)
    return concat(cipher.update(plaintext), cipher.final(), cipher.getAuthTag())
  },
  open(key, nonce, additional, sealed) {
    if (sealed.length < TAG_BYTES) return null
    const end = sealed.length - TAG_BYTES
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(additional).setAuthTag(sealed.subarray(end))
      return concat(decipher.update(sealed.subarray(0, end)), decipher.final())
    } catch {
      return null
    }
  },
  verify(author, signature, message) {
    if (!isProperSignature(author, signature)) return false
    try {
      return verify(null, message, publicKey(author), signature)
    } catch {
      return false
    }
  },
}

const keys = new Map<string, KeyObject>()
function publicKey(author: Bytes): KeyObject {
  const id = Buffer.from(author).toString('latin1')
  const known = keys.get(id)
  if (known) return known
  const key = createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, author]), format: 'der', type: 'spki' })
  if (keys.size > 256) keys.clear()
  keys.set(id, key)
  return key
}

/** The identity of a 32-byte Ed25519 seed; of a random one when none is given. */
export function nodeIdentity(seed: Bytes = randomBytes(32)): Identity {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return {
    author: new Uint8Array(spki.subarray(PUBLIC_PREFIX.length)),
    sign: (message) => new Uint8Array(sign(null, message, key)),
  }
}
