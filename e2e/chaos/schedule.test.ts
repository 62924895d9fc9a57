import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Plan, scheduleOf, type TimedFault } from './schedule.ts'

const plan = (seed: number, length = 30_000): Plan => ({ seed, length, peers: 6, pages: 2 })
const seeds = Array.from({ length: 200 }, (_, seed) => seed)
const of = <K extends TimedFault['kind']>(faults: readonly TimedFault[], ...kinds: K[]) =>
  faults.filter((fault): fault is TimedFault & { readonly kind: K } => kinds.some((kind) => kind === fault.kind))

test('a seed always gives the same faults, and another one others', () => {
  assert.deepEqual(scheduleOf(plan(7)), scheduleOf(plan(7)))
  assert.notDeepEqual(scheduleOf(plan(7)), scheduleOf(plan(8)))
})

test('every kind of fault is in half a minute, in the order of time and within it', () => {
  for (const seed of seeds) {
    const faults = scheduleOf(plan(seed))
    for (const kind of ['server-off', 'server-on', 'unplug', 'plug', 'kill', 'start'] as const)
      assert.ok(of(faults, kind).length > 0, `${kind} with seed ${seed}`)
    assert.ok(of(faults, 'close').length > 3 && of(faults, 'mute').length > 0, `links with seed ${seed}`)
    const times = faults.map(({ at }) => at)
    assert.deepEqual(
      times,
      [...times].sort((a, b) => a - b),
    )
    assert.ok(times.every((at) => at >= 0 && at <= 30_001))
  }
})

test('the server is away half of the time in several spells, and back at the end', () => {
  for (const seed of seeds)
    for (const length of [20_000, 30_000, 600_000]) {
      const faults = of(scheduleOf(plan(seed, length)), 'server-off', 'server-on')
      let away = 0
      for (const [index, { kind, at }] of faults.entries()) {
        assert.equal(kind, index % 2 === 0 ? 'server-off' : 'server-on')
        away += kind === 'server-off' ? -at : at
      }
      assert.equal(faults.at(-1)?.kind, 'server-on')
      assert.ok(faults.length >= 4)
      assert.ok(Math.abs(away / length - 0.5) < 0.001, `${away} of ${length}`)
    }
})

test('who was killed starts again before another one of the kind is killed, and nobody dies at the very end', () => {
  for (const seed of seeds) {
    const faults = of(scheduleOf(plan(seed, 300_000)), 'kill', 'start')
    for (const slots of [
      [0, 1, 2, 3, 4, 5],
      [6, 7],
    ]) {
      const some = faults.filter(({ slot }) => slots.includes(slot))
      assert.ok(some.length > 0)
      for (const [index, { kind, slot }] of some.entries()) {
        assert.equal(kind, index % 2 === 0 ? 'kill' : 'start')
        if (kind === 'start') assert.equal(slot, some[index - 1]?.slot)
      }
    }
    assert.ok(of(faults, 'kill').every(({ at }) => at < 286_000))
  }
})

test('a page is stranded before it is killed, in every run once at least, and no process is', () => {
  for (const seed of seeds)
    for (const length of [30_000, 300_000]) {
      const faults = scheduleOf(plan(seed, length))
      const strands = of(faults, 'strand')
      assert.ok(strands.length > 0)
      for (const { at, slot } of strands) {
        assert.ok(slot >= 6 && at > 0)
        const next = of(faults, 'kill', 'start').find((fault) => fault.slot === slot && fault.at > at)
        assert.ok(next && next.at - at <= 3_000)
      }
    }
})

test('every network that went comes back', () => {
  for (const seed of seeds) {
    const faults = of(scheduleOf(plan(seed, 300_000)), 'unplug', 'plug')
    for (const [index, { kind, slot }] of faults.entries()) {
      assert.equal(kind, index % 2 === 0 ? 'unplug' : 'plug')
      if (kind === 'plug') assert.equal(slot, faults[index - 1]?.slot)
    }
    assert.equal(faults.length % 2, 0)
  }
})

test('no fault needs a page where there is none', () => {
  for (const seed of seeds)
    for (const fault of scheduleOf({ seed, length: 30_000, peers: 2, pages: 0 }))
      if ('slot' in fault) assert.ok(fault.slot < 2 && !('other' in fault && fault.other === fault.slot))
})
