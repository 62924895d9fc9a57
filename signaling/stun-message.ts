/** STUN messages as bytes (RFC 8489, sections 5 and 14). */
import { addressBytes } from './address.ts'

/** Message types of the method Binding, the only one here (section 18.2). */
export const BINDING_REQUEST = 0x0001
export const BINDING_SUCCESS = 0x0101
export const BINDING_ERROR = 0x0111

/** Types of attributes (section 18.3). */
export const ERROR_CODE = 0x0009
export const UNKNOWN_ATTRIBUTES = 0x000a
export const XOR_MAPPED_ADDRESS = 0x0020
const FINGERPRINT = 0x8028

const HEADER_BYTES = 20
const ATTRIBUTE_HEADER_BYTES = 4
const TRANSACTION_BYTES = 12
const FINGERPRINT_BYTES = 8
const MAGIC_COOKIE = 0x2112a442
const FINGERPRINT_MASK = 0x5354554e
const IPV4 = 1
const IPV6 = 2

export interface Attribute {
  readonly type: number
  readonly value: Buffer
}

export interface StunMessage {
  /** Class and method. */
  readonly type: number
  /** 12 bytes. */
  readonly transaction: Buffer
  /** All but FINGERPRINT. */
  readonly attributes: readonly Attribute[]
  /** Whether there is a FINGERPRINT. It is right then. */
  readonly fingerprint: boolean
}

/** Remainders of each byte for CRC-32 (ITU V.42, bits reversed); Node has its own only from 20.15 on. */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1
  return rest
})

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0)
  return ~crc >>> 0
}

/** Attributes fill up to four bytes (section 14). */
const padded = (length: number) => (length + 3) & ~3

/** Value of FINGERPRINT over all that comes before it (section 14.7). */
const fingerprintOf = (before: Buffer) => (crc32(before) ^ FINGERPRINT_MASK) >>> 0

/** Reads attributes up to the end of the bytes; null when one reaches beyond it. */
function readAttributes(bytes: Buffer): Attribute[] | null {
  const attributes: Attribute[] = []
  for (let offset = 0; offset < bytes.length; ) {
    const length = bytes.readUInt16BE(offset + 2)
    const start = offset + ATTRIBUTE_HEADER_BYTES
    if (start + padded(length) > bytes.length) return null
    attributes.push({ type: bytes.readUInt16BE(offset), value: bytes.subarray(start, start + length) })
    offset = start + padded(length)
  }
  return attributes
}

/**
 * Reads a datagram. Null when it is no STUN message: another length than it says, no magic cookie, attributes that don't
 * fit, or a FINGERPRINT that is wrong or not the last attribute. What is read points into the datagram. Never throws.
 */
export function readStun(datagram: Buffer): StunMessage | null {
  if (datagram.length < HEADER_BYTES || datagram.readUInt32BE(4) !== MAGIC_COOKIE) return null
  const type = datagram.readUInt16BE(0)
  const length = datagram.readUInt16BE(2)
  if (type >= 0x4000 || length % 4 !== 0 || datagram.length !== HEADER_BYTES + length) return null
  const attributes = readAttributes(datagram.subarray(HEADER_BYTES))
  if (attributes === null) return null

  const transaction = datagram.subarray(8, HEADER_BYTES)
  const index = attributes.findIndex((attribute) => attribute.type === FINGERPRINT)
  if (index === -1) return { type, transaction, attributes, fingerprint: false }
  const value = attributes[index]?.value
  if (index !== attributes.length - 1 || value?.length !== 4) return null
  if (value.readUInt32BE(0) !== fingerprintOf(datagram.subarray(0, -FINGERPRINT_BYTES))) return null
  return { type, transaction, attributes: attributes.slice(0, -1), fingerprint: true }
}

/** Writes a message; with `fingerprint`, that comes last. */
export function writeStun({ type, transaction, attributes, fingerprint }: StunMessage): Buffer {
  const body = attributes.reduce((sum, { value }) => sum + ATTRIBUTE_HEADER_BYTES + padded(value.length), 0)
  const bytes = Buffer.alloc(HEADER_BYTES + body + (fingerprint ? FINGERPRINT_BYTES : 0))
  bytes.writeUInt16BE(type, 0)
  bytes.writeUInt16BE(bytes.length - HEADER_BYTES, 2)
  bytes.writeUInt32BE(MAGIC_COOKIE, 4)
  transaction.copy(bytes, 8)
  let offset = HEADER_BYTES
  for (const { type, value } of attributes) {
    bytes.writeUInt16BE(type, offset)
    bytes.writeUInt16BE(value.length, offset + 2)
    value.copy(bytes, offset + ATTRIBUTE_HEADER_BYTES)
    offset += ATTRIBUTE_HEADER_BYTES + padded(value.length)
  }
  if (!fingerprint) return bytes
  bytes.writeUInt16BE(FINGERPRINT, offset)
  bytes.writeUInt16BE(4, offset + 2)
  bytes.writeUInt32BE(fingerprintOf(bytes.subarray(0, offset)), offset + ATTRIBUTE_HEADER_BYTES)
  return bytes
}

/** XOR-MAPPED-ADDRESS (section 14.2); null when `address` is none. */
export function xorMappedAddress(address: string, port: number, transaction: Buffer): Attribute | null {
  const bytes = addressBytes(address)
  if (bytes === null) return null
  const mask = Buffer.alloc(4 + TRANSACTION_BYTES)
  mask.writeUInt32BE(MAGIC_COOKIE, 0)
  transaction.copy(mask, 4)
  const value = Buffer.alloc(4 + bytes.length)
  value[1] = bytes.length === 4 ? IPV4 : IPV6
  value.writeUInt16BE(port ^ (MAGIC_COOKIE >>> 16), 2)
  for (const [index, byte] of bytes.entries()) value[4 + index] = byte ^ (mask[index] ?? 0)
  return { type: XOR_MAPPED_ADDRESS, value }
}

/** ERROR-CODE (section 14.8). Without a reason: that is meant for people, and every byte of an answer can be turned on others. */
export function errorCode(code: number): Attribute {
  return { type: ERROR_CODE, value: Buffer.from([0, 0, Math.floor(code / 100), code % 100]) }
}

/** UNKNOWN-ATTRIBUTES (section 14.13). */
export function unknownAttributes(types: readonly number[]): Attribute {
  const value = Buffer.alloc(2 * types.length)
  for (const [index, type] of types.entries()) value.writeUInt16BE(type, 2 * index)
  return { type: UNKNOWN_ATTRIBUTES, value }
}
