import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromHex } from '../crypto/bytes.ts'
import { VirtualTime } from '../net/virtual-time.ts'
import { chainOf, type Entry } from './entry.ts'
import { Forger, linkTo } from './forger.ts'
import type { Limits } from './log.ts'
import { peerAt, SimulatedPeer } from './simulated-peer.ts'

const HOUR = 60 * 60 * 1000
const few = (entries: number): Limits => ({ entries, bytes: 10_000_000 })
const PLENTY = few(100_000)

function members(limits: readonly Limits[], seed = 1): { time: VirtualTime; peers: SimulatedPeer[] } {
  const time = new VirtualTime(seed)
  return { time, peers: limits.map((limit, index) => new SimulatedPeer(time, index + 1, limit)) }
}

const highestFloor = (peers: readonly SimulatedPeer[]) => Math.max(...peers.map(({ log }) => log.floor))
/** Where chains begin that somebody thinned. */
function firsts(peers: readonly SimulatedPeer[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const { log } of peers)
    for (const [key, { first }] of log.chains) found.set(key, Math.max(first, found.get(key) ?? 1))
  return found
}
const above = (peer: SimulatedPeer, floor: number, from: ReadonlyMap<string, number>) =>
  peer.log
    .inOrder()
    .filter(({ header }) => header.clock >= floor)
    .filter(({ header }) => header.seq >= (from.get(chainOf(header.author, header.visit)) ?? 1))
    .map(({ id }) => id)

/** Fails unless all hold the same above the highest floor, nobody was blamed, and nobody has anything more to say. */
async function assertSettled(time: VirtualTime, peers: readonly SimulatedPeer[]): Promise<void> {
  const [floor, from] = [highestFloor(peers), firsts(peers)]
  for (const peer of peers) {
    assert.deepEqual(above(peer, floor, from), above(peerAt(peers, 0), floor, from))
    assert.equal(peer.offences, 0)
    peer.sent.length = 0
  }
  await time.pass(5 * 60_000)
  for (const peer of peers) assert.deepEqual(peer.sent, [])
}

/** One message an hour by each of the peers in turn. */
async function talk(time: VirtualTime, peers: readonly SimulatedPeer[], hours: number): Promise<void> {
  for (let hour = 0; hour < hours; hour++) {
    peerAt(peers, hour % peers.length).say(`hour ${hour}`)
    await time.pass(HOUR)
  }
}

/** A thinned member, one with the whole history, a newcomer; those who spoke are gone. */
async function thinned(limit = few(60)) {
  const { time, peers } = members([limit, PLENTY, PLENTY, PLENTY, PLENTY, PLENTY])
  const [small, whole, newcomer] = [peerAt(peers, 0), peerAt(peers, 1), peerAt(peers, 2)]
  const authors = peers.slice(3)
  for (const author of authors) whole.link(author)
  await talk(time, authors, 75)
  for (const author of authors) whole.cut(author)
  small.link(whole)
  await time.pass(HOUR)
  return { time, small, whole, newcomer, authors }
}

test('old history is thinned, the newest stays, and what was thinned is not sent again', async () => {
  const { time, small, whole } = await thinned()
  assert.ok(small.log.size <= 60 && small.log.size >= 54, `${small.log.size}`)
  assert.ok(small.log.floor > 0)
  assert.deepEqual(small.ids, whole.ids.slice(-small.log.size))
  await assertSettled(time, [small, whole])
  small.cut(whole)
  small.link(whole)
  await time.pass(60_000)
  assert.ok(!whole.sent.some(({ type }) => type === 'entries'))
})

test('a visit that takes more than its share is thinned by itself, and goes on', async () => {
  const { time, peers } = members([few(60), PLENTY])
  const [small, whole] = [peerAt(peers, 0), peerAt(peers, 1)]
  small.link(whole)
  small.say('something old of somebody else')
  await time.pass(HOUR)
  await talk(time, [whole], 100)
  assert.equal(small.log.floor, 0)
  assert.ok(small.log.size <= 31 && small.log.size >= 27, `${small.log.size}`)
  assert.equal(small.log.last(whole.chain), 100)
  assert.equal(small.log.last(small.chain), 1)
  await assertSettled(time, [small, whole])
})

test('what nobody else has of one’s own is never thinned', async () => {
  const { time, peers } = members([few(20), PLENTY])
  const [small, whole] = [peerAt(peers, 0), peerAt(peers, 1)]
  for (let i = 0; i < 9; i++) small.say(`mine ${i}`)
  await time.pass(24 * HOUR)
  const visits = await Promise.all(
    [1, 2, 3, 4].map((n) => new Forger(time.now() - HOUR * 2, 90 + n).chainOfTexts(['a', 'b', 'c', 'd', 'e'])),
  )
  const link = linkTo(small, new Forger(time.now(), 80))
  for (const entries of visits) await link.tell(entries)
  assert.equal(small.log.chains.get(small.chain)?.first, 1)
  small.link(whole)
  await time.pass(60_000)
  assert.equal(whole.log.last(small.chain), 9)
})

test('a newcomer takes a history that begins in the middle, and asks for nothing that nobody has', async () => {
  const { time, small, whole, newcomer } = await thinned()
  small.cut(whole)
  newcomer.link(small)
  await time.pass(60_000)
  assert.deepEqual(newcomer.ids, small.ids)
  await assertSettled(time, [small, newcomer])
})

test('what a thinned member left out is filled in by one who has it', async () => {
  const { time, small, whole, newcomer } = await thinned()
  small.cut(whole)
  newcomer.link(small)
  await time.pass(60_000)
  assert.equal(newcomer.log.size, small.log.size)
  newcomer.link(whole)
  await time.pass(60_000)
  assert.deepEqual(newcomer.ids, whole.ids)
  await assertSettled(time, [whole, newcomer])
  assert.equal(newcomer.log.chains.size, whole.log.chains.size)
  for (const chain of newcomer.log.chains.values()) assert.deepEqual([chain.first, chain.older], [1, []])
})

test('an old tab keeps what it has across a hole, and the hole is filled when somebody can', async () => {
  const { time, small, whole, newcomer: old } = await thinned()
  small.cut(whole)
  // It heard the beginning only.
  const beginning = whole.log.inOrder().slice(0, 9)
  const forger = new Forger(time.now(), 99)
  await linkTo(old, forger).tell(beginning)
  old.sync.close(forger.id)
  old.link(small)
  await time.pass(60_000)
  assert.equal(old.log.size, 9 + small.log.size)
  assert.deepEqual(
    old.ids.slice(0, 9),
    beginning.map(({ id }) => id),
  )
  await assertSettled(time, [small, old])
  old.link(whole)
  await time.pass(60_000)
  assert.deepEqual(old.ids, whole.ids)
})

test('who says that a chain begins late makes nobody lose what came before', async () => {
  const { time, peers } = members([PLENTY, PLENTY])
  const [ada, ben] = [peerAt(peers, 0), peerAt(peers, 1)]
  await talk(time, [ben], 60)
  const entries: Entry[] = ben.log.inOrder()
  const [first] = entries
  const last = entries.at(-1)
  assert.ok(first && last)
  const link = linkTo(ada, new Forger(time.now(), 99))
  await link.say({
    type: 'vector',
    rows: [[first.header.author, first.header.visit, 40, 60, fromHex(last.id) ?? new Uint8Array(32), false]],
    last: true,
  })
  await link.tell(entries.slice(39))
  assert.equal(ada.log.size, 21)
  ada.link(ben)
  await time.pass(60_000)
  assert.deepEqual(ada.ids, ben.ids)
})

test('a chain that its author forked below another’s floor is cut there too', async () => {
  const { time, peers } = members([PLENTY, few(60)])
  const [whole, small] = [peerAt(peers, 0), peerAt(peers, 1)]
  const forger = new Forger(time.now(), 99)
  const common = await forger.chainOfTexts(Array.from({ length: 10 }, (_, i) => `${i}`))
  const ends = common.at(-1) ?? null
  const [one, other] = [await forger.chainOfTexts(['yes'], ends), await forger.chainOfTexts(['no'], ends)]
  const rest: Entry[] = []
  for (let i = 0; i < 80; i++) {
    await time.pass(HOUR)
    const clock = time.now() * 1024
    rest.push(await forger.sign(rest.at(-1) ?? one[0] ?? null, `later ${i}`, { clock }))
  }
  const toSmall = linkTo(small, new Forger(time.now(), 98))
  for (const entry of [...common, ...one, ...rest]) await toSmall.tell([entry])
  assert.ok(small.log.chains.get(forger.chain)?.first ?? 0 > 12)
  await linkTo(whole, new Forger(time.now(), 97)).tell([...common, ...one, ...other])
  small.link(whole)
  await time.pass(60_000)
  for (const { log } of [small, whole]) assert.ok(log.chains.get(forger.chain)?.fork)
  await assertSettled(time, [small, whole])
})

/** Who speaks, and how often, in turn. */
const said = (...who: readonly number[]) =>
  who.flatMap((one, index) => (index % 2 === 0 ? [{ do: 'say' as const, who: one, times: who[index + 1] ?? 1 }] : []))

test('whatever is thinned where, whoever comes late or was away: above the highest floor all logs end equal, and then there is silence', async () => {
  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ do: fc.constant('say' as const), who: fc.nat(), times: fc.integer({ min: 1, max: 12 }) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constantFrom('link' as const, 'cut' as const), who: fc.nat(), other: fc.nat() }),
    },
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(30, 60, 100, 100_000), { minLength: 2, maxLength: 5 }),
      fc.array(step, { minLength: 10, maxLength: 40 }),
      fc.nat(),
      async (sizes, steps, seed) => {
        const { time, peers } = members([...sizes, 100_000].map(few), seed)
        const active = peers.slice(0, -1)
        const linked = new Set<string>()
        for (const one of steps) {
          const peer = peerAt(active, one.who % active.length)
          if (one.do === 'say') {
            for (let i = 0; i < one.times; i++) {
              peer.say(`${i}`)
              await time.pass(HOUR)
            }
            continue
          }
          const other = peerAt(active, one.other % active.length)
          const key = [peer.id, other.id].sort().join()
          if (peer === other || linked.has(key) === (one.do === 'link')) continue
          if (one.do === 'link') peer.link(other)
          else peer.cut(other)
          linked[one.do === 'link' ? 'add' : 'delete'](key)
          await time.pass(HOUR)
        }
        // What is young is not thinned: of that, whole visits go where there is too much.
        await time.pass(2 * HOUR)
        for (const [index, one] of peers.entries())
          for (const other of peers.slice(index + 1)) {
            if (!linked.has([one.id, other.id].sort().join())) one.link(other)
            await time.pass(1_000)
          }
        await time.pass(10 * 60_000)
        await assertSettled(time, peers)
        for (const [index, { log }] of peers.entries())
          assert.ok(log.size <= (sizes[index] ?? 100_000) * 1.6 + 40, `${log.size} of ${sizes[index]}`)
      },
    ),
    {
      numRuns: 60,
      // Once: a visit beyond its share was thinned, and then whole visits were dropped for want of room.
      examples: [
        [
          [100_000, 30, 30, 30],
          [
            ...said(0, 5, 1, 1),
            { do: 'link', who: 0, other: 1 },
            ...said(0, 4, 1, 2, 1, 4, 0, 2, 2, 9, 1, 8, 2, 1, 0, 6),
          ],
          0,
        ],
      ],
    },
  )
})
