import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message } from '../room/types.ts'
import { jsonVoice, readCommand } from './json.ts'

test('commands are read, and anything else is none', () => {
  assert.deepEqual(readCommand('{"type":"send","text":"hi"}'), { type: 'send', text: 'hi' })
  assert.deepEqual(readCommand(' {"type":"name","name":"Ada"} '), { type: 'name', name: 'Ada' })
  assert.deepEqual(readCommand('{"type":"typing","typing":true}'), { type: 'typing', typing: true })
  assert.deepEqual(readCommand('{"type":"leave"}'), { type: 'leave' })
  assert.deepEqual(readCommand('{"type":"edit","id":"ab","text":"ho"}'), { type: 'edit', id: 'ab', text: 'ho' })
  assert.deepEqual(readCommand('{"type":"delete","id":"ab"}'), { type: 'delete', id: 'ab' })
  assert.deepEqual(readCommand('{"type":"react","id":"ab","emoji":"👍"}'), {
    ...{ type: 'react', id: 'ab', emoji: '👍', on: true },
  })
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
  for (const line of [
    '',
    'null',
    '1',
    'hi',
    '{}',
    '{"type":"send"}',
    '{"type":"send","text":1}',
    '{"type":"exec"}',
    deep,
  ])
    assert.equal(readCommand(line), null, line.slice(0, 20))
})

const unchanged = { deleted: false, editedAt: null, reply: null, reactions: [] }

const message: Message = {
  key: 'mine-2',
  id: null,
  author: 'aa',
  name: 'Ada',
  mine: true,
  kind: 'text',
  text: 'hi',
  deleted: false,
  versions: [],
  editedAt: null,
  reply: null,
  reactions: [],
  at: 1,
  state: 'sending',
  verified: false,
  caution: null,
  reached: 0,
}

test('a message is told once it has an id, and again only when something about it changed', () => {
  const lines: string[] = []
  const voice = jsonVoice((line) => lines.push(line))
  voice.messages([message])
  assert.deepEqual(lines, [])
  const signed = { ...message, id: 'bb' }
  voice.messages([signed])
  voice.messages([{ ...signed, name: 'Bea' }])
  voice.messages([{ ...signed, state: 'sent' }])
  voice.messages([{ ...signed, state: 'sent', text: 'ho' }])
  assert.deepEqual(
    lines.map((line) => JSON.parse(line)),
    [
      {
        type: 'message',
        id: 'bb',
        kind: 'text',
        author: 'aa',
        name: 'Ada',
        caution: null,
        mine: true,
        text: 'hi',
        at: 1,
        ...unchanged,
        state: 'sending',
      },
      {
        type: 'message',
        id: 'bb',
        kind: 'text',
        author: 'aa',
        name: 'Ada',
        caution: null,
        mine: true,
        text: 'hi',
        at: 1,
        ...unchanged,
        state: 'sent',
      },
      {
        type: 'message',
        id: 'bb',
        kind: 'text',
        author: 'aa',
        name: 'Ada',
        caution: null,
        mine: true,
        text: 'ho',
        at: 1,
        ...unchanged,
        state: 'sent',
      },
    ],
  )
})
