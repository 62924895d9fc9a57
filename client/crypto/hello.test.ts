import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import * as v from 'valibot'
import { type Bytes, concat, randomBytes, toHex, utf8 } from './bytes.ts'
import { type Ends, fingerprintOf, type Hello, helloSchema, signHello, verifyHello } from './hello.ts'
import { decode, encode } from './msgpack.ts'
import { nodeIdentity, nodeSuite } from './node.ts'
import { createSubtleSuite } from './subtle.ts'
import { createVisit } from './visit.ts'

const suite = nodeSuite
const topic = randomBytes(32)

const colons = (bytes: Bytes) => [...bytes].map((byte) => toHex(Uint8Array.of(byte)).toUpperCase()).join(':')
const fingerprint = (bytes: Bytes = randomBytes(32)) => `sha-256 ${colons(bytes)}`

/** Ada says hello to Bob. */
async function scene(name = 'Ada') {
  const identity = nodeIdentity()
  const visit = await createVisit(suite, topic, identity.author)
  const other = nodeIdentity()
  const otherVisit = await createVisit(suite, topic, other.author)
  const ends: Ends = {
    topic,
    sender: visit.peer,
    senderFingerprint: fingerprint(),
    receiver: otherVisit.peer,
    receiverFingerprint: fingerprint(),
  }
  const hello = await signHello(suite, identity, visit, name, ends)
  return { identity, visit, other, otherVisit, ends, hello }
}

const turned = (ends: Ends): Ends => ({
  topic: ends.topic,
  sender: ends.receiver,
  senderFingerprint: ends.receiverFingerprint,
  receiver: ends.sender,
  receiverFingerprint: ends.senderFingerprint,
})

test('an honest hello is accepted, over the wire and on every suite', async () => {
  const { ends, hello } = await scene()
  const received = v.parse(helloSchema, decode(encode(hello)))
  assert.deepEqual(received, hello)
  assert.equal(await verifyHello(suite, received, ends), true)
  assert.equal(await verifyHello(createSubtleSuite(), received, ends), true)
})

test('the signed bytes are the frozen ones', async () => {
  const { identity, ends, hello } = await scene('Ada Ünï')
  const raw = (text: string) => new Uint8Array(Buffer.from(text.replace('sha-256 ', '').replaceAll(':', ''), 'hex'))
  const message = concat(
    utf8('earshot hello 1'),
    topic,
    ends.sender,
    raw(ends.senderFingerprint),
    ends.receiver,
    raw(ends.receiverFingerprint),
    createHash('sha256').update('Ada Ünï').digest(),
  )
  assert.equal(message.length, 15 + 32 + 16 + 32 + 16 + 32 + 32)
  assert.deepEqual(hello.signature, await identity.sign(message))
})

test('a hello with any field changed is refused', async () => {
  const { ends, hello } = await scene()
  const changes: fc.Arbitrary<Partial<Hello>> = fc.oneof(
    ...(['author', 'nonce', 'tokenHash', 'signature'] as const).map((field) =>
      fc.tuple(fc.nat({ max: hello[field].length - 1 }), fc.integer({ min: 1, max: 255 })).map(([place, by]) => ({
        [field]: hello[field].map((byte, i) => (i === place ? byte ^ by : byte)),
      })),
    ),
    fc
      .string({ maxLength: 40 })
      .filter((name) => name !== hello.name)
      .map((name) => ({ name })),
  )
  await fc.assert(
    fc.asyncProperty(changes, async (change) => {
      assert.equal(await verifyHello(suite, { ...hello, ...change }, ends), false)
    }),
    { numRuns: 300 },
  )
})

test('a hello for any other end is refused', async () => {
  const { ends, hello } = await scene()
  const flip = (bytes: Bytes) =>
    fc
      .tuple(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }))
      .map(([place, by]): Bytes => bytes.map((byte, i) => (i === place ? byte ^ by : byte)))
  const raw = (text: string) => new Uint8Array(Buffer.from(text.slice(8).replaceAll(':', ''), 'hex'))
  const changes: fc.Arbitrary<Partial<Ends>> = fc.oneof(
    flip(ends.topic).map((topic) => ({ topic })),
    flip(ends.sender).map((sender) => ({ sender })),
    flip(ends.receiver).map((receiver) => ({ receiver })),
    flip(raw(ends.senderFingerprint)).map((bytes) => ({ senderFingerprint: fingerprint(bytes) })),
    flip(raw(ends.receiverFingerprint)).map((bytes) => ({ receiverFingerprint: fingerprint(bytes) })),
  )
  await fc.assert(
    fc.asyncProperty(changes, async (change) => {
      assert.equal(await verifyHello(suite, hello, { ...ends, ...change }), false)
    }),
    { numRuns: 300 },
  )
})

test("one's own hello, sent back, is refused", async () => {
  const { ends, hello } = await scene()
  assert.equal(await verifyHello(suite, hello, turned(ends)), false)
  // By one who pretends to have the receiver's own peer id, even over a connection that is one's own at both ends.
  const mirror = { ...ends, receiver: ends.sender, receiverFingerprint: ends.senderFingerprint }
  assert.equal(await verifyHello(suite, hello, mirror), false)
})

test("a peer id that is one's own is refused, even when all else is right", async () => {
  const { identity, visit, ends } = await scene()
  const mirror = { ...ends, receiver: ends.sender }
  const hello = await signHello(suite, identity, visit, 'Ada', mirror)
  assert.equal(await verifyHello(suite, hello, mirror), false)
})

test('a hello can not be passed on: to another member, or by one in the middle', async () => {
  const { ends, hello, other, otherVisit } = await scene()
  const third = await createVisit(suite, topic, randomBytes(32))
  assert.equal(await verifyHello(suite, hello, { ...ends, receiver: third.peer }), false)
  assert.equal(await verifyHello(suite, hello, { ...ends, senderFingerprint: fingerprint() }), false)
  // Signed rightly, but by an author who has another peer id.
  const forged = await signHello(suite, other, otherVisit, 'Ada', ends)
  assert.equal(await verifyHello(suite, forged, ends), false)
  const claimed = { ...forged, nonce: hello.nonce, tokenHash: hello.tokenHash }
  assert.equal(await verifyHello(suite, claimed, ends), false)
})

test('fingerprints that are not in their normal form are refused on both sides', async () => {
  const { identity, visit, ends, hello } = await scene()
  const lower = ends.senderFingerprint.toLowerCase()
  for (const bad of ['', 'sha-256 ', lower, ends.senderFingerprint.slice(0, -3), `${ends.senderFingerprint}:00`]) {
    assert.equal(await verifyHello(suite, hello, { ...ends, senderFingerprint: bad }), false)
    await assert.rejects(
      async () => signHello(suite, identity, visit, 'Ada', { ...ends, receiverFingerprint: bad }),
      RangeError,
    )
  }
})

test('the schema takes a name of 0 to 40 units, and byte strings of the right length only', async () => {
  const { hello } = await scene()
  assert.ok(v.is(helloSchema, { ...hello, name: '' }))
  assert.ok(v.is(helloSchema, { ...hello, name: '😀'.repeat(20) }))
  for (const change of [
    { name: 'x'.repeat(41) },
    { name: 1 },
    { v: 2 },
    { author: hello.author.slice(1) },
    { nonce: concat(hello.nonce, hello.nonce) },
    { tokenHash: toHex(hello.tokenHash) },
    { signature: new Uint8Array() },
    { extra: true },
  ])
    assert.equal(v.is(helloSchema, { ...hello, ...change }), false)
})

const A = colons(new Uint8Array(32).fill(0xab))
const B = colons(new Uint8Array(32).fill(0xcd))
const line = (value: string) => `a=fingerprint:sha-256 ${value}`
const sdp = (...lines: string[]) => ['v=0', 's=-', 't=0 0', ...lines, 'm=application 9 x', ''].join('\r\n')

test('the fingerprint is read from the session or the media level, in either case, and with either line end', () => {
  assert.equal(fingerprintOf(sdp(line(A))), `sha-256 ${A}`)
  assert.equal(fingerprintOf(sdp(line(A.toLowerCase()))), `sha-256 ${A}`)
  assert.equal(fingerprintOf(`${sdp()}${line(A)}\r\n`), `sha-256 ${A}`)
  assert.equal(fingerprintOf(`${sdp(line(A))}${line(A.toLowerCase())}`), `sha-256 ${A}`)
  assert.equal(fingerprintOf(sdp(line(A)).replaceAll('\r', '')), `sha-256 ${A}`)
})

const ambiguous: readonly [string, string][] = [
  ['there is none', sdp()],
  ['the text is empty', ''],
  ['two disagree', sdp(line(A), line(B))],
  ['another hash stands beside it', sdp(line(A), `a=fingerprint:sha-1 ${A.slice(0, 59)}`)],
  ['it is of another hash', sdp(`a=fingerprint:sha-512 ${A}:${A}`)],
  ['it is too short', sdp(line(A.slice(3)))],
  ['it is too long', sdp(line(`${A}:00`))],
  ['a second has spaces', sdp(line(A), ` a=fingerprint:sha-256 ${B}`)],
  ['a second is in capitals', sdp(line(A), `A=FINGERPRINT:sha-256 ${B}`)],
  ['a second is in capitals, and the same', sdp(line(A), `A=FINGERPRINT:sha-256 ${A}`)],
  ['a second has spaces in it', sdp(line(A), `a = fingerprint:sha-256 ${B}`)],
  ['a second has more after it', sdp(line(A), `${line(B)} x`)],
  ['a second hides behind a lone carriage return', sdp(line(A), `a=x:\r${line(B)}`)],
  ['a second hides behind a line separator', sdp(line(A), `a=x:\u2028${line(B)}`)],
  ['the only one hides behind a line separator', sdp(`a=x:\u2028${line(B)}`)],
]

for (const [when, text] of ambiguous)
  test(`there is no fingerprint when ${when}`, () => {
    assert.equal(fingerprintOf(text), null)
  })

test('any text is read without an error', () => {
  fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => void fingerprintOf(text)))
})
