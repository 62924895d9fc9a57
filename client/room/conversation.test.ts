import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toHex } from '../crypto/bytes.ts'
import { nodeIdentity, nodeSuite } from '../crypto/node.ts'
import { VirtualTime } from '../net/virtual-time.ts'
import { createMemoryStore } from '../store/memory.ts'
import type { RoomStore } from '../store/room-store.ts'
import { Conversation } from './conversation.ts'
import { profileNameOf } from './entry.ts'
import type { Limits } from './log.ts'
import { RoomError } from './types.ts'

const identity = nodeIdentity(new Uint8Array(32).fill(1))

/** Somebody alone in a room of which this much is kept, who has begun. */
function alone(limits?: Limits, store: RoomStore | null = null) {
  const time = new VirtualTime(1)
  const shown: string[] = []
  const warnings: RoomError[] = []
  const me = { id: toHex(identity.author), name: 'Ada' }
  const conversation = new Conversation({
    time,
    limits,
    me: () => me,
    events: {
      message: ({ text }) => shown.push(text),
      named: () => {},
      renamed: () => {},
      crowded: () => {},
      wrote: () => {},
      keeping: () => {},
      forgotten: () => {},
      warn: (error) => warnings.push(error),
    },
  })
  const pen = { suite: nodeSuite, topic: new Uint8Array(32).fill(7), identity, visit: new Uint8Array(16).fill(1) }
  conversation.start(pen, { store, byDefault: store !== null })
  return { time, conversation, shown, warnings, me }
}

/** Says so many messages, with a moment between them. Returns the code of the error that ended it, if one did. */
async function say(room: ReturnType<typeof alone>, count: number): Promise<string | null> {
  for (let n = 0; n < count; n++) {
    try {
      room.conversation.say({ kind: 'text', text: `message ${n}` })
    } catch (error) {
      return error instanceof RoomError ? error.code : 'unknown'
    }
    await room.time.pass(1_000)
  }
  return null
}

test('a message for which there is no room is refused before it is shown, and all that was shown is in the log', async () => {
  const room = alone({ entries: 20, bytes: 1_000_000 })
  assert.equal(await say(room, 100), 'full')
  const texts = room.conversation.messages.map(({ text }) => text)
  assert.ok(texts.length > 5)
  assert.deepEqual([...new Set(room.shown)], texts)
  assert.equal(room.conversation.log.inOrder().filter(({ header }) => header.kind === 'text').length, texts.length)
  assert.deepEqual(room.warnings, [])
})

test('however much somebody writes, each stretch of it says their name, the one that they have then', async () => {
  const room = alone()
  await say(room, 120)
  room.me.name = 'Ada Lovelace'
  await say(room, 120)
  const entries = room.conversation.log.inOrder()
  assert.equal(entries.length, 240 + Math.ceil(240 / 50))
  for (let start = 0; start + 51 <= entries.length; start++)
    assert.ok(entries.slice(start, start + 51).some((entry) => profileNameOf(entry) !== null))
  assert.equal(
    profileNameOf(entries.findLast((entry) => profileNameOf(entry) !== null) ?? assert.fail()),
    'Ada Lovelace',
  )
})

test('what one deletes is gone at once from what is shown, and then from the disk, with all that it said before', async () => {
  const store = createMemoryStore()
  const { time, conversation } = alone(undefined, store.room('07'))
  const { key } = conversation.say({ kind: 'text', text: 'secret' })
  await time.pass(1_000)
  const id = conversation.messages[0]?.id ?? ''
  conversation.change(id, { kind: 'edit', text: 'secretly' })
  await time.pass(1_000)
  const kept = async () => (await store.room('07').entries(null)).map((record) => ('data' in record ? record.data : []))
  assert.equal((await kept()).filter((data) => Buffer.from(data).includes('secret')).length, 2)
  conversation.change(id, { kind: 'delete' })
  assert.deepEqual(
    conversation.messages.map(({ key, text, deleted }) => [key, text, deleted]),
    [[key, '', true]],
  )
  await time.pass(1_000)
  assert.deepEqual([(await kept()).length, conversation.log.size], [4, 4])
  assert.equal((await kept()).filter((data) => Buffer.from(data).includes('secret')).length, 0)
})
