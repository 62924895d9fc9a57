import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMemoryStore } from './memory.ts'

test('the identity is made once and stays the same, also when it is asked for twice at once', async () => {
  let made = 0
  const store = createMemoryStore()
  const create = async () => ({ number: ++made })
  const [one, other] = await Promise.all([store.identity(create), store.identity(create)])
  assert.equal(one, other)
  assert.equal(await store.identity(create), one)
  assert.equal(made, 1)
})

test('an identity that could not be made is tried again', async () => {
  let tries = 0
  const store = createMemoryStore()
  const create = async () => {
    if (tries++ === 0) throw new Error('no crypto yet')
    return 'made'
  }
  await assert.rejects(store.identity(create), /no crypto yet/)
  assert.equal(await store.identity(create), 'made')
})

test('an identity can be replaced by another', async () => {
  const store = createMemoryStore()
  await store.identity(async () => 'old')
  await store.replaceIdentity('new')
  assert.equal(await store.identity(async () => 'none'), 'new')
})

test('the profile is none at first, then the one that was saved last', async () => {
  const store = createMemoryStore()
  assert.equal(await store.profile(), null)
  await store.saveProfile({ name: 'Ada' })
  await store.saveProfile({ name: 'Bob' })
  assert.deepEqual(await store.profile(), { name: 'Bob' })
})

test('what is changed after saving changes nothing in the store', async () => {
  const store = createMemoryStore()
  const profile = { name: 'Ada' }
  await store.saveProfile(profile)
  profile.name = 'Bob'
  assert.deepEqual(await store.profile(), { name: 'Ada' })
})

test('two stores share nothing', async () => {
  const [one, other] = [createMemoryStore(), createMemoryStore()]
  await one.saveProfile({ name: 'Ada' })
  assert.equal(await other.profile(), null)
  await one.replaceIdentity('mine')
  assert.equal(await other.identity(async () => 'other'), 'other')
})
