import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Bytes, concat, randomBytes } from './bytes.ts'
import { type Envelope, openEnvelope, sealEnvelope } from './envelope.ts'
import { encode } from './msgpack.ts'
import { nodeSuite } from './node.ts'
import type { RoomSecrets } from './secrets.ts'
import { createSubtleSuite } from './subtle.ts'

const suite = nodeSuite
const secrets: RoomSecrets = { topic: randomBytes(32), envelopeKey: randomBytes(32) }
const from = randomBytes(16)
const to = randomBytes(16)

const text = (maxLength: number) =>
  fc.string({ unit: 'grapheme', maxLength }).filter((text) => text.length <= maxLength)
const record = <T>(parts: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(parts, { noNullPrototype: true })
const attempt = fc.integer({ min: 1, max: 2 ** 31 })
const envelopes: fc.Arbitrary<Envelope> = fc.oneof(
  record({
    attempt,
    type: fc.constant('description' as const),
    description: record({ type: fc.constantFrom('offer' as const, 'answer' as const), sdp: text(500) }),
  }),
  record({
    attempt,
    type: fc.constant('candidate' as const),
    candidate: fc.record(
      {
        candidate: text(300),
        sdpMid: fc.option(text(20)),
        sdpMLineIndex: fc.option(fc.nat({ max: 65_535 })),
        usernameFragment: fc.option(text(20)),
      },
      { requiredKeys: ['candidate'], noNullPrototype: true },
    ),
  }),
  record({ attempt, type: fc.constantFrom('please' as const, 'restart' as const) }),
)

const please: Envelope = { type: 'please', attempt: 1 }
const seal = (envelope: Envelope) => sealEnvelope(suite, secrets, from, to, envelope)
const open = (sealed: Bytes) => openEnvelope(suite, secrets, from, to, sealed)

/** Sealed as a member with the envelope key could, whatever is inside. */
async function sealAnything(plaintext: Bytes): Promise<Bytes> {
  const nonce = randomBytes(12)
  return concat(nonce, await suite.seal(secrets.envelopeKey, nonce, concat(secrets.topic, from, to), plaintext))
}

test('every envelope opens at the other end, on every suite', async () => {
  const subtle = createSubtleSuite()
  await fc.assert(
    fc.asyncProperty(envelopes, async (envelope) => {
      assert.deepEqual(await open(await seal(envelope)), envelope)
      assert.deepEqual(await openEnvelope(subtle, secrets, from, to, await seal(envelope)), envelope)
    }),
    { numRuns: 200 },
  )
})

test('the bytes are a nonce, and AES-256-GCM bound to topic, sender and receiver', async () => {
  const sealed = await seal(please)
  const plaintext = await suite.open(
    secrets.envelopeKey,
    sealed.slice(0, 12),
    concat(secrets.topic, from, to),
    sealed.slice(12),
  )
  assert.deepEqual(plaintext, encode(please))
})

test('the same envelope is never sealed twice alike', async () => {
  const sealed = await Promise.all(Array.from({ length: 50 }, () => seal(please)))
  assert.equal(new Set(sealed.map((one) => one.slice(0, 12).join())).size, 50)
})

test('with any bit flipped it does not open', async () => {
  const sealed = await seal(please)
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const altered = sealed.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
    assert.equal(await open(altered), null)
  }
})

test('cut off anywhere, or with bytes added, it does not open', async () => {
  const sealed = await seal(please)
  for (let length = 0; length < sealed.length; length++) {
    assert.equal(await open(sealed.slice(0, length)), null)
    assert.equal(await open(sealed.slice(length + 1)), null)
  }
  assert.equal(await open(concat(sealed, Uint8Array.of(0))), null)
})

test('in another room, between others, or turned around, it does not open', async () => {
  const sealed = await seal(please)
  const other = randomBytes(16)
  assert.equal(await openEnvelope(suite, { ...secrets, topic: randomBytes(32) }, from, to, sealed), null)
  assert.equal(await openEnvelope(suite, { ...secrets, envelopeKey: randomBytes(32) }, from, to, sealed), null)
  assert.equal(await openEnvelope(suite, secrets, other, to, sealed), null)
  assert.equal(await openEnvelope(suite, secrets, from, other, sealed), null)
  assert.equal(await openEnvelope(suite, secrets, to, from, sealed), null)
  assert.deepEqual(await open(sealed), please)
})

test('random bytes do not open, and nothing rejects', async () => {
  const subtle = createSubtleSuite()
  for (let length = 0; length < 200; length++) {
    assert.equal(await open(randomBytes(length)), null)
    assert.equal(await openEnvelope(subtle, secrets, from, to, randomBytes(length)), null)
  }
})

const at = { attempt: 1 }
const candidate = { ...at, type: 'candidate', candidate: { candidate: 'x' } }
const refused: readonly [string, unknown][] = [
  ['nothing', null],
  ['a text', 'please'],
  ['an array', [please]],
  ['no type', at],
  ['an unknown type', { ...at, type: 'bye' }],
  ['a type that is an object', { ...at, type: {} }],
  ['a property too many', { ...please, more: 1 }],
  ['attempt 0', { ...please, attempt: 0 }],
  ['an attempt above the limit', { ...please, attempt: 2 ** 31 + 1 }],
  ['half an attempt', { ...please, attempt: 1.5 }],
  ['an attempt that is no number', { ...please, attempt: Number.NaN }],
  ['no attempt', { type: 'please' }],
  ['a rollback', { ...at, type: 'description', description: { type: 'rollback', sdp: '' } }],
  ['a long sdp', { ...at, type: 'description', description: { type: 'offer', sdp: 'x'.repeat(60_001) } }],
  ['an sdp of bytes', { ...at, type: 'description', description: { type: 'offer', sdp: randomBytes(9) } }],
  ['a long candidate', { ...candidate, candidate: { candidate: 'x'.repeat(2_001) } }],
  ['a negative line index', { ...candidate, candidate: { candidate: 'x', sdpMLineIndex: -1 } }],
  ['a candidate with more in it', { ...candidate, candidate: { candidate: 'x', address: '10.0.0.1' } }],
]

for (const [what, value] of refused)
  test(`what a member sealed is refused when it is ${what}`, async () => {
    assert.equal(await open(await sealAnything(encode(value))), null)
  })

test('what is at the limits is accepted', async () => {
  for (const envelope of [
    { type: 'please', attempt: 2 ** 31 },
    { ...at, type: 'description', description: { type: 'offer', sdp: 'x'.repeat(60_000) } },
    { ...at, type: 'candidate', candidate: { candidate: 'x'.repeat(2_000), sdpMLineIndex: 0, sdpMid: '0' } },
    { ...at, type: 'candidate', candidate: { candidate: '', sdpMLineIndex: null, sdpMid: null } },
  ] satisfies Envelope[])
    assert.deepEqual(await open(await seal(envelope)), envelope)
})

test('hostile MessagePack that a member sealed is refused', async () => {
  assert.equal(await open(await sealAnything(new Uint8Array())), null)
  assert.equal(await open(await sealAnything(new Uint8Array(10_000).fill(0x91))), null)
  assert.equal(await open(await sealAnything(Uint8Array.of(0xdd, 0xff, 0xff, 0xff, 0xff))), null)
  for (let i = 0; i < 300; i++) assert.equal(await open(await sealAnything(randomBytes(i))), null)
})
