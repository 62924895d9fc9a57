import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cleanName, MAX_NAME, pickName, pickRoomName } from './names.ts'

test('a picked name is two plain words, and fits', () => {
  for (let i = 0; i < 500; i++) {
    const name = pickName()
    assert.match(name, /^[A-Z][a-z]+ [A-Z][a-z]+$/)
    assert.ok(name.length <= MAX_NAME)
    assert.equal(cleanName(name), name)
    assert.match(pickRoomName(), /^[a-z]+-[a-z]+$/)
  }
})

test('picked names differ: a room of newcomers rarely has one twice', () => {
  const names = new Set(Array.from({ length: 200 }, () => pickName()))
  assert.ok(names.size > 180, `${names.size}`)
})

test('white space is folded, and what can’t be seen is taken out', () => {
  const cases: [string, string][] = [
    ['  Ada \n\t Lovelace ', 'Ada Lovelace'],
    ['Ada\u202e\u2066 evoL', 'Ada evoL'],
    ['A\u200bd\u00ada\ufeff', 'Ada'],
    ['A\u200dda', 'Ada'],
    ['\u200d\u200c\ufe0f', ''],
    ['\u0000\u0007', ''],
    ['\ud800x', 'x'],
    ['Zoe\u0301', 'Zo\u00e9'],
    ['👩‍🚀 Ada', '👩‍🚀 Ada'],
    ['❤️', '❤️'],
    ['عادل', 'عادل'],
    ['A\u3164\u2800da', 'Ada'],
    ['1️⃣', '1️⃣'],
    ['e\u200b\u0301', '\u00e9'],
  ]
  for (const [given, wanted] of cases) assert.equal(cleanName(given), wanted, JSON.stringify(given))
})

test('a clean name stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const clean = cleanName(text)
      assert.equal(cleanName(clean), clean)
    }),
    { numRuns: 2_000 },
  )
})
