import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorText, entriesMissingText, gapsText, transcriptText, wrongText } from './transcript-text.ts'

const author = { id: 'ab', name: 'Ada', messages: 2, deleted: 0 }
const room = { room: 'otters', exportedAt: '1970-01-01T00:00:00.000Z', entries: 2 }

test('one of something is one, and more are more', () => {
  assert.equal(authorText({ ...author, messages: 1, deleted: 1 }), '"Ada": 1 message, 1 deleted. Key ab')
  assert.equal(authorText(author), '"Ada": 2 messages. Key ab')
  assert.match(transcriptText({ ...room, entries: 1 }), /: 1 signed entry\.$/)
  assert.match(transcriptText(room), /: 2 signed entries\.$/)
  assert.equal(wrongText(1), '1 thing is wrong.')
  assert.equal(wrongText(2), '2 things are wrong.')
  assert.equal(entriesMissingText('A', 2, 2), 'A: entry 2 is missing.')
  assert.equal(entriesMissingText('A', 2, 5), 'A: entries 2 to 5 are missing.')
})

test('what is missing is counted by where it is missing', () => {
  const missing = (before: number, between: number) => gapsText({ before, between }).match(/, but (.*?) missing\./)?.[1]
  assert.equal(missing(0, 1), '1 entry in between is')
  assert.equal(missing(0, 2), '2 entries in between are')
  assert.equal(missing(1, 0), '1 entry from the beginning of a visit is')
  assert.equal(missing(1, 1), '1 entry in between and 1 entry from the beginning of a visit are')
})

test('a name stands in quotation marks, which it can not close', () => {
  assert.match(authorText({ ...author, name: 'a": all is well. "' }), /^"a\\": all is well\. \\"": 2 messages/)
  assert.match(transcriptText({ ...room, room: 'a\\"' }), /^Room "a\\\\\\"", saved/)
  assert.match(authorText({ ...author, name: '' }), /^Nobody by name: /)
})
