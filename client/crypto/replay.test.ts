import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ReplayWindow } from './replay.ts'

test('each number is accepted once', () => {
  const window = new ReplayWindow()
  for (let n = 1; n <= 5000; n++) {
    assert.equal(window.accept(n), true)
    assert.equal(window.accept(n), false)
  }
})

test('numbers may come out of order within 1,024 below the highest, and are refused from there on', () => {
  const window = new ReplayWindow()
  assert.equal(window.accept(5000), true)
  assert.equal(window.accept(5000 - 1023), true)
  assert.equal(window.accept(5000 - 1024), false)
  assert.equal(window.accept(1), false)
  assert.equal(window.accept(5000 - 1023), false)
})

test('a leap to the highest number forgets what lies below, and accepts nothing of it', () => {
  const window = new ReplayWindow()
  assert.equal(window.accept(1), true)
  assert.equal(window.accept(2 ** 48), true)
  assert.equal(window.accept(2), false)
  assert.equal(window.accept(2 ** 48), false)
  assert.equal(window.accept(2 ** 48 - 1), true)
})

test('what is not a count is refused and changes nothing', () => {
  const window = new ReplayWindow()
  for (const n of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60]) assert.equal(window.accept(n), false)
  assert.equal(window.accept(1), true)
})

test('it answers as a set of all numbers seen would', () => {
  const near = fc.integer({ min: 1, max: 40 })
  const step = fc.oneof(
    { weight: 8, arbitrary: near.map((by) => -by) },
    { weight: 8, arbitrary: near },
    { weight: 2, arbitrary: fc.constantFrom(-1025, -1024, -1023, 1023, 1024, 1025) },
    { weight: 1, arbitrary: fc.integer({ min: -5000, max: 5000 }) },
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const window = new ReplayWindow()
      const seen = new Set<number>()
      let highest = 0
      for (const by of steps) {
        const n = Math.max(1, highest + by)
        const expected = n > highest - 1024 && !seen.has(n)
        assert.equal(window.accept(n), expected)
        if (!expected) continue
        seen.add(n)
        highest = Math.max(highest, n)
      }
    }),
    { numRuns: 300 },
  )
})
