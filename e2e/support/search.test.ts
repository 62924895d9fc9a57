import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { encodings, search } from './search.ts'

const text = 'Grüße von "Adalbert"\n'
const key = Buffer.from('fbff3e00d1a5c3e8f0127799aabbccdd', 'hex')

const found = (bytes: Buffer, secret: string | Uint8Array) => search(bytes, { secret }).length > 0

test('a secret is found in every encoding, wherever it stands', () => {
  for (const secret of [text, key])
    for (const [name, form] of encodings(secret))
      assert.ok(found(Buffer.concat([Buffer.from('before'), form, Buffer.from('after')]), secret), name)
})

test('a secret inside of longer base64 is found at any offset', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20 }), fc.uint8Array({ maxLength: 20 }), (before, after) => {
      const whole = Buffer.concat([before, key, after])
      assert.ok(found(Buffer.from(whole.toString('base64')), key))
      assert.ok(found(Buffer.from(whole.toString('base64url')), key))
    }),
  )
})

test('JSON and URLs that hold a secret give it away', () => {
  assert.ok(found(Buffer.from(JSON.stringify({ text })), text))
  assert.ok(found(Buffer.from(new URL(`http://a/?q=${encodeURIComponent(text)}`).href), text))
  assert.ok(found(Buffer.from(String(new URLSearchParams({ text }))), text))
  assert.ok(found(Buffer.from(text.toLowerCase(), 'utf16le'), text))
})

test('random bytes hold no secret', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1000, maxLength: 10_000 }), (bytes) => {
      assert.deepEqual(search(Buffer.from(bytes), { text, key }), [])
    }),
  )
})

test('what is too short to tell from chance is refused', () => {
  assert.throws(() => encodings('Ada'), RangeError)
})
