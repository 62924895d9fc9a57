import assert from 'node:assert/strict'
import test from 'node:test'
import { drawnRange, earlierFrom, laterFrom, MOST, PAGE, readToAfter, unreadAfter } from './drawn.ts'

const messages = (count: number, mine = false) =>
  Array.from({ length: count }, (_, index) => ({ key: `${index}`, mine }))

test('at the end, only the last page is drawn', () => {
  assert.deepEqual(drawnRange(messages(3), null), { start: 0, end: 3 })
  assert.deepEqual(drawnRange(messages(20_000), null), { start: 20_000 - PAGE, end: 20_000 })
})

test('elsewhere, what is drawn begins where the reader is, and stays bounded', () => {
  assert.deepEqual(drawnRange(messages(20_000), '100'), { start: 100, end: 100 + MOST })
  assert.deepEqual(drawnRange(messages(150), '100'), { start: 100, end: 150 })
  assert.deepEqual(drawnRange(messages(300), 'gone'), { start: 300 - PAGE, end: 300 })
})

test('going earlier step by step ends at the first message, going later at the last', () => {
  const all = messages(1_050)
  let range = drawnRange(all, null)
  for (let step = 0; range.start > 0; step++) {
    assert.ok(step < 20)
    range = drawnRange(all, earlierFrom(all, range))
  }
  assert.deepEqual(range, { start: 0, end: MOST })
  for (let step = 0; range.end < all.length; step++) {
    assert.ok(step < 20)
    range = drawnRange(all, laterFrom(all, range))
  }
  assert.equal(range.end, 1_050)
})

test("what others wrote behind the last read message is unread, one's own is not", () => {
  assert.equal(unreadAfter(messages(10), '6'), 3)
  assert.equal(unreadAfter(messages(10), '9'), 0)
  assert.equal(unreadAfter(messages(10), null), 10)
  assert.equal(unreadAfter(messages(10, true), null), 0)
})

test('hiding somebody makes nothing unread that was read', () => {
  const keyed = (...keys: string[]) => keys.map((key) => ({ key, mine: false }))
  const before = keyed('a', 'b', 'c', 'd')
  assert.equal(readToAfter(before, keyed('a', 'd'), 'c'), 'a')
  assert.equal(readToAfter(before, keyed('a', 'c'), 'c'), 'c')
  assert.equal(unreadAfter(keyed('a', 'd'), readToAfter(before, keyed('a', 'd'), 'c')), 1)
  assert.equal(readToAfter(before, keyed('d'), 'c'), null)
  assert.equal(readToAfter(before, keyed('a'), null), null)
})
