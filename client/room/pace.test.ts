import assert from 'node:assert/strict'
import { test } from 'node:test'
import { VirtualTime } from '../net/virtual-time.ts'
import { Pace } from './pace.ts'

test('a burst passes at once, and what lasts is held to its rate', async () => {
  const time = new VirtualTime()
  const pace = new Pace(time, 100, 10)
  assert.equal(pace.take(100), 0)
  assert.equal(pace.take(5), 500)
  await time.pass(500)
  assert.equal(pace.take(10), 1_000)
})

test('what was not used is saved up to one burst, and no further', async () => {
  const time = new VirtualTime()
  const pace = new Pace(time, 100, 10)
  await time.pass(3_600_000)
  assert.equal(pace.take(100), 0)
  assert.ok(pace.take(1) > 0)
})
