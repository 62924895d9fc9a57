import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Bytes, fromHex } from '../crypto/bytes.ts'
import { nodeIdentity, nodeSuite } from '../crypto/node.ts'
import { isEmoji } from './change.ts'
import { type Entry, signEntry } from './entry.ts'
import type { Message } from './types.ts'
import { View } from './view.ts'

const TOPIC = new Uint8Array(32).fill(7)
const [ada, ben] = [nodeIdentity(new Uint8Array(32).fill(1)), nodeIdentity(new Uint8Array(32).fill(2))]
const VISIT = new Uint8Array(16)

let seq = 0
function entry(kind: string, content: unknown, author = ada): Promise<Entry> {
  const place = { visit: VISIT, seq: ++seq, prev: seq === 1 ? null : new Uint8Array(32), clock: seq, at: seq }
  return signEntry(nodeSuite, TOPIC, author, { ...place, kind }, content)
}

const idOf = ({ id }: Entry): Bytes => fromHex(id) ?? new Uint8Array()
const edit = (target: Entry, text: string, author = ada) => entry('edit', { target: idOf(target), text }, author)
const react = (target: Entry, emoji: string, on = true, author = ada) =>
  entry('reaction', { target: idOf(target), emoji, on }, author)
const remove = (target: Entry, author = ada) =>
  entry('delete', { targets: [[VISIT, target.header.seq, idOf(target)]] }, author)

function viewOf(entries: readonly Entry[]): View {
  const view = new View()
  for (const one of entries) view.add(one, false)
  view.applyNames()
  return view
}
const only = (view: View): Message => {
  const [message] = view.messages
  assert.ok(message)
  return message
}

test('whatever order changes come in, even before what they change, every member sees the same', async () => {
  const hi = await entry('text', { text: 'hi' })
  const gone = await entry('text', { text: 'gone' })
  const answer = await entry('text', { text: 'answer', reply: idOf(hi) }, ben)
  const entries = [
    hi,
    gone,
    answer,
    await edit(hi, 'ho'),
    await edit(hi, 'huh'),
    await edit(hi, 'not mine', ben),
    await react(hi, '👍'),
    await react(hi, '👍', true, ben),
    await react(hi, '❤️', true, ben),
    await react(hi, '❤️', false, ben),
    await react(hi, 'no emoji', true, ben),
    await remove(gone),
    await edit(gone, 'back again'),
    await remove(answer),
    await entry('profile', { name: 'Ada' }),
    await entry('profile', { name: 'Ben' }, ben),
  ]
  const adaId = Buffer.from(ada.author).toString('hex')
  const benId = Buffer.from(ben.author).toString('hex')
  await fc.assert(
    fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
      const shown = viewOf(shuffled).messages.map(({ text, deleted, versions, reactions, reply }) => ({
        text,
        deleted,
        versions: versions.map((version) => version.text),
        reactions: reactions.map(({ emoji, people }) => [emoji, ...people.map(({ id, name }) => `${id} ${name}`)]),
        reply,
      }))
      assert.deepEqual(shown, [
        {
          text: 'huh',
          deleted: false,
          versions: ['hi', 'ho'],
          reactions: [['👍', `${adaId} Ada`, `${benId} Ben`]],
          reply: null,
        },
        { text: '', deleted: true, versions: [], reactions: [], reply: null },
        { text: 'answer', deleted: false, versions: [], reactions: [], reply: hi.id },
      ])
    }),
  )
})

test('a change that the log holds no more changes nothing any more', async () => {
  const [hi, other] = [await entry('text', { text: 'hi' }), await entry('text', { text: 'other' })]
  const changes = [await edit(hi, 'ho'), await react(hi, '👍', true, ben), await remove(other)]
  const view = viewOf([hi, other, ...changes])
  assert.equal(view.remove(changes).length, 2)
  assert.deepEqual(
    view.messages.map(({ text, reactions, deleted }) => [text, reactions.length, deleted]),
    [
      ['hi', 0, false],
      ['other', 0, false],
    ],
  )
})

test('one’s own change shows before it is signed, and once after', async () => {
  const hi = await entry('text', { text: 'hi' })
  const view = viewOf([hi])
  const signed = await edit(hi, 'ho')
  const change = { kind: 'edit', text: 'ho' } as const
  const { header } = signed
  view.change({ id: `mine-${header.seq}`, target: hi.id, author: '', mine: true, clock: 9, at: 9, place: null, change })
  assert.equal(only(view).text, 'hi', 'of somebody else: not theirs to change')
  view.signed(signed)
  assert.deepEqual([only(view).text, only(view).versions.length], ['ho', 1])
})

test('a deletion names the message and all edits of its author', async () => {
  const hi = await entry('text', { text: 'hi' })
  const [own, others] = [await edit(hi, 'ho'), await edit(hi, 'no', ben)]
  const view = viewOf([hi, own, others])
  assert.deepEqual(
    view.placesOf(hi.id).map(([, , id]) => id),
    [hi.id, own.id],
  )
})

test('who reacted bears the name that they have now, and who is hidden is not among them', async () => {
  const hidden = new Set<string>()
  const hi = await entry('text', { text: 'hi' })
  const view = new View((author) => ({ verified: false, caution: null, hidden: hidden.has(author) }))
  view.add(hi, false)
  view.add(await react(hi, '👍', true, ben), false)
  view.add(await entry('profile', { name: 'Ben' }, ben), false)
  view.applyNames()
  assert.equal(only(view).reactions[0]?.people[0]?.name, 'Ben')
  hidden.add(Buffer.from(ben.author).toString('hex'))
  assert.equal(view.judge().length, 1)
  assert.deepEqual(only(view).reactions, [])
  hidden.clear()
  view.judge()
})

test('a reaction is one emoji and nothing else', () => {
  for (const emoji of ['👍', '👍🏽', '❤️', '❤', '👨‍👩‍👧‍👦', '🇩🇪', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '1️⃣', '☺️', '🏳️‍🌈'])
    assert.ok(isEmoji(emoji), emoji)
  for (const text of ['', 'a', '1', '👍👍', '👍 ', 'ok👍', '\u200d', '\u202e👍', '👍'.repeat(20), '<b>'])
    assert.ok(!isEmoji(text), text)
})
