import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message } from '../room/types.ts'
import { transcriptHtml } from './transcript-html.ts'

const message = (text: string, name: string, change: Partial<Message> = {}): Message => ({
  ...{ kind: 'text', key: text, id: text, author: name, name, mine: false, verified: false, caution: null, text },
  ...{ deleted: false, versions: [], editedAt: null, reply: null, reactions: [], at: 0, state: 'received', reached: 0 },
  ...change,
})

test('names and texts are nothing but text, with days, answers, edits, reactions and what was deleted', () => {
  const html = transcriptHtml(
    '<otters>',
    [
      message('<script>alert(1)</script>', '<b>Ada</b>', { versions: [{ text: 'x', at: 0 }] }),
      message('answer & more', 'Ben', { reply: '<script>alert(1)</script>', at: 90_000_000 }),
      message('', 'Cleo', { deleted: true, at: 90_000_000, reactions: [] }),
      message('', 'Dora', { kind: 'moved', at: 90_000_000 }),
    ],
    90_000_000,
  )
  assert.ok(!/<(?:script|b|otters)>/u.test(html))
  for (const part of [
    '&lt;script&gt;',
    '&lt;b&gt;Ada',
    '(edited)',
    '<blockquote>',
    'answer &amp; more',
    'Cleo deleted',
    'Dora made',
    '<h2>',
  ])
    assert.ok(html.includes(part), part)
})
