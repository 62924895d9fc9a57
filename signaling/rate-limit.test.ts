import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RateLimit } from './rate-limit.ts'
import { BURST_SECONDS } from './token-bucket.ts'

/** How many of `tries` are let through. */
const passed = (limit: RateLimit, key: string, now: number, tries: number) =>
  Array.from({ length: tries }, () => limit.take(key, now)).filter(Boolean).length

test('each key has its own rate, all have one together', () => {
  const limit = new RateLimit({ perKey: 2, inAll: 3, maxKeys: 10 }, 0)
  assert.equal(passed(limit, 'a', 0, 100), 2 * BURST_SECONDS)
  assert.equal(passed(limit, 'b', 0, 100), BURST_SECONDS)
  assert.equal(passed(limit, 'c', 0, 100), 0)
  assert.equal(passed(limit, 'a', 1000, 100), 2)
  assert.equal(passed(limit, 'b', 1000, 100), 1)
})

test('what a key is refused costs the others nothing', () => {
  const limit = new RateLimit({ perKey: 1, inAll: 2, maxKeys: 10 }, 0)
  passed(limit, 'a', 0, 10_000)
  assert.equal(passed(limit, 'b', 0, 100), BURST_SECONDS)
})

test('it remembers so many keys and no more: the one used longest ago is forgotten', () => {
  const limit = new RateLimit({ perKey: 1, inAll: 1_000_000, maxKeys: 3 }, 0)
  for (const key of ['a', 'b', 'c']) passed(limit, key, 0, 100)
  limit.take('a', 0)
  passed(limit, 'd', 0, 100)
  assert.equal(limit.keys, 3)
  assert.equal(limit.take('a', 0), false)
  assert.equal(limit.take('c', 0), false)
  assert.equal(limit.take('b', 0), true)
})
