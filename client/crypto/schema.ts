import * as v from 'valibot'
import type { Bytes } from './bytes.ts'
import { decode } from './msgpack.ts'

/** A copy in memory of its own: what was decoded is a view, which would keep the whole frame that it came in. */
const own = v.transform((bytes: Uint8Array): Bytes => new Uint8Array(bytes))

/** A byte string of exactly `length` bytes. Copies what it accepts. */
export const bytes = (length: number) =>
  v.pipe(
    v.instance(Uint8Array),
    v.check((bytes) => bytes.length === length),
    own,
  )

/** A byte string of at most `maxLength` bytes. Copies what it accepts. */
export const byteString = (maxLength: number) =>
  v.pipe(
    v.instance(Uint8Array),
    v.check((bytes) => bytes.length <= maxLength),
    own,
  )

/**
 * What MessagePack bytes from anywhere hold, when it fits the schema; otherwise null. Never throws, and gives up at the
 * first fault: a list of everything wrong with 60,000 items would cost far more than the items.
 */
export function read<Schema extends v.GenericSchema>(schema: Schema, data: Uint8Array): v.InferOutput<Schema> | null {
  const parsed = v.safeParse(schema, decode(data), { abortEarly: true })
  return parsed.success ? parsed.output : null
}
