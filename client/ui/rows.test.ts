import assert from 'node:assert/strict'
import test from 'node:test'
import type { Message } from '../room/types.ts'
import { rowsOf } from './rows.ts'

const now = new Date(2026, 5, 15, 14, 0).getTime()
const minute = 60_000
const day = 24 * 60 * minute

let count = 0
const message = (author: string, at: number, mine = false): Message => ({
  kind: 'text',
  key: `${count++}`,
  id: null,
  author,
  name: author,
  mine,
  verified: false,
  caution: null,
  reached: 0,
  deleted: false,
  versions: [],
  editedAt: null,
  reply: null,
  reactions: [],
  text: 'x',
  at,
  state: mine ? 'sent' : 'received',
})

test('messages of one author close together are one group', () => {
  const rows = rowsOf(
    [
      message('a', now),
      message('a', now + minute),
      message('b', now + minute),
      message('a', now + minute),
      message('a', now + 9 * minute),
    ],
    now,
  )
  assert.deepEqual(
    rows.map(({ grouped }) => grouped),
    [false, true, false, false, false],
  )
})

test('the first message of a day says which day, and a clock that runs behind brings none back', () => {
  const rows = rowsOf([message('a', now - day), message('a', now), message('b', now - day), message('a', now)], now)
  assert.deepEqual(
    rows.map(({ day }) => day),
    ['Yesterday', 'Today', null, null],
  )
})

test('what follows a line between messages begins a group, and that line is nobody’s last message', () => {
  const line: Message = { ...message('a', now, true), kind: 'moved' }
  const rows = rowsOf([message('a', now, true), line, message('a', now)], now)
  assert.deepEqual(
    rows.map(({ grouped, lastMine }) => [grouped, lastMine]),
    [
      [false, true],
      [true, false],
      [false, false],
    ],
  )
})

test('times that are no times break nothing', () => {
  assert.deepEqual(
    rowsOf([message('a', 9e15), message('a', now)], now).map(({ day }) => day),
    [null, 'Today'],
  )
})

test("the last of one's own messages is marked", () => {
  const rows = rowsOf([message('a', now, true), message('a', now, true), message('b', now)], now)
  assert.deepEqual(
    rows.map(({ lastMine }) => lastMine),
    [false, true, false],
  )
})
