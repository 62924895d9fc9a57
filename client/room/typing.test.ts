import assert from 'node:assert/strict'
import { test } from 'node:test'
import { VirtualTime } from '../net/virtual-time.ts'
import { Typing } from './typing.ts'

test('typing is told at once, again every 2 s while it lasts, and once when it ends', async () => {
  const time = new VirtualTime()
  const told: boolean[] = []
  const typing = new Typing(time, (is) => told.push(is))
  typing.set(false)
  for (let keys = 0; keys < 50; keys++) {
    typing.set(true)
    await time.pass(100)
  }
  assert.deepEqual(told, [true, true, true])
  typing.set(false)
  typing.set(false)
  assert.deepEqual(told, [true, true, true, false])
  typing.set(true)
  assert.deepEqual(told.at(-1), true)
})
