import * as v from 'valibot'
import type { Bytes } from './bytes.ts'
export const bytes = (length: number) =>
  v.pipe(
    v.instance(Uint8Array),
    v.check((b) => b.length === length),
    v.transform((b): Bytes => new Uint8Array(b)),
  )
export const byteString = (max: number) =>
  v.pipe(
    v.instance(Uint8Array),
    v.check((b) => b.length <= max),
    v.transform((b): Bytes => new Uint8Array(b)),
  )
