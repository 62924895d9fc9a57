import * as m from '@msgpack/msgpack'
import type { Bytes } from './bytes.ts'
export const encode = (value: unknown): Bytes => new Uint8Array(m.encode(value))
export const decode = (bytes: Uint8Array): unknown => {
  try {
    return m.decode(bytes)
  } catch {
    return undefined
  }
}
