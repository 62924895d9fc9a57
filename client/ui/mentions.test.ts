import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mentions, splitMentions } from './mentions.ts'

test('somebody is mentioned by their whole name after an @, in whatever case', () => {
  for (const text of ['@Ada', 'hi @ada!', '(@ADA)', 'a\n@Ada: look', '@Ada’s']) assert.ok(mentions(text, 'Ada'), text)
  for (const text of ['Ada', '@Adam', 'me@ada', 'mail@Ada.example', '@ Ada', ''])
    assert.ok(!mentions(text, 'Ada'), text)
  assert.ok(mentions('hi @Quiet Otter', 'Quiet Otter'))
  assert.ok(!mentions('@', ''))
  assert.ok(mentions('@a.b*c', 'a.b*c'))
  assert.ok(!mentions('@axbxc', 'a.b*c'))
})

test('the longest of two names that begin alike is the one, and nothing of the text is lost', () => {
  const parts = splitMentions('@Ada Lovelace and @Ada', ['Ada', 'Ada Lovelace'])
  assert.deepEqual(
    parts.map(({ kind, text }) => `${kind}:${text}`),
    ['mention:@Ada Lovelace', 'text: and ', 'mention:@Ada'],
  )
  assert.deepEqual(splitMentions('no@body', ['body']), [{ kind: 'text', text: 'no@body' }])
})
