import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BURST_SECONDS, TokenBucket } from './token-bucket.ts'

/** How many tokens can be taken at a time. */
function drain(bucket: TokenBucket, now: number): number {
  let count = 0
  while (bucket.take(now)) count += 1
  return count
}

test('a burst may take some seconds of the rate at once, and no more', () => {
  assert.equal(drain(new TokenBucket(20, 5000), 5000), 20 * BURST_SECONDS)
})

test('tokens come back at the rate, in fractions too, and never above the burst', () => {
  const bucket = new TokenBucket(20, 0)
  drain(bucket, 0)
  assert.equal(drain(bucket, 49), 0)
  assert.equal(drain(bucket, 50), 1)
  assert.equal(drain(bucket, 1050), 20)
  assert.equal(drain(bucket, 1e9), 20 * BURST_SECONDS)
})
