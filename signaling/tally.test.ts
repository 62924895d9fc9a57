import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Tally } from './tally.ts'

test('a key may have as many as the limit, whatever other keys have, and again what was given back', () => {
  const tally = new Tally(2)
  assert.deepEqual([tally.take('a'), tally.take('a'), tally.take('a'), tally.take('b')], [true, true, false, true])
  tally.release('a')
  assert.deepEqual([tally.take('a'), tally.take('a')], [true, false])
})
