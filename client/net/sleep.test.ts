import assert from 'node:assert/strict'
import { test } from 'node:test'
import { watchSleep } from './sleep.ts'
import { VirtualTime } from './virtual-time.ts'

test('sleep is noticed on waking, once, and being awake is not', async () => {
  const time = new VirtualTime()
  let woken = 0
  const stop = watchSleep(time, () => woken++)
  await time.pass(60_000)
  assert.equal(woken, 0)
  time.sleep(30_000)
  await time.pass(10_000)
  assert.equal(woken, 1)
  stop()
  assert.equal(time.pending, 0)
})
