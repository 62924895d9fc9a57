import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { nodeSuite } from '../crypto/node.ts'
import { chainOf, type Entry, signEntry } from './entry.ts'
import { HybridClock } from './hybrid-clock.ts'
import { Log } from './log.ts'
import { assertEqualLogs, peerAt, room, type SimulatedPeer, TOPIC } from './simulated-peer.ts'

const entriesSent = (peer: SimulatedPeer): number =>
  peer.sent.reduce((sum, frame) => sum + (frame.type === 'entries' ? frame.entries.length : 0), 0)

test('a message reaches every linked member, and its author learns that it did', async () => {
  const { time, peers } = room(3)
  const [a, b, c] = [peerAt(peers, 0), peerAt(peers, 1), peerAt(peers, 2)]
  a.link(b)
  a.link(c)
  b.link(c)
  await time.pass(500)
  a.say('hi')
  await time.pass(500)
  assertEqualLogs(peers, 1)
  assert.deepEqual([a.covered.get(b.id), a.covered.get(c.id)], [1, 1])
})

test('a latecomer has the whole conversation, in the same order', async () => {
  const { time, peers } = room(3)
  const [a, b, c] = [peerAt(peers, 0), peerAt(peers, 1), peerAt(peers, 2)]
  a.link(b)
  for (let i = 0; i < 300; i++) {
    ;(i % 3 ? a : b).say(`message ${i} ${'x'.repeat(500)}`)
    if (i % 10 === 0) await time.pass(20)
  }
  await time.pass(1_000)
  c.link(a)
  c.link(b)
  await time.pass(10_000)
  assertEqualLogs(peers, 300)
})

test('what is written in the middle of a backlog arrives once, and before the rest of the backlog', async () => {
  const { time, peers } = room(3)
  const [a, b, c] = [peerAt(peers, 0), peerAt(peers, 1), peerAt(peers, 2)]
  a.link(b)
  for (let i = 0; i < 400; i++) b.say('x'.repeat(2_000))
  await time.pass(10_000)
  c.link(a)
  await time.pass(120)
  assert.ok(c.log.size > 0 && c.log.size < 300, `in the middle of it: ${c.log.size}`)
  a.say('now')
  await time.pass(200)
  assert.ok(c.log.size < 400, 'the backlog still goes on')
  assert.ok(c.texts.some((content) => JSON.stringify(content) === '{"text":"now"}'))
  await time.pass(30_000)
  assertEqualLogs(peers, 401)
})

test('what one wrote alone on an earlier visit goes out at once, whoever’s turn it is to tell a newcomer the rest', async () => {
  const { time, peers } = room(6)
  const [a, newcomer] = [peerAt(peers, 0), peerAt(peers, 2)]
  for (const other of peers) if (other !== a && other !== newcomer) a.link(other)
  await time.pass(1_000)
  const visit = new Uint8Array(16).fill(99)
  const place = { visit, seq: 1, prev: null, clock: 1, at: time.now(), kind: 'text' }
  const entry = await signEntry(nodeSuite, TOPIC, a.identity, place, { text: 'written alone' })
  a.log.add(entry)
  a.urgent.add(chainOf(entry.header.author, visit))
  a.link(newcomer)
  await time.pass(500)
  assert.deepEqual(newcomer.texts, [{ text: 'written alone' }])
})

test('nothing is said of what one holds before it is read from the disk, nor before it is written there', async () => {
  const { time, peers } = room(2)
  const [a, b] = [peerAt(peers, 0), peerAt(peers, 1)]
  let isRead: () => void = () => {}
  let isWritten: () => void = () => {}
  a.ready = new Promise((resolve) => {
    isRead = resolve
  })
  b.say('before they met')
  await time.pass(0)
  a.link(b)
  await time.pass(2_000)
  assert.deepEqual(a.sent, [])
  a.settled = new Promise((resolve) => {
    isWritten = resolve
  })
  isRead()
  await time.pass(2_000)
  assert.deepEqual(a.sent, [])
  assert.equal(b.covered.size, 0)
  isWritten()
  await time.pass(2_000)
  assert.equal(a.log.size, 1)
  assert.equal(b.covered.get(a.id), 1)
  a.settled = new Promise((resolve) => {
    isWritten = resolve
  })
  b.say('afterwards')
  await time.pass(5_000)
  assert.deepEqual([a.log.size, b.covered.get(a.id)], [2, 1], 'it has come, and is not on the disk')
  isWritten()
  await time.pass(1_000)
  assert.equal(b.covered.get(a.id), 2)
})

test('entries pass on over any path: three in a row, none linked to all', async () => {
  const { time, peers } = room(4)
  for (let i = 0; i < 3; i++) peerAt(peers, i).link(peerAt(peers, i + 1))
  peers.forEach((peer, index) => {
    peer.say(`from ${index}`)
  })
  await time.pass(15_000)
  assertEqualLogs(peers, 4)
})

test('in a full mesh a message crosses each link once', async () => {
  const { time, peers } = room(8)
  for (const [index, peer] of peers.entries()) for (const other of peers.slice(index + 1)) peer.link(other)
  await time.pass(5_000)
  const writer = peerAt(peers, 0)
  for (let i = 0; i < 10; i++) {
    writer.say(`message ${i}`)
    await time.pass(300)
  }
  await time.pass(10_000)
  assertEqualLogs(peers, 10)
  assert.equal(entriesSent(writer), 70)
  for (const peer of peers.slice(1)) assert.equal(entriesSent(peer), 0)
})

test('a newcomer gets its history from one member, not from all', async () => {
  const { time, peers } = room(6)
  const old = peers.slice(0, 5)
  const newcomer = peerAt(peers, 5)
  for (const [index, peer] of old.entries()) for (const other of old.slice(index + 1)) peer.link(other)
  for (let i = 0; i < 50; i++) peerAt(old, i % 5).say(`message ${i}`)
  await time.pass(10_000)
  for (const peer of old) peer.sent.length = 0
  for (const peer of old) newcomer.link(peer)
  await time.pass(20_000)
  assertEqualLogs(peers, 50)
  // Each sends its own ten at once; the forty of the others come from one of them.
  assert.deepEqual(old.map(entriesSent).sort(), [10, 10, 10, 10, 50])
})

test('equal logs exchange a digest and nothing else', async () => {
  const { time, peers } = room(2)
  const [a, b] = [peerAt(peers, 0), peerAt(peers, 1)]
  a.link(b)
  a.say('hi')
  b.say('ho')
  await time.pass(5_000)
  a.cut(b)
  a.sent.length = b.sent.length = 0
  a.link(b)
  await time.pass(5_000)
  assert.deepEqual(
    [...a.sent, ...b.sent].map(({ type }) => type),
    ['digest', 'digest'],
  )
})

test('an entry above a gap is asked for again from the gap on, and is no offence', async () => {
  const { time, peers } = room(2)
  const [a, b] = [peerAt(peers, 0), peerAt(peers, 1)]
  for (let i = 0; i < 5; i++) a.say(`message ${i}`)
  await time.pass(10)
  a.link(b)
  const third = a.log.at(a.chain, 3)[0]
  assert.ok(third)
  await b.sync.receive(a.id, { type: 'entries', entries: [third.wire] })
  assert.deepEqual(b.sent.map((frame) => (frame.type === 'want' ? frame.from : frame.type)).includes(1), true)
  await time.pass(5_000)
  assertEqualLogs(peers, 5)
})

test('an altered entry is an offence of the one who passed it on, and is not kept', async () => {
  const { time, peers } = room(2)
  const [a, b] = [peerAt(peers, 0), peerAt(peers, 1)]
  a.say('pay Ada')
  await time.pass(10)
  const entry = a.log.at(a.chain, 1)[0]
  assert.ok(entry?.wire.body)
  let offences = 0
  b.sync.open(a.id, a.chain, { send: () => {}, unsent: 0, offence: () => offences++ })
  const content = new Uint8Array(entry.wire.body.content)
  content[content.length - 1] = (content.at(-1) ?? 0) ^ 1
  const header = new Uint8Array(entry.wire.header)
  header[header.length - 1] = (header.at(-1) ?? 0) ^ 1
  const signature = new Uint8Array(entry.wire.signature)
  signature[0] = (signature[0] ?? 0) ^ 1
  const altered = [
    { ...entry.wire, body: { ...entry.wire.body, content } },
    { ...entry.wire, header },
    { ...entry.wire, signature },
  ]
  await b.sync.receive(a.id, { type: 'entries', entries: altered })
  assert.equal(offences, 3)
  assert.equal(b.log.size, 0)
})

test('an entry that contradicts its predecessor is not kept', async () => {
  const { time, peers } = room(1)
  const author = peerAt(peers, 0)
  author.say('one')
  author.say('two')
  await time.pass(10)
  const [one, two] = author.log.inOrder()
  assert.ok(one && two)
  const log = new Log()
  assert.equal(log.add(two), 'gap')
  assert.equal(log.add(one), 'added')
  assert.equal(log.add(one), 'known')
  const header = { ...two.header, clock: one.header.clock }
  assert.equal(log.add({ ...two, header }), 'invalid')
  assert.equal(log.add({ ...two, header: { ...two.header, prev: new Uint8Array(32) } }), 'branch')
  assert.equal(log.add(two), 'added')
  assert.equal(log.add({ ...two, id: one.id }), 'forked')
})

test('whatever is linked, cut and written in whatever order: all logs end equal, in the same order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: 6 }),
      fc.integer(),
      fc.array(
        fc.record({
          act: fc.constantFrom('say', 'say', 'say', 'link', 'link', 'cut', 'pass'),
          a: fc.nat(5),
          b: fc.nat(5),
          ms: fc.nat(3_000),
        }),
        { maxLength: 60 },
      ),
      async (size, seed, steps) => {
        const { time, peers } = room(size, seed)
        const linked = new Set<string>()
        let said = 0
        for (const { act, a, b, ms } of steps) {
          const [first, second] = [peerAt(peers, a % size), peerAt(peers, b % size)]
          const pair = [first.id, second.id].sort().join()
          if (act === 'say') first.say(`message ${++said}`)
          else if (act === 'pass') await time.pass(ms)
          else if (first !== second && act === 'link' && !linked.has(pair)) {
            linked.add(pair)
            first.link(second)
          } else if (first !== second && act === 'cut' && linked.delete(pair)) first.cut(second)
        }
        // In the end a line joins everyone, so that most hear of most over others.
        for (let i = 0; i + 1 < size; i++) {
          const [first, second] = [peerAt(peers, i), peerAt(peers, i + 1)]
          if (!linked.has([first.id, second.id].sort().join())) first.link(second)
        }
        await time.pass(120_000)
        assertEqualLogs(peers, said)
        assert.equal(time.pending, 0, 'nothing is left to do')
      },
    ),
    { numRuns: 150 },
  )
})

test('display order is by clock, and an answer sorts after its question even where wall clocks disagree', async () => {
  const { time, peers } = room(2)
  const [a, b] = [peerAt(peers, 0), peerAt(peers, 1)]
  const slow = new HybridClock(() => time.now() - 3_600_000)
  a.link(b)
  a.say('question')
  await time.pass(1_000)
  const question: Entry | undefined = a.log.inOrder()[0]
  assert.ok(question)
  slow.observe(question.header.clock)
  assert.ok(slow.tick() > question.header.clock)
})
