import { Decoder, Encoder } from '@msgpack/msgpack'
import type { Bytes } from './bytes.ts'

/** Maps and arrays within each other: nothing here nests deeper, and what walks the result may recurse. */
const MAX_DEPTH = 16
/** Above this length the platform's own UTF-8 decoder is the faster check. */
const SHORT_TEXT = 64

const LONE_SURROGATE = /\p{Cs}/u
const LONE_SURROGATES = /\p{Cs}/gu
const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

const encoder = new Encoder({ ignoreUndefined: true, maxDepth: MAX_DEPTH + 1 })
const decoder = new Decoder({
  mapKeyConverter(key) {
    if (typeof key !== 'string') throw new TypeError('a key is not a text')
    return key
  },
})

/**
 * MessagePack bytes of a value made of plain objects, arrays, texts, byte strings, numbers, booleans and null. Properties
 * that are undefined are left out. Half of a surrogate pair in a text becomes U+FFFD, as UTF-8 has no form for it.
 * @throws Error when the value holds anything else, or nests deeper than 16 levels: `decode` would refuse it
 */
export function encode(value: unknown): Bytes {
  return encoder.encode(isWellFormed(value) ? value : wellFormed(value))
}

/**
 * The value of MessagePack bytes from anywhere; undefined for whatever is not exactly one well-formed value. Never throws,
 * and takes memory in proportion to the input only. Refused: more than 16 levels, extension types (timestamps too), keys
 * that are not texts, the key `__proto__`, invalid UTF-8, bytes after the value.
 *
 * Byte strings in the result are views of `data`: let a schema's `bytes` or `byteString` copy what is to be kept.
 */
export function decode(data: Uint8Array): unknown {
  try {
    return isSound(data) ? decoder.decode(data) : undefined
  } catch {
    return undefined
  }
}

/**
 * Walks the structure before anything is built from it. The library allocates an array as long as its header says, before
 * it sees an item: 3 bytes can claim 65,535 items, so a frame full of such headers would take gigabytes. And invalid UTF-8
 * in a key would make its cache of keys answer by what it has seen before.
 */
function isSound(data: Uint8Array): boolean {
  let at = 0
  /** Values still to come: of the whole, then in each open map or array. */
  const open = [1]

  /** A big-endian number; NaN when it ends beyond the data, which then passes no comparison below. */
  const uint = (width: number): number => {
    let value = 0
    for (const end = at + width; at < end; at++) value = value * 256 + (data[at] ?? Number.NaN)
    return value
  }
  const skip = (length: number): boolean => {
    at += length
    return at <= data.length
  }
  const text = (length: number): boolean => skip(length) && isUtf8(data.subarray(at - length, at))
  const items = (count: number): boolean => {
    if (count > 0) open.push(count)
    return open.length <= MAX_DEPTH + 1
  }
  const value = (): boolean => {
    const head = uint(1)
    if (head < 0x80 || head >= 0xe0) return true
    if (head < 0x90) return items((head & 0x0f) * 2)
    if (head < 0xa0) return items(head & 0x0f)
    if (head < 0xc0) return text(head & 0x1f)
    switch (head) {
      case 0xc0: // nil
      case 0xc2: // false
      case 0xc3: // true
        return true
      case 0xc4: // bin 8, 16, 32
      case 0xc5:
      case 0xc6:
        return skip(uint(2 ** (head - 0xc4)))
      case 0xca: // float 32, 64
      case 0xcb:
        return skip(2 ** (head - 0xc8))
      case 0xcc: // uint 8 to 64
      case 0xcd:
      case 0xce:
      case 0xcf:
        return skip(2 ** (head - 0xcc))
      case 0xd0: // int 8 to 64
      case 0xd1:
      case 0xd2:
      case 0xd3:
        return skip(2 ** (head - 0xd0))
      case 0xd9: // str 8, 16, 32
      case 0xda:
      case 0xdb:
        return text(uint(2 ** (head - 0xd9)))
      case 0xdc: // array 16, 32
      case 0xdd:
        return items(uint(2 ** (head - 0xdb)))
      case 0xde: // map 16, 32
      case 0xdf:
        return items(uint(2 ** (head - 0xdd)) * 2)
      default: // extension types, 0xc1, or the end of the data
        return false
    }
  }

  while (open.length > 0) {
    open[open.length - 1] = (open.at(-1) ?? 0) - 1
    if (!value()) return false
    while (open.at(-1) === 0) open.pop()
  }
  return at === data.length
}

function isUtf8(text: Uint8Array): boolean {
  if (text.length <= SHORT_TEXT && text.every((byte) => byte < 0x80)) return true
  try {
    strictUtf8.decode(text)
    return true
  } catch {
    return false
  }
}

function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return !LONE_SURROGATE.test(value)
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return true
  if (Array.isArray(value)) return value.every(isWellFormed)
  return Object.entries(value).every(([key, part]) => !LONE_SURROGATE.test(key) && isWellFormed(part))
}

function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(LONE_SURROGATES, '\ufffd')
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  if (Array.isArray(value)) return value.map(wellFormed)
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [wellFormed(key), wellFormed(part)]))
}
