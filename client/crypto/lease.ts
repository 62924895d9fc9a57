import * as v from 'valibot'
import { type Bytes, concat, utf8 } from './bytes.ts'
import { encode } from './msgpack.ts'
import { byteString, bytes, read } from './schema.ts'
import type { Identity, Suite } from './suite.ts'
import { peerIdOf, type Visit } from './visit.ts'

/** Visits of which a lease says how far their entries are held, at most. */
export const MAX_HEADS = 64

/** `n` of a visit's last lease. */
const LAST = Number.MAX_SAFE_INTEGER

const leaseSchema = v.strictObject({
  v: v.literal(1),
  author: bytes(32),
  /** With the author, what the visit's peer id is made of: nobody else can claim it. */
  nonce: bytes(16),
  tokenHash: bytes(32),
  /** Rises with every lease of the visit. */
  n: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  name: v.pipe(v.string(), v.maxLength(40)),
  /** Visits of which entries are held, by peer id, each with the last seq: receipts for those who are not linked. */
  heads: v.pipe(
    v.array(v.strictTuple([bytes(16), v.pipe(v.number(), v.safeInteger(), v.minValue(1))])),
    v.maxLength(MAX_HEADS),
  ),
})

/** How a visit says that it is there: signed, and passed on from member to member. Its last one says bye. */
export interface Lease {
  readonly author: Bytes
  readonly n: number
  readonly name: string
  readonly heads: readonly Head[]
  /** The visit ended, and never comes back. */
  readonly bye: boolean
}

/** A visit's peer id and the last seq of its entries that is held. */
export type Head = readonly [visit: Bytes, last: number]

/** A lease as it travels. */
export const signedLeaseSchema = v.strictObject({ lease: byteString(4_096), signature: bytes(64) })
export type SignedLease = v.InferOutput<typeof signedLeaseSchema>

const LABEL = utf8('earshot lease 1')

/** Signs a lease of one's own visit; `n` null for the one that says bye. */
export async function signLease(
  identity: Identity,
  visit: Visit,
  topic: Bytes,
  { n, name, heads }: { readonly n: number | null; readonly name: string; readonly heads: readonly Head[] },
): Promise<SignedLease> {
  const { author } = identity
  const { nonce, tokenHash } = visit
  const lease = encode({ v: 1, author, nonce, tokenHash, n: n ?? LAST, name, heads })
  return { lease, signature: await identity.sign(concat(LABEL, topic, lease)) }
}

/** The visit's peer id (16 bytes) and what a lease says; null when it is none, or not its author's. Never rejects. */
export async function openLease(
  suite: Suite,
  topic: Bytes,
  { lease: encoded, signature }: SignedLease,
): Promise<{ readonly peer: Bytes; readonly lease: Lease } | null> {
  const lease = read(leaseSchema, encoded)
  if (!lease) return null
  const [peer, isSigned] = await Promise.all([
    peerIdOf(suite, topic, lease),
    suite.verify(lease.author, signature, concat(LABEL, topic, encoded)),
  ])
  const { author, n, name, heads } = lease
  return isSigned ? { peer, lease: { author, n, name, heads, bye: n === LAST } } : null
}
