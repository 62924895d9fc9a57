import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CandidateFacts } from './candidate.ts'
import { PathWatch } from './path-watch.ts'
import type { Path, Route } from './route.ts'
import { VirtualTime } from './virtual-time.ts'

const FACTS: CandidateFacts = { kind: 'host', protocol: 'udp', address: 'private', family: 4 }

function setUp() {
  const time = new VirtualTime()
  const now: { route: Route | null; looks: number } = { route: 'relay-udp', looks: 0 }
  const told: Route[] = []
  const look = async (): Promise<Path | null> => {
    now.looks++
    return now.route && { route: now.route, rtt: now.looks, own: FACTS, other: FACTS }
  }
  return { time, now, told, watch: new PathWatch(look, time, ({ route }) => told.push(route)) }
}

test('the path is looked at when the link comes up and once it has settled, and then not again', async () => {
  const { time, now, told, watch } = setUp()
  await time.pass(60_000)
  assert.equal(now.looks, 0)
  watch.up()
  await time.pass(3_600_000)
  assert.equal(now.looks, 2)
  assert.deepEqual(told, ['relay-udp'])
})

test('after changes of path it is looked at once, when they have settled', async () => {
  const { time, now, told, watch } = setUp()
  watch.moved()
  watch.up()
  await time.pass(10)
  now.route = 'nat'
  for (let i = 0; i < 5; i++) {
    watch.moved()
    await time.pass(100)
  }
  assert.equal(now.looks, 1)
  await time.pass(60_000)
  assert.equal(now.looks, 2)
  assert.deepEqual(told, ['relay-udp', 'nat'])
})

test('while somebody looks it is kept up to date, and nobody is told of the same route twice', async () => {
  const { time, now, told, watch } = setUp()
  const stops = [watch.watch(), watch.watch()]
  await time.pass(5_000)
  assert.equal(now.looks, 0)
  watch.up()
  await time.pass(5_500)
  assert.equal(now.looks, 6)
  assert.equal(watch.path?.rtt, 6)
  stops[0]?.()
  stops[0]?.()
  await time.pass(2_000)
  assert.equal(now.looks, 8)
  stops[1]?.()
  await time.pass(60_000)
  assert.equal(now.looks, 8)
  assert.deepEqual(told, ['relay-udp'])
})

test('a closed link is not looked at, and a look that comes back later tells nothing', async () => {
  const { time, now, told, watch } = setUp()
  watch.watch()
  watch.up()
  watch.stop()
  await time.pass(60_000)
  assert.equal(now.looks, 1)
  assert.deepEqual(told, [])
})
