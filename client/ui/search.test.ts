import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message } from '../room/types.ts'
import { findMessages, placesOf, readQuery } from './search.ts'

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
