import * as v from 'valibot'
import type { Bytes } from './bytes.ts'
import { decode } from './msgpack.ts'

/** A byte string of exactly `length` bytes, copied: what was decoded is a view, which would keep the whole frame alive. */
export const bytes = (length: number) =>
  v.pipe(
    v.instance(Uint8Array),
    v.check((view) => view.length === length),
    v.transform((view): Bytes => new Uint8Array(view)),
  )

/** A byte string of at most `maxLength` bytes, copied likewise. */
export const byteString = (maxLength: number) =>
  v.pipe(
    v.instance(Uint8Array),
    v.check((view) => view.length <= maxLength),
    v.transform((view): Bytes => new Uint8Array(view)),
  )

/**
 * What MessagePack bytes from anywhere hold, when it fits the schema; otherwise null. Never throws, and gives up at the
 * first fault: a list of everything wrong with 60,000 items would cost far more than the items.
 */
export function read<Schema extends v.GenericSchema>(schema: Schema, data: Uint8Array): v.InferOutput<Schema> | null {
  const parsed = v.safeParse(schema, decode(data), { abortEarly: true })
  return parsed.success ? parsed.output : null
}
