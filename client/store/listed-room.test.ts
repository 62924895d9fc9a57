/** What every store must do with the list of rooms. */
import 'fake-indexeddb/auto'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { IDBFactory } from 'fake-indexeddb'
import { openDB } from 'idb'
import { openIndexedDbStore } from './indexeddb.ts'
import { type ListedRoom, MAX_ROOMS } from './listed-room.ts'
import { createMemoryStore } from './memory.ts'

const room = (url: string, shownAt = 1): ListedRoom => ({
  ...{ url, topic: 'aa'.repeat(32), label: null, muted: false, shownAt, readTo: null, last: null },
})

for (const [name, make] of Object.entries({ memory: createMemoryStore, IndexedDB: openIndexedDbStore })) {
  test(`${name}: rooms are listed, changed and taken off by their URLs`, async () => {
    globalThis.indexedDB = new IDBFactory()
    const store = make()
    assert.deepEqual(await store.rooms(), [])
    await store.saveRoom(room('a'))
    await store.saveRoom(room('b'))
    const last = { name: 'Ada', text: 'hi', at: 5 }
    await store.saveRoom({ ...room('a'), label: 'Home', muted: true, readTo: 'id', last })
    await store.removeRoom('b')
    await store.removeRoom('never there')
    assert.deepEqual(await store.rooms(), [{ ...room('a'), label: 'Home', muted: true, readTo: 'id', last }])
  })
}

test('a damaged record is left out, and of too many rooms those go that were not shown for longest', async () => {
  globalThis.indexedDB = new IDBFactory()
  const store = openIndexedDbStore()
  for (let n = 1; n <= MAX_ROOMS + 1; n++) await store.saveRoom(room(`room ${n}`, n))
  const urls = (await store.rooms()).map(({ url }) => url)
  assert.equal(urls.length, MAX_ROOMS)
  assert.ok(!urls.includes('room 1'))
  const database = await openDB('earshot')
  await database.put('list', { url: 5 }, 'room 2')
  database.close()
  assert.equal((await store.rooms()).length, MAX_ROOMS - 1)
})
