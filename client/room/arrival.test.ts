import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadPlatform } from '../crypto/platform.ts'
import { createMemoryStore } from '../store/memory.ts'
import { arrive } from './arrival.ts'

const address = { name: 'lobby', key: new Uint8Array(16), password: false, relay: false, message: null }
const noWarnings = (error: Error) => assert.fail(error)

test('who has no name yet gets one, and keeps it', async () => {
  const platform = await loadPlatform()
  const store = createMemoryStore()
  const { name } = await arrive(platform, address, store, { name: () => undefined }, noWarnings)
  assert.match(name, /\S/)
  assert.deepEqual(await store.profile(), { name })
  assert.equal((await arrive(platform, address, store, { name: () => undefined }, noWarnings)).name, name)
})

test('a name taken while the room is being opened is not written over by the one before', async () => {
  const platform = await loadPlatform()
  const store = createMemoryStore()
  await store.saveProfile({ name: 'Grey Heron' })
  let taken: string | undefined
  const arriving = arrive(platform, address, store, { name: () => taken }, noWarnings)
  taken = 'Ada'
  await store.saveProfile({ name: 'Ada' })
  assert.equal((await arriving).name, 'Ada')
  assert.deepEqual(await store.profile(), { name: 'Ada' })
})
