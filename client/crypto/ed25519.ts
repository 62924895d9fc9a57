/**
 * What every implementation of Ed25519 here agrees on. RFC 8032 leaves cases open, and platforms judge them differently
 * (Chalkias et al., "Taming the many EdDSAs", 2020): an entry that one member accepts and another refuses would make logs
 * differ for ever. So the strictest reading holds: canonical encodings only, no point of small order, S below L, and the
 * equation without the cofactor, SB = R + kA.
 */
import type { Bytes } from './bytes.ts'
import { fromHex, toHex } from './bytes.ts'

const KEY_BYTES = 32
const SIGNATURE_BYTES = 64
/** L, the order of the base point, little-endian. */
const ORDER = fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010') ?? new Uint8Array()

/** y of the eight points whose order divides 8; either sign of x. */
const SMALL_ORDER_Y = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
])

/** Whether a little-endian number is below another of the same length. */
function isBelow(number: Uint8Array, limit: Uint8Array): boolean {
  for (let i = limit.length - 1; i >= 0; i--) {
    const difference = (number[i] ?? 0) - (limit[i] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}

/** y < p = 2^255 - 19, and not of small order. */
function isProperPoint(point: Uint8Array): boolean {
  const y = new Uint8Array(point)
  y[31] = (y[31] ?? 0) & 0x7f
  const isReduced = y[31] !== 0x7f || (y[0] ?? 0) < 0xed || y.subarray(1, 31).some((byte) => byte !== 0xff)
  return isReduced && !SMALL_ORDER_Y.has(toHex(y))
}

/** Whether key and signature have a form that is worth verifying. To be asked before any platform's own verification. */
export function isProperSignature(author: Bytes, signature: Bytes): boolean {
  return (
    author.length === KEY_BYTES &&
    signature.length === SIGNATURE_BYTES &&
    isBelow(signature.subarray(KEY_BYTES), ORDER) &&
    isProperPoint(author) &&
    isProperPoint(signature.subarray(0, KEY_BYTES))
  )
}

/** DER of PKCS #8 up to the 32-byte seed itself (RFC 8410, section 7). */
export const PKCS8_PREFIX: Bytes = fromHex('302e020100300506032b657004220420') ?? new Uint8Array()
