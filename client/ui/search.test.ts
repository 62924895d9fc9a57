import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Message } from '../room/types.ts'
import { findMessages, folded, placesOf, readQuery } from './search.ts'

const message = (text: string, name = 'Ada', change: Partial<Message> = {}): Message => ({
  ...{ kind: 'text', key: text, id: text, author: name, name, mine: false, verified: false, caution: null, text },
  ...{ deleted: false, versions: [], editedAt: null, reply: null, reactions: [], at: 0, state: 'received', reached: 0 },
  ...change,
})

const found = (messages: readonly Message[], typed: string): string[] => {
  const query = readQuery(typed)
  return query ? findMessages(messages, query).map(({ text }) => text) : []
}

test('messages are found by words in any order, whatever their case and accents', () => {
  const all = [message('Crème brûlée at noon'), message('noon tea'), message('ＮＯＯＮ'), message('nothing')]
  assert.deepEqual(found(all, 'noon'), ['Crème brûlée at noon', 'noon tea', 'ＮＯＯＮ'])
  assert.deepEqual(found(all, 'NOON creme'), ['Crème brûlée at noon'])
  assert.deepEqual(found(all, '"noon tea"'), ['noon tea'])
  assert.deepEqual(found(all, '"tea noon"'), [])
  assert.deepEqual(found(all, '   '), [])
})

test('messages of one author are found by a part of the name', () => {
  const all = [message('one', 'Ada'), message('two', 'Quiet Otter'), message('three', 'Quiet Otter')]
  assert.deepEqual(found(all, 'from:otter'), ['two', 'three'])
  assert.deepEqual(found(all, 'from:"quiet otter" three'), ['three'])
})

test('ß is found as ss and the other way round, and a sigma wherever it stands', () => {
  const all = [message('Straße'), message('STRASSE'), message('STRAẞE'), message('ΟΔΟΣ'), message('οδός 5')]
  for (const typed of ['strasse', 'Straße', 'STRAẞE'])
    assert.deepEqual(found(all, typed), ['Straße', 'STRASSE', 'STRAẞE'])
  for (const typed of ['οδος', 'ΟΔΟΣ', 'οδοσ']) assert.deepEqual(found(all, typed), ['ΟΔΟΣ', 'οδός 5'])
})

test('"me" is oneself, and whoever is called just that', () => {
  const all = [message('one', 'Ada', { mine: true }), message('two', 'James'), message('three', 'Me')]
  assert.deepEqual(found(all, 'from:me'), ['one', 'three'])
  assert.deepEqual(found(all, 'from:ME o'), ['one'])
  assert.deepEqual(found(all, 'from:jame'), ['two'])
})

test('what is no text, deleted, or not signed yet is not found', () => {
  const all = [
    message('x', 'A', { kind: 'moved' }),
    message('x', 'A', { deleted: true }),
    message('x', 'A', { id: null }),
  ]
  assert.deepEqual(found(all, 'x'), [])
})

test('places are those of the text as it is written', () => {
  const text = 'Ä 😀 Äffchen äff'
  assert.deepEqual(
    placesOf(text, ['aff']).map(([from, to]) => text.slice(from, to)),
    ['Äff', 'äff'],
  )
  assert.deepEqual(placesOf('aaaa', ['aa']), [
    [0, 2],
    [2, 4],
  ])
  assert.deepEqual(placesOf('x', ['']), [])
})

const letters = fc.constantFrom(...'aAeEsSßẞſıİiIςΣσ ﬁÉé\u0301\u0307각가ﾊﾟ😀', '\ud83d')
const texts = fc.oneof(
  fc.array(letters, { maxLength: 30 }).map((all) => all.join('')),
  fc.string({ unit: 'binary' }),
)

test('whatever is found in a text has a place there, and what stands there holds it', () => {
  fc.assert(
    fc.property(texts, fc.nat(), fc.integer({ min: 1, max: 4 }), (text, start, length) => {
      const whole = folded(text)
      const from = start % Math.max(1, whole.length)
      const word = whole.slice(from, from + length)
      const places = placesOf(text, [word])
      assert.equal(places.length > 0, word !== '')
      for (const [from, to] of places) {
        assert.ok(0 <= from && from < to && to <= text.length)
        assert.ok(folded(text.slice(from, to)).includes(word))
      }
    }),
    { numRuns: 2_000 },
  )
})

test('letters that fold to several, or to fewer, carry nothing along that stands beside them', () => {
  const marked = (text: string, word: string) => placesOf(text, [word]).map(([from, to]) => text.slice(from, to))
  assert.deepEqual(marked('Die Straße hier', 'strasse'), ['Straße'])
  assert.deepEqual(marked('Straße', 'stras'), ['Straß'])
  assert.deepEqual(marked('İİstanbul ve ISTANBUL', 'istanbul'), ['İstanbul', 'ISTANBUL'])
  assert.deepEqual(marked('ΟΔΟΣ', 'οδοσ'), ['ΟΔΟΣ'])
})
