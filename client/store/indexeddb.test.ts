import 'fake-indexeddb/auto'
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { IDBFactory } from 'fake-indexeddb'
import { openDB } from 'idb'
import { openIndexedDbStore } from './indexeddb.ts'
import type { KeptEntry } from './room-store.ts'

const TOPIC = 'aa'.repeat(32)

const entry = (seq: number): KeptEntry => ({
  chain: 'ada',
  seq,
  side: 0,
  data: new Uint8Array(10),
  seal: new Uint8Array(32),
})

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

/** Writes past the store, as a fault would. */
async function tamper(name: string, key: IDBValidKey, value: unknown): Promise<void> {
  const database = await openDB('earshot')
  await database.put(name, value, key)
  database.close()
}

test('a database of the version before keeps identity, name and people when rooms come', async () => {
  const old = await openDB('earshot', 2, {
    upgrade(database) {
      for (const name of ['identity', 'profile', 'people']) database.createObjectStore(name)
    },
  })
  await old.put('identity', 'who I am', 'own')
  await old.put('profile', { name: 'Ada' }, 'own')
  old.close()
  const store = openIndexedDbStore()
  assert.equal(await store.identity(() => assert.fail('it is kept')), 'who I am')
  assert.deepEqual(await store.profile(), { name: 'Ada' })
  const room = store.room(TOPIC)
  await room.open(true)
  assert.equal((await room.write({ entries: [entry(1)] }, true)).result, 'kept')
})

test('records that are none are told as damaged, in their places', async () => {
  const room = openIndexedDbStore().room(TOPIC)
  await room.open(true)
  await room.write({ entries: [1, 2, 3, 4].map(entry) }, true)
  await tamper('entries', [TOPIC, 'ada', 2, 0], { data: 'text', seal: new Uint8Array(32) })
  await tamper('entries', [TOPIC, 'ada', 3, 0], null)
  const found = await room.entries(null)
  assert.deepEqual(
    found.map((record) => [record.seq, 'damaged' in record]),
    [
      [1, false],
      [2, true],
      [3, true],
      [4, false],
    ],
  )
})

test('a damaged record of the room is made anew, and what is kept is counted again', async () => {
  const store = openIndexedDbStore()
  const room = store.room(TOPIC)
  await room.open(true)
  await room.write({ entries: Array.from({ length: 700 }, (_, index) => entry(index + 1)) }, true)
  const before = await room.open(true)
  await tamper('rooms', TOPIC, { on: 'perhaps' })
  assert.deepEqual(await store.room(TOPIC).open(true), before)
})

test('damaged word of who holds what is no word', async () => {
  const room = openIndexedDbStore().room(TOPIC)
  await room.open(true)
  await tamper('heard', [TOPIC, 'ada'], { x: 'all' })
  assert.deepEqual(await room.heard(), [])
  await room.write({ heard: [{ chain: 'ada', author: 'x', seq: 1 }] }, false)
  assert.deepEqual(await room.heard(), [{ chain: 'ada', author: 'x', seq: 1 }])
})

test('changes are made at once or not at all', async () => {
  const room = openIndexedDbStore().room(TOPIC)
  await room.open(true)
  await room.write({ entries: [entry(1)] }, true)
  // A buffer that was given away can't be written: the last of these fails.
  const broken = entry(3)
  structuredClone(broken.data, { transfer: [broken.data.buffer] })
  await assert.rejects(room.write({ removed: [{ chain: 'ada', from: 1, to: 1 }], entries: [entry(2), broken] }, true))
  assert.deepEqual(
    (await room.entries(null)).map(({ seq }) => seq),
    [1],
  )
  assert.equal((await room.open(true)).entries, 1)
})
