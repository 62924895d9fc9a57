import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as v from 'valibot'
import { concat, randomBytes } from './bytes.ts'
import { decode, encode } from './msgpack.ts'
import { byteString, bytes, read } from './schema.ts'

test('bytes takes exactly its length, byteString anything up to it', () => {
  for (const length of [0, 15, 16, 17]) {
    assert.equal(v.is(bytes(16), randomBytes(length)), length === 16)
    assert.equal(v.is(byteString(16), randomBytes(length)), length <= 16)
  }
})

test('what is not a byte string is refused', () => {
  for (const schema of [bytes(2), byteString(2)])
    for (const value of ['ab', [1, 2], { length: 2 }, null, undefined, 2, new ArrayBuffer(2), new Uint16Array(2)])
      assert.equal(v.is(schema, value), false)
})

test('what is accepted lies in memory of its own', () => {
  const frame = encode({ small: randomBytes(16), big: randomBytes(60_000) })
  const schema = v.object({ small: bytes(16), big: byteString(60_000) })
  const { small, big } = v.parse(schema, decode(frame))
  assert.equal(small.buffer.byteLength, 16)
  assert.equal(big.buffer.byteLength, 60_000)
  const before = small.slice()
  frame.fill(0)
  assert.deepEqual(small, before)
})

test('a Buffer becomes a plain byte string', () => {
  const parsed = v.parse(bytes(3), Buffer.from('abc'))
  assert.equal(Object.getPrototypeOf(parsed), Uint8Array.prototype)
})

test('read gives what fits the schema, and null for all else', () => {
  const schema = v.strictObject({ n: v.number() })
  assert.deepEqual(read(schema, encode({ n: 1 })), { n: 1 })
  for (const data of [encode({ n: '1' }), encode({ n: 1, m: 2 }), encode(null), concat(encode({ n: 1 }), encode(1))])
    assert.equal(read(schema, data), null)
  assert.equal(read(schema, new Uint8Array()), null)
})

test('read gives up at the first fault of many', () => {
  let checked = 0
  const item = v.check(() => {
    checked++
    return false
  })
  assert.equal(read(v.array(v.pipe(v.unknown(), item)), encode(Array.from({ length: 60_000 }, () => 0))), null)
  assert.equal(checked, 1)
})
