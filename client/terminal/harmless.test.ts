import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { harmlessJson, harmlessLine, harmlessName, harmlessText } from './harmless.ts'

/** Whatever a terminal could obey, or that turns the direction of what follows; a line break aside. */
const dangerous = /(?!\n)[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]/u

const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
  fc
    .array(fc.constantFrom('\u001b', '\u009b', '\u0007', '\r', '\n', '[2J', ']0;x', '\u202e', 'a'), { maxLength: 20 })
    .map((parts) => parts.join('')),
)

test('whatever somebody writes, nothing of it drives the terminal', () => {
  fc.assert(
    fc.property(anything, (text) => {
      assert.doesNotMatch(harmlessText(text), dangerous)
      for (const line of [harmlessLine(text), harmlessName(text)]) {
        assert.doesNotMatch(line, dangerous)
        assert.ok(!line.includes('\n'))
      }
    }),
    { numRuns: 2_000 },
  )
})

test('what is meant to be read stays as it was', () => {
  for (const text of ['Hello, world!', 'line one\nline two', 'שלום', '👩‍👩‍👧‍👦 🏳️‍🌈', 'naïve — “quoted”', '{"a": 1}'])
    assert.equal(harmlessText(text), text)
})

test('control characters are shown as pictures', () => {
  assert.equal(harmlessText('\u001b[31mred\u0007\u007f\u009b2J'), '␛[31mred␇␡\ufffd2J')
})

test('line breaks of all kinds are line breaks, and a tab is four spaces', () => {
  assert.equal(harmlessText('a\r\nb\rc\u2028d\ve\tf'), 'a\nb\nc\nd\ne    f')
})

test('a name stands on one line and is never invisible', () => {
  assert.equal(harmlessName('Ada\nBob'), 'Ada Bob')
  assert.equal(harmlessName('  Ada  '), 'Ada')
  for (const name of ['', ' ', '\u200b', '\u202e', '\u3164', '\u2066\u2069'])
    assert.equal(harmlessName(name), 'Someone')
})

test('JSON is one line that drives nothing either, and says what was written', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const line = harmlessJson({ text })
      assert.doesNotMatch(line, dangerous)
      assert.ok(!line.includes('\n'))
      assert.deepEqual(JSON.parse(line), { text })
    }),
    { numRuns: 2_000 },
  )
})
