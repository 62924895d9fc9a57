import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomBytes } from './bytes.ts'
import { Replays } from './replay.ts'

test('each nonce is new once, in whatever order they come', () => {
  const replays = new Replays()
  const nonces = Array.from({ length: 1_000 }, () => randomBytes(12))
  for (const nonce of nonces) assert.equal(replays.isNew(nonce), true)
  for (const nonce of nonces.toReversed()) assert.equal(replays.isNew(nonce), false)
})

test('the memory is bounded: of a flood the latest are remembered', () => {
  const replays = new Replays()
  const nonces = Array.from({ length: 5_000 }, () => randomBytes(12))
  for (const nonce of nonces) replays.isNew(nonce)
  for (const nonce of nonces.slice(-1_024)) assert.equal(replays.isNew(nonce), false)
  assert.equal(replays.isNew(nonces[0] ?? randomBytes(12)), true)
})
