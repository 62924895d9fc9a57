import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cleanName, MAX_NAME, pickName, pickRoomName } from './names.ts'

/** Of all UTF-16 units, lone surrogates among them. */
const anyText = fc.array(fc.nat({ max: 0xffff }), { maxLength: 60 }).map((units) => String.fromCharCode(...units))

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

test('there are at least 64 words for each place of a name, all of them likely', () => {
  const words = [new Set<string>(), new Set<string>(), new Set<string>()]
  for (let i = 0; i < 4096; i++) {
    const random = () => Uint8Array.of(i >> 8, i & 255)
    const all = [...pickName(random).split(' '), pickRoomName(random).split('-')[1] ?? '']
    for (const [place, word] of all.entries()) words[place]?.add(word)
  }
  for (const { size } of words) assert.ok(size >= 64, `${size}`)
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
    ['a\ufe0f\u200d👩\u200d', 'a👩'],
    ['ශ්‍රී', 'ශ්‍රී'],
    ['ක්\u200d\u3164', 'ක්'],
    ['x\u0301\u200b\u0dca\u200ca', 'x\u0dca\u0301a'],
  ]
  for (const [given, wanted] of cases) assert.equal(cleanName(given), wanted, JSON.stringify(given))
})

const tricky = fc.constantFrom(
  ...'aé1#\u0301\u200b\u200c\u200d\ufe0f\u20e3👩🏽❤م\u0dca \n\u3164\ud800\u202e\ufeff\u1100\u1161',
)

test('a clean name stays as it is, composed and on one line, whatever it came from', () => {
  const texts = fc.oneof(
    anyText,
    fc.array(tricky, { maxLength: 12 }).map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(texts, (text) => {
      const clean = cleanName(text)
      assert.equal(cleanName(clean), clean)
      assert.equal(clean.normalize('NFC'), clean)
      assert.doesNotMatch(clean, /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\u200b]|^\s|\s$|\s\s/u)
    }),
    { numRuns: 3_000 },
  )
})
