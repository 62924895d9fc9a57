import assert from 'node:assert/strict'
import { test } from 'node:test'
import { STRANGER } from '../room/stranger.ts'
import type { Member, Message } from '../room/types.ts'
import { changesBetween } from './changes.ts'
import { plainVoice } from './plain.ts'

const ada: Member = {
  id: 'aa',
  name: 'Ada',
  me: false,
  state: 'connected',
  route: null,
  verdict: null,
  typing: false,
  ...STRANGER,
}
const message = (change: Partial<Message>): Message => ({
  key: 'bb',
  id: 'bb',
  author: 'aa',
  name: 'Ada',
  mine: false,
  kind: 'text',
  text: 'hi',
  at: 1,
  state: 'received',
  verified: false,
  caution: null,
  reached: 0,
  deleted: false,
  versions: [],
  editedAt: null,
  reply: null,
  reactions: [],
  ...change,
})

/** A voice, and what it printed. */
function voiceAndLines(isRich = false) {
  const lines: string[] = []
  const push = (line: string) => void lines.push(line)
  return { lines, voice: plainVoice({ isRich, print: push, note: push, status: push }) }
}

test('further lines of a message are indented, so that none can pass for the word of another', () => {
  const { lines, voice } = voiceAndLines()
  voice.messages([message({ text: 'one\nBob: two\r· Bob left' })])
  assert.deepEqual(lines, ['Ada: one\n    Bob: two\n    · Bob left'])
})

test('a message is told once, and what one wrote here not at all', () => {
  const { lines, voice } = voiceAndLines()
  voice.messages([message({}), message({ key: 'mine-2', id: 'cc', mine: true, text: 'from here' })])
  voice.messages([message({ name: 'Bea' }), message({ key: 'dd', id: 'dd', mine: true, text: 'from elsewhere' })])
  assert.deepEqual(lines, ['Ada: hi', 'Ada: from elsewhere'])
})

test('what an author changed is told again, and that it was; what they deleted is told without its text', () => {
  const { lines, voice } = voiceAndLines()
  voice.messages([message({})])
  voice.messages([message({ text: 'ho', editedAt: 2 }), message({ key: 'cc', text: '', deleted: true })])
  voice.messages([message({ text: 'ho', editedAt: 2, reactions: [{ emoji: '👍', people: [], mine: false }] })])
  voice.messages([message({ text: '', deleted: true })])
  assert.deepEqual(lines, ['Ada: hi', 'Ada (edited): ho', '· Ada deleted this message.', '· Ada deleted this message.'])
})

test("names and texts drive nothing, in a rich terminal either: its own weight aside there's no escape", () => {
  const { lines, voice } = voiceAndLines(true)
  const name = '\u001b]0;owned\u0007A\u009b2Jda'
  const bad = { ...ada, name }
  voice.me({ ...bad, me: true })
  voice.messages([message({ name, text: '\u001b[2J\u001b[H\u009b31m' })])
  voice.change({ type: 'joined', member: bad })
  voice.change({ type: 'left', member: bad })
  voice.change({ type: 'renamed', member: bad, before: name })
  voice.typing(bad, true, [{ ...bad, typing: true }])
  voice.problem({ code: 'refused', message: `no ${name}` })
  assert.equal(lines.length, 7)
  const said = lines.join('').replace('\u001b[1m', '').replace('\u001b[22m', '')
  assert.doesNotMatch(said, /\p{Cc}/u)
})

test('who comes, goes and takes another name is told', () => {
  const { lines, voice } = voiceAndLines()
  voice.change({ type: 'joined', member: ada })
  voice.change({ type: 'renamed', member: { ...ada, name: 'Bea' }, before: 'Ada' })
  voice.change({ type: 'left', member: { ...ada, name: 'Bea' } })
  assert.deepEqual(lines, ['· Ada joined', '· Ada is now called Bea', '· Bea left'])
})

test('a name that belongs to somebody else is marked at every message, and told once', () => {
  const { lines, voice } = voiceAndLines()
  const caution = { kind: 'imitates', name: 'Ada\u001b[2J', verified: false, of: 'known' } as const
  voice.messages([message({ name: 'ADA', caution }), message({ key: 'cc', kind: 'moved', name: 'ADA', caution })])
  const [before, after] = [
    { ...ada, name: 'ADA' },
    { ...ada, name: 'ADA', caution },
  ]
  for (const change of changesBetween([before], [after])) voice.change(change)
  for (const change of changesBetween([after], [{ ...after, caution: { ...caution } }])) voice.change(change)
  assert.equal(lines.length, 3)
  assert.match(lines[0] ?? '', /^ADA \(looks like Ada.*\): hi$/)
  assert.match(lines[1] ?? '', /made a new link.* \(looks like Ada.*\)$/)
  assert.match(lines[2] ?? '', /^Someone here is called ADA, which looks like Ada/)
  assert.doesNotMatch(lines.join(''), /\p{Cc}/u)
})
