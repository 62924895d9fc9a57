import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Bytes, concat, fromHex, randomBytes, utf8 } from './bytes.ts'
import { decode, encode } from './msgpack.ts'

function hex(text: string): Bytes {
  const bytes = fromHex(text)
  assert.ok(bytes, 'the test has bad hex')
  return bytes
}

const key = fc.string().filter((text) => text !== '__proto__')
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, tie('leaf'), fc.array(tie('value'), { maxLength: 6 }), tie('map')),
  map: fc.dictionary(key, tie('value'), { maxKeys: 6, noNullPrototype: true }),
  leaf: fc.oneof(
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true }).filter((n) => !Object.is(n, -0)),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.uint8Array({ maxLength: 40 }),
  ),
}))

test('every value comes back as it was, in memory of its own', () => {
  fc.assert(
    fc.property(value, (before) => {
      const encoded = encode(before)
      assert.equal(encoded.buffer.byteLength, encoded.length)
      assert.deepEqual(decode(encoded), before)
    }),
    { numRuns: 300 },
  )
})

test('long texts, byte strings, arrays and maps come back, with headers of every width', () => {
  for (const length of [15, 16, 31, 32, 255, 256, 65_536]) {
    for (const before of [
      'é'.repeat(length),
      randomBytes(length),
      Array.from({ length }, (_, i) => i),
      Object.fromEntries(Array.from({ length }, (_, i) => [`k${i}`, null])),
    ])
      assert.deepEqual(decode(encode(before)), before)
  }
  for (const n of [0, 127, 128, 255, 256, 65_536, 2 ** 32, 2 ** 48, -1, -32, -33, -129, -32_769, -(2 ** 31) - 1, 0.5])
    assert.equal(decode(encode(n)), n)
})

test('properties that are undefined are left out', () => {
  assert.deepEqual(decode(encode({ a: undefined, b: 1 })), { b: 1 })
})

test('half a surrogate pair becomes U+FFFD, so that the others can read the rest', () => {
  assert.deepEqual(decode(encode({ 'k\ud800': ['a\ud800b', '😀', { deep: '\udc00'.repeat(300) }] })), {
    'k\ufffd': ['a\ufffdb', '😀', { deep: '\ufffd'.repeat(300) }],
  })
})

test('encode refuses what decode would', () => {
  let nested: unknown = 1
  for (let depth = 0; depth < 16; depth++) nested = [nested]
  assert.deepEqual(decode(encode(nested)), nested)
  assert.throws(() => encode([nested]))
})

test('random bytes never throw', () => {
  for (let i = 0; i < 10_000; i++) decode(randomBytes(i % 200))
})

test('mutated values never throw, and neither does a value that was cut off decode', () => {
  fc.assert(
    fc.property(value, fc.nat(), fc.nat({ max: 255 }), (before, place, byte) => {
      const encoded = encode(before)
      const step = Math.ceil(encoded.length / 50)
      for (let length = 0; length < encoded.length; length += step)
        assert.equal(decode(encoded.subarray(0, length)), undefined)
      assert.equal(decode(concat(encoded, encoded)), undefined)
      encoded[place % encoded.length] = byte
      decode(encoded)
    }),
    { numRuns: 300 },
  )
})

test('nesting deeper than 16 levels is refused, 10,000-fold too', () => {
  const nested = (depth: number, head: number[]) =>
    concat(...Array.from({ length: depth }, () => Uint8Array.from(head)), Uint8Array.of(1))
  for (const head of [[0x91], [0xdc, 0, 1], [0x81, 0xa1, 0x61]]) {
    assert.notEqual(decode(nested(16, head)), undefined)
    assert.equal(decode(nested(17, head)), undefined)
    assert.equal(decode(nested(10_000, head)), undefined)
  }
})

test('headers that claim more than there is allocate nothing', () => {
  const before = process.memoryUsage().rss
  // Each claims 65,535 items, which would be half a megabyte a level; the last 2 to the power of 32.
  for (const head of ['dcffff', 'deffff', 'ddffffffff', 'dfffffffff', 'dd01ffffff', 'df01ffffff'])
    for (let depth = 1; depth <= 16; depth++)
      assert.equal(decode(concat(hex(head.repeat(depth)), new Uint8Array(50_000))), undefined)
  for (const head of ['c6ffffffff', 'dbffffffff', 'c4ff', 'c5ffff', 'd9ff', 'daffff', 'bf'])
    assert.equal(decode(concat(hex(head), new Uint8Array(20))), undefined)
  assert.ok(process.memoryUsage().rss - before < 50e6)
})

test('as many items as there are bytes are accepted, one more is not', () => {
  const array = (claimed: number, there: number) =>
    concat(hex(`dc${claimed.toString(16).padStart(4, '0')}`), new Uint8Array(there))
  assert.deepEqual(decode(array(500, 500)), Array(500).fill(0))
  assert.equal(decode(array(501, 500)), undefined)
  assert.equal(decode(array(499, 500)), undefined)
})

test('extension types and the unused head are refused, timestamps too', () => {
  for (const data of [
    'd6ff00000000',
    'd40101',
    'd50101ff',
    `d701${'00'.repeat(8)}`,
    'c7010100',
    'c1',
    '91c1',
    'c800010100',
  ])
    assert.equal(decode(hex(data)), undefined)
  assert.equal(decode(encode({ when: new Date(0) })), undefined)
})

test('only texts are keys, and never __proto__', () => {
  for (const data of ['8101c0', '81c0c0', '8190c0', '81c40161c0', '8180c0']) assert.equal(decode(hex(data)), undefined)
  const proto = concat(hex('81a9'), utf8('__proto__'), hex('80'))
  assert.equal(decode(proto), undefined)
  assert.deepEqual(decode(hex('81a161c0')), { a: null })
})

test('invalid UTF-8 is refused, in short and long texts and in keys', () => {
  for (const bad of ['c1ae', 'ff', 'e282', 'eda080', 'f4908080', 'c0']) {
    for (const fill of [0, 30, 100, 250]) {
      const text = concat(new Uint8Array(fill).fill(0x61), hex(bad))
      const coded = concat(hex('d9'), Uint8Array.of(text.length), text)
      assert.equal(decode(coded), undefined)
      assert.equal(decode(concat(hex('81'), coded, hex('00'))), undefined)
    }
  }
})

test('a value means the same whatever was decoded before', () => {
  // A key of one byte, which the library's decoder would read on beyond and remember as "n" or as "a", whichever came first.
  const reads = [hex('82a1c1aea1c161'), hex('81a1c1ae'), hex('81a1c1a161')].map(decode)
  assert.deepEqual(reads, [undefined, undefined, undefined])
})
