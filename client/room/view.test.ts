import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { toHex } from '../crypto/bytes.ts'
import { nodeIdentity, nodeSuite } from '../crypto/node.ts'
import { chainOf, type Entry, signEntry } from './entry.ts'
import { PRESENT } from './own-lines.ts'
import { verifyEntry } from './verify.ts'
import { View } from './view.ts'

const TOPIC = new Uint8Array(32).fill(7)
const ada = nodeIdentity(new Uint8Array(32).fill(1))
const bob = nodeIdentity(new Uint8Array(32).fill(2))

let seq = 0
/** A signed entry as it would come from another member at `arrivedAt`. */
async function entry(kind: string, content: unknown, clock: number, author = ada, at = clock, arrivedAt = 1e12) {
  const signed = await signEntry(
    nodeSuite,
    TOPIC,
    author,
    { visit: new Uint8Array(16), seq: ++seq, prev: seq === 1 ? null : new Uint8Array(32), clock, at, kind },
    content,
  )
  const verified: Entry | null = await verifyEntry(nodeSuite, TOPIC, signed.wire, arrivedAt)
  assert.ok(verified)
  return verified
}

const texts = (view: View): string[] => view.messages.map(({ text }) => text)

test('messages stand in the order of their clocks, whatever order they come in', async () => {
  const entries = await Promise.all([5, 3, 9, 1, 7].map((clock) => entry('text', { text: `${clock}` }, clock)))
  await fc.assert(
    fc.property(fc.shuffledSubarray(entries, { minLength: 5 }), (shuffled) => {
      const view = new View()
      for (const next of shuffled) view.add(next, false)
      assert.deepEqual(texts(view), ['1', '3', '5', '7', '9'])
    }),
  )
})

test('an author has the name of the latest profile, on earlier messages too, whatever order they come in', async () => {
  const entries = [
    await entry('profile', { name: 'Ada' }, 1),
    await entry('text', { text: 'hi' }, 2),
    await entry('text', { text: 'from Bob' }, 3, bob),
    await entry('profile', { name: 'Ada L.' }, 4),
    await entry('text', { text: 'ho' }, 5),
  ]
  await fc.assert(
    fc.property(fc.shuffledSubarray(entries, { minLength: 5 }), (shuffled) => {
      const view = new View()
      for (const next of shuffled) view.add(next, false)
      view.applyNames()
      assert.deepEqual(
        view.messages.map(({ name, text }) => [name, text]),
        [
          ['Ada L.', 'hi'],
          ['', 'from Bob'],
          ['Ada L.', 'ho'],
        ],
      )
    }),
  )
})

test('a message is never shown as written later than it arrived', async () => {
  const view = new View()
  view.add(await entry('text', { text: 'from the future' }, 1, ada, 5_000, 3_000), false)
  view.add(await entry('text', { text: 'from the past' }, 2, ada, 1_000, 3_000), false)
  assert.deepEqual(
    view.messages.map(({ at }) => at),
    [3_000, 1_000],
  )
})

test('what is no text by the rules is not shown: other kinds, too long, empty, no string, a deleted body', async () => {
  const view = new View()
  for (const [kind, content] of [
    ['reaction', { text: 'x' }],
    ['edit', { text: 'x' }],
    ['delete', { targets: [] }],
    ['text', { text: 'x'.repeat(16_001) }],
    ['text', { text: '' }],
    ['text', { text: 5 }],
    ['text', null],
    ['profile', { name: 5 }],
    ['profile', { name: 'x'.repeat(41) }],
  ] as const)
    view.add(await entry(kind, content, 1), false)
  const whole = await entry('text', { text: 'deleted' }, 2)
  const bare = await verifyEntry(nodeSuite, TOPIC, { ...whole.wire, body: null }, 1e12)
  assert.ok(bare)
  view.add(bare, false)
  assert.deepEqual(view.messages, [])
  view.add(await entry('text', { text: 'x'.repeat(16_000) }, 3), false)
  assert.equal(view.messages.length, 1)
})

/** That one other holds up to `sent`. */
const receipt = (sent: number, delivered: number) => ({
  sent,
  delivered,
  reached: (seq: number) => Number(seq <= sent),
})

test('one’s own message is shown at once, keeps its key when it is signed, and moves on to sent and delivered', async () => {
  const view = new View()
  const draft = view.draft({ seq: 2, clock: 5, at: 9 }, { kind: 'text', text: 'mine' }, { id: '', name: 'Ada' })
  assert.deepEqual([draft.id, draft.state], [null, 'sending'])
  view.add(await entry('text', { text: 'before' }, 4, bob), false)
  seq = 0
  const profile = await entry('profile', { name: 'Ada' }, 4)
  const signed = await entry('text', { text: 'mine' }, 5)
  view.signed(profile)
  assert.deepEqual(
    view.signed(signed).map(({ id, key, name }) => [id, key, name]),
    [[signed.id, draft.key, 'Ada']],
  )
  assert.deepEqual(texts(view), ['before', 'mine'])
  assert.deepEqual(
    view.receipts(PRESENT, receipt(2, 0), 0).map(({ state }) => state),
    ['sent'],
  )
  assert.deepEqual(view.receipts(PRESENT, receipt(2, 0), 0), [])
  assert.deepEqual(
    view.receipts(PRESENT, receipt(2, 2), 0).map(({ state }) => state),
    ['delivered'],
  )
  // Somebody who comes later and lacks it for a moment takes nothing back.
  assert.deepEqual(view.receipts(PRESENT, receipt(2, 0), 0), [])
  assert.equal(view.messages[1]?.state, 'delivered')
})

test('what one wrote in an earlier visit counts as sent when it comes back, and as delivered once everyone has it', async () => {
  const view = new View()
  seq = 0
  const [one, two] = [await entry('text', { text: 'one' }, 1), await entry('text', { text: 'two' }, 2)]
  const chain = chainOf(one.header.author, one.header.visit)
  view.receipts(chain, receipt(2, 1), 0)
  view.add(one, true)
  view.add(two, true)
  const states = () => view.messages.map(({ state }) => state)
  assert.deepEqual(states(), ['delivered', 'sent'])
  view.receipts(chain, receipt(2, 2), 0)
  assert.deepEqual(states(), ['delivered', 'delivered'])
})

test('one’s own message is sent once it is on the disk, which says that nobody has it yet', async () => {
  const view = new View()
  view.draft({ seq: 1, clock: 5, at: 9 }, { kind: 'text', text: 'one' }, { id: '', name: 'Ada' })
  view.draft({ seq: 2, clock: 6, at: 9 }, { kind: 'text', text: 'two' }, { id: '', name: 'Ada' })
  const states = () => view.messages.map(({ state, reached }) => [state, reached])
  assert.deepEqual(
    view.kept(PRESENT, 1).map(({ text }) => text),
    ['one'],
  )
  assert.deepEqual(states(), [
    ['sent', 0],
    ['sending', 0],
  ])
  view.receipts(PRESENT, receipt(2, 0), 0)
  assert.deepEqual(states(), [
    ['sent', 1],
    ['sent', 1],
  ])
})

test('what is on the disk no more and with nobody is not sent any more', async () => {
  const view = new View()
  for (const number of [1, 2, 3])
    view.draft({ seq: number, clock: number, at: 9 }, { kind: 'text', text: 'mine' }, { id: '', name: 'Ada' })
  view.kept(PRESENT, 3)
  view.receipts(PRESENT, receipt(1, 0), 0)
  assert.equal(view.unkept().length, 2)
  assert.deepEqual(
    view.messages.map(({ state }) => state),
    ['sent', 'sending', 'sending'],
  )
})

test('another page of one’s own is nobody: what came from there is not sent for that', async () => {
  const view = new View()
  seq = 0
  const [message] = view.add(await entry('text', { text: 'from the other tab' }, 1), true)
  assert.equal(message?.state, 'sending')
})

test('news of what the log dropped touches no other message', async () => {
  const view = new View()
  seq = 0
  const mine = await entry('text', { text: 'mine' }, 1)
  view.add(mine, true)
  view.add(await entry('text', { text: 'from Bob' }, 2, bob), false)
  view.remove([mine])
  view.receipts(chainOf(mine.header.author, mine.header.visit), receipt(1, 1), 0)
  assert.deepEqual(texts(view), ['from Bob'])
})

test('entries that the log dropped are shown no more', async () => {
  const view = new View()
  const entries = [
    await entry('text', { text: 'one' }, 1),
    await entry('text', { text: 'two' }, 2, bob),
    await entry('text', { text: 'three' }, 3),
  ]
  for (const next of entries) view.add(next, false)
  const [one, , three] = entries
  assert.ok(one && three)
  assert.equal(view.remove([one, three]).length, 2)
  assert.deepEqual(texts(view), ['two'])
})

test('a receipt for a message that is shown no more changes nothing', async () => {
  const view = new View()
  const [mine, theirs] = [await entry('text', { text: 'mine' }, 1), await entry('text', { text: 'theirs' }, 2, bob)]
  view.add(mine, true)
  view.add(theirs, false)
  view.remove([mine])
  const { seq, author, visit } = mine.header
  assert.deepEqual(view.receipts(chainOf(author, visit), { sent: seq, delivered: seq, reached: () => 1 }, 0), [])
  assert.deepEqual(texts(view), ['theirs'])
})

test('a new link is a line of its own, and one that says more than that is none', async () => {
  const view = new View()
  view.add(await entry('moved', {}, 1), false)
  for (const content of [{ key: 'x' }, null, 'x', [1]]) view.add(await entry('moved', content, 2), false)
  assert.deepEqual(
    view.messages.map(({ kind, text }) => [kind, text]),
    [['moved', '']],
  )
  const draft = view.draft({ seq: 2, clock: 5, at: 9 }, { kind: 'moved', text: '' }, { id: '', name: 'Ada' })
  assert.equal(draft.kind, 'moved')
})

test('messages tell what is known of their author, and only those change of whom something else is known', async () => {
  const verified = new Set<string>()
  const view = new View((author, name) => ({
    verified: verified.has(author),
    hidden: false,
    caution: name === 'Eve' ? { kind: 'other-key', name, verified: false, of: 'known' } : null,
  }))
  const hi = await entry('text', { text: 'hi' }, 2)
  view.add(hi, false)
  view.add(await entry('text', { text: 'from Bob' }, 3, bob), false)
  view.add(await entry('text', { text: 'mine' }, 4), true)
  assert.deepEqual(view.judge(), [])
  verified.add(toHex(ada.author))
  assert.deepEqual(
    view.judge().map(({ text, verified }) => [text, verified]),
    [['hi', true]],
  )
  assert.deepEqual(view.judge(), [])
  view.add(await entry('profile', { name: 'Eve' }, 5, bob), false)
  const [renamed] = view.applyNames()
  assert.equal(renamed?.caution?.name, 'Eve')
  assert.equal(view.messages[1]?.caution?.kind, 'other-key')
  const [late] = view.add(await entry('text', { text: 'late' }, 6, bob), false)
  assert.equal(late?.caution?.kind, 'other-key')
})
