/** The suite in plain JavaScript, for pages on plain http: there is no crypto.subtle. Loaded only then. */
import { gcm } from '@noble/ciphers/aes.js'
import * as ed from '@noble/ed25519'
import { hkdf } from '@noble/hashes/hkdf.js'
import { pbkdf2Async } from '@noble/hashes/pbkdf2.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { type Bytes, concat, equal, utf8 } from './bytes.ts'
import { isProperSignature } from './ed25519.ts'
import type { Identity, Suite } from './suite.ts'

ed.hashes.sha512 = sha512

/** PBKDF2-SHA-256, 32 bytes. */
export type Stretch = (password: Bytes, salt: Bytes, rounds: number) => Promise<Bytes>

/** How long stretching or verifying keeps a thread without a pause, in milliseconds. */
const TICK = 10

/** On this thread, with pauses. */
export const stretchHere: Stretch = async (password, salt, rounds) =>
  new Uint8Array(await pbkdf2Async(sha256, password, salt, { c: rounds, dkLen: 32, asyncTick: TICK }))

function verify(author: Bytes, signature: Bytes, message: Bytes): boolean {
  if (!isProperSignature(author, signature)) return false
  const [r, s] = [signature.slice(0, 32), signature.slice(32)]
  try {
    const key = ed.Point.fromBytes(author, false)
    const challenge = scalar(sha512(concat(r, author, message)))
    const sum = ed.Point.BASE.multiply(scalar(s), false).add(key.negate().multiply(challenge, false))
    // noble's own verify() multiplies by the cofactor, and so accepts more than the platforms do.
    return equal(sum.toBytes(), r)
  } catch {
    return false
  }
}

/** Lets others use this thread when it was kept for a while: a long history is verified without holding up its page. */
function breather(): () => Promise<void> {
  let since = Number.NEGATIVE_INFINITY
  return async () => {
    if (performance.now() - since < TICK) return
    await new Promise((resolve) => setTimeout(resolve))
    since = performance.now()
  }
}

/** A little-endian number, modulo the order of the base point. */
function scalar(bytes: Uint8Array): bigint {
  let number = 0n
  for (let i = bytes.length - 1; i >= 0; i--) number = (number << 8n) | BigInt(bytes[i] ?? 0)
  return number % ed.Point.CURVE().n
}

/** The suite in plain JavaScript. `stretch` may do its work elsewhere. */
export function createNobleSuite(stretch: Stretch = stretchHere): Suite {
  const breathe = breather()
  return {
    sha256: (message) => new Uint8Array(sha256(message)),
    hkdf: (secret, info) => new Uint8Array(hkdf(sha256, secret, undefined, utf8(info), 32)),
    pbkdf2: stretch,
    seal: (key, nonce, additional, plaintext) => new Uint8Array(gcm(key, nonce, additional).encrypt(plaintext)),
    open(key, nonce, additional, sealed) {
      try {
        return new Uint8Array(gcm(key, nonce, additional).decrypt(sealed))
      } catch {
        return null
      }
    },
    async verify(author, signature, message) {
      await breathe()
      return verify(author, signature, message)
    },
  }
}

/** The identity of a 32-byte Ed25519 seed. */
export function nobleIdentity(seed: Bytes): Identity {
  return {
    author: new Uint8Array(ed.getPublicKey(seed)),
    sign: (message) => new Uint8Array(ed.sign(message, seed)),
  }
}
