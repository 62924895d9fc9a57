import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromHex, randomBytes } from '../crypto/bytes.ts'
import type { Frame } from '../net/frame.ts'
import type { Entry } from './entry.ts'
import { Forger, linkInRow, linkTo } from './forger.ts'
import { peerAt, room, type SimulatedPeer } from './simulated-peer.ts'

const vectorOf = (peer: SimulatedPeer) => peer.log.vector()

test('what a member tells differently to two others is hidden by all, who end with equal logs and blame no relay', async () => {
  const { time, peers } = room(4)
  const forger = new Forger(time.now(), 99)
  const common = await forger.chainOfTexts(['one', 'two'])
  const last = common[1]
  assert.ok(last)
  const [first, second] = [peerAt(peers, 0), peerAt(peers, 3)]
  await linkTo(first, forger).tell([...common, ...(await forger.chainOfTexts(['I said yes', 'and more'], last))])
  await linkTo(second, forger).tell([
    ...common,
    ...(await forger.chainOfTexts(['I said no', 'and others', 'too'], last)),
  ])
  assert.deepEqual([first.log.size, second.log.size], [4, 5])
  linkInRow(peers)
  first.say('an honest word')
  await time.pass(60_000)
  for (const peer of peers) {
    assert.deepEqual(vectorOf(peer), vectorOf(first))
    assert.equal(peer.log.size, 3)
    assert.ok(peer.log.chains.get(forger.chain)?.fork)
    assert.ok(peer.forks.includes(forger.chain))
    assert.equal(peer.offences, 0)
  }
})

test('however many versions of a chain there are, wherever they part and whoever was told which: logs end equal', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: 5 }),
      fc.integer(),
      fc.array(fc.record({ partsAt: fc.nat(4), length: fc.integer({ min: 1, max: 4 }), told: fc.nat(31) }), {
        minLength: 1,
        maxLength: 5,
      }),
      fc.boolean(),
      async (size, seed, versions, linkedBefore) => {
        const { time, peers } = room(size, seed)
        if (linkedBefore) linkInRow(peers)
        const forger = new Forger(time.now(), 99)
        const known: Entry[][] = []
        for (const [index, { partsAt, length, told }] of versions.entries()) {
          const stem = (known[0] ?? []).slice(0, partsAt)
          const texts = Array.from({ length }, (_, n) => `version ${index}, ${n}`)
          const version = [...stem, ...(await forger.chainOfTexts(texts, stem.at(-1) ?? null))]
          known.push(version)
          for (const [bit, peer] of peers.entries()) if (told & (1 << bit)) await linkTo(peer, forger).tell(version)
          if (told % 3 === 0) await time.pass(2_000)
        }
        for (const peer of peers) peer.sync.close(forger.id)
        if (!linkedBefore) linkInRow(peers)
        peerAt(peers, 0).say('an honest word')
        await time.pass(200_000)
        for (const peer of peers) {
          assert.deepEqual(vectorOf(peer), vectorOf(peerAt(peers, 0)))
          assert.deepEqual(peer.ids, peerAt(peers, 0).ids)
          assert.equal(peer.offences, 0)
        }
        assert.equal(time.pending, 0, 'nobody goes on asking')
      },
    ),
    { numRuns: 150 },
  )
})

test('another version of a chain is asked for, and answered, from its start', async () => {
  const { time, peers } = room(1)
  const ben = peerAt(peers, 0)
  const forger = new Forger(time.now(), 99)
  const [one, two, three] = await forger.chainOfTexts(['one', 'two', 'three'])
  assert.ok(one && two && three)
  const relay = new Forger(time.now(), 98)
  const link = linkTo(ben, relay)
  await link.tell([one, two])
  const { author } = forger.identity
  const rowTo = (entry: Entry): Frame => ({
    type: 'vector',
    rows: [[author, forger.visit, 1, entry.header.seq, fromHex(entry.id) ?? randomBytes(32), false]],
    last: true,
  })
  await link.say(rowTo(two))
  await time.pass(10_000)
  assert.ok(!link.heard.some(({ type }) => type === 'entries'), 'it has them')
  const [other] = await forger.chainOfTexts(['not two'], one)
  assert.ok(other)
  await link.say(rowTo(other))
  await time.pass(10_000)
  const sent = link.heard.flatMap((frame) => (frame.type === 'entries' ? frame.entries : []))
  assert.deepEqual(sent, [one.wire, two.wire])

  link.heard.length = 0
  await link.tell(await forger.chainOfTexts(['after not two'], other))
  assert.deepEqual(
    link.heard.map((frame) => frame.type === 'want' && frame.from),
    [1],
  )
})
