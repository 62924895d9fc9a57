import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Member, Message } from '../room/types.ts'
import { absentOf } from './absent.ts'

const said = (author: string, at: number, mine = false): Message => ({
  ...{ kind: 'text', key: `${author}${at}`, id: null, author, name: author, mine, verified: false, caution: null },
  ...{
    text: 'x',
    deleted: false,
    versions: [],
    editedAt: null,
    reply: null,
    reactions: [],
    at,
    state: 'received',
    reached: 0,
  },
})
const here = (id: string): Member => ({
  ...{ id, name: id, me: false, state: 'connected', route: null, verdict: null, typing: false },
  ...{ verified: false, hidden: false, known: 'new', formerName: null, caution: null },
})

test('whoever said something and is not here is told of, with the last time, the last one first', () => {
  const messages = [said('Ada', 1), said('Ben', 2), said('Ada', 3), said('me', 4, true), said('Cleo', 5)]
  assert.deepEqual(
    absentOf(messages, [here('Cleo')], new Map()).map(({ name, seenAt }) => [name, seenAt]),
    [
      ['Ada', 3],
      ['Ben', 2],
    ],
  )
})

test('who left without a word is told of until they are back', () => {
  const left = new Map([['Ada', { id: 'Ada', name: 'Ada', seenAt: 9 }]])
  assert.equal(absentOf([said('Ada', 1)], [], left)[0]?.seenAt, 9)
  assert.deepEqual(absentOf([], [here('Ada')], left), [])
})
