import assert from 'node:assert/strict'
import test from 'node:test'
import { dateOf, dayText } from './time-text.ts'

const now = new Date(2026, 5, 15, 14, 0).getTime()
const daysAgo = (days: number) => new Date(2026, 5, 15 - days, 23, 59).getTime()

test('a day is called by how long ago it was while that is short, and always by its date where it must be exact', () => {
  assert.equal(dayText(daysAgo(0), now), 'Today')
  assert.equal(dayText(daysAgo(1), now), 'Yesterday')
  assert.equal(dayText(daysAgo(2), now), 'Saturday, June 13, 2026')
  assert.equal(dayText(new Date(2020, 1, 29).getTime(), now), 'Saturday, February 29, 2020')
  assert.equal(dayText(daysAgo(0), now, true), 'Monday, June 15, 2026')
})

test('what no clock shows is no date', () => {
  for (const at of [Number.NaN, Number.POSITIVE_INFINITY, 9e15, -9e15]) {
    assert.equal(dateOf(at), null)
    assert.equal(dayText(at, now), '')
  }
})
