import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { concat, fromHex } from '../crypto/bytes.ts'
import { nodeIdentity, nodeSuite } from '../crypto/node.ts'
import { VirtualTime } from '../net/virtual-time.ts'
import { createMemoryStore } from '../store/memory.ts'
import { type Entry, signEntry } from './entry.ts'
import { Forger, linkInRow, linkTo } from './forger.ts'
import { Keeper } from './keeper.ts'
import { Log } from './log.ts'
import { peerAt, room, type SimulatedPeer, TOPIC } from './simulated-peer.ts'

/** Signs a deletion of entries, after `after`. */
function deletion(forger: Forger, targets: readonly Entry[], after: Entry): Promise<Entry> {
  const places = targets.map(({ id, header }) => [header.visit, header.seq, fromHex(id)])
  const place = { visit: forger.visit, seq: after.header.seq + 1, prev: fromHex(after.id), at: 0, kind: 'delete' }
  const clock = after.header.clock + 1
  return signEntry(nodeSuite, TOPIC, forger.identity, { ...place, clock }, { targets: places })
}

/** Three texts, of which the second is deleted by the fourth entry. */
async function story(forger: Forger) {
  const texts = await forger.chainOfTexts(['one', 'secret', 'three'])
  const [, secret, three] = texts
  assert.ok(secret && three)
  return { texts, secret, deletion: await deletion(forger, [secret], three) }
}

type Story = Awaited<ReturnType<typeof story>>

const saysSecret = ({ log }: { log: Log }): boolean =>
  [...log.chains.values()].some(({ entries, older }) =>
    [...entries, ...older].some(({ wire }) => wire.body && Buffer.from(wire.body.content).includes('secret')),
  )

test('what somebody deletes is nowhere any more, though all keep its place, and who comes later gets it without text', async () => {
  const { time, peers } = room(4)
  const forger = new Forger(time.now(), 99)
  const { texts, secret, deletion } = await story(forger)
  const first = peerAt(peers, 0)
  linkInRow(peers.slice(0, 3))
  await linkTo(first, forger).tell(texts)
  await time.pass(10_000)
  assert.ok(peers.slice(0, 3).every(saysSecret))
  await linkTo(first, forger).tell([deletion])
  await time.pass(10_000)
  const late = peerAt(peers, 3)
  late.link(peerAt(peers, 2))
  await time.pass(10_000)
  for (const peer of peers) {
    assert.equal(peer.log.size, 4)
    assert.ok(!saysSecret(peer))
    assert.equal(peer.offences, 0)
    assert.deepEqual(peer.log.vector(), first.log.vector())
    assert.ok(peer.log.at(forger.chain, secret.header.seq)[0]?.wire.deletion)
  }
})

test('a text that was deleted stays so wherever it comes from later', async () => {
  const { time, peers } = room(2)
  const forger = new Forger(time.now(), 99)
  const { texts, secret } = await story(forger)
  const other = new Forger(time.now(), 99)
  const [begin] = await other.chainOfTexts(['another visit'])
  assert.ok(begin)
  const elsewhere = await signEntry(
    nodeSuite,
    TOPIC,
    other.identity,
    { visit: other.visit, seq: 2, prev: fromHex(begin.id), clock: begin.header.clock + 9, at: 0, kind: 'delete' },
    { targets: [[forger.visit, secret.header.seq, fromHex(secret.id)]] },
  )
  const [first, second] = [peerAt(peers, 0), peerAt(peers, 1)]
  await linkTo(first, other).tell([begin, elsewhere])
  await linkTo(first, forger).tell(texts)
  assert.ok(!saysSecret(first))
  second.link(first)
  await time.pass(10_000)
  assert.ok(!saysSecret(second))
  assert.equal(second.log.size, 5)
})

/** A member that was told something that no honest member passes on. */
async function offences(told: (forger: Forger, story: Story) => Promise<Entry[]> | Entry[]) {
  const { time, peers } = room(1)
  const forger = new Forger(time.now(), 99)
  const link = linkTo(peerAt(peers, 0), forger)
  await link.tell(await told(forger, await story(forger)))
  return { offences: link.state.offences, size: peerAt(peers, 0).log.size }
}

test('a body can’t be left out, nor a deletion be made up: not by somebody else, of something else, or of a deletion', async () => {
  const without = (entry: Entry, by: Entry | null): Entry => {
    const body = by?.wire.body
    const deletion = by && body ? { header: by.wire.header, signature: by.wire.signature, body } : undefined
    return { ...entry, wire: { ...entry.wire, body: null, ...(deletion && { deletion }) } }
  }
  // Without a word why, it only proves that it was signed.
  assert.deepEqual(
    await offences((_, { texts: [one, two, three] }) => (one && two && three ? [one, without(two, null), three] : [])),
    { offences: 0, size: 1 },
  )
  const stranger = new Forger(1, 5)
  const [word] = await stranger.chainOfTexts(['hello'])
  for (const make of [
    // By somebody else.
    async (_: Forger, { texts: [one], secret }: Story) =>
      word && one ? [one, without(secret, await deletion(stranger, [secret], word))] : [],
    // Of something else.
    (_: Forger, { texts: [one], deletion: made }: Story) => (one ? [without(one, made)] : []),
    // A deletion of a deletion.
    async (forger: Forger, { texts, deletion: made }: Story) => [
      ...texts,
      without(made, await deletion(forger, [made], made)),
    ],
    // With a body all the same.
    (_: Forger, { texts: [one], secret, deletion: made }: Story) =>
      one ? [one, { ...secret, wire: { ...without(secret, made).wire, body: secret.wire.body } }] : [],
  ])
    assert.equal((await offences(make)).offences, 1)
})

test('whatever parts of a story come in which order, logs of all who were told end equal and without the deleted text', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer(),
      fc.integer({ min: 2, max: 4 }),
      fc.array(fc.nat(3), { maxLength: 4 }),
      async (seed, size, told) => {
        const { time, peers } = room(size, seed)
        const forger = new Forger(time.now(), 99)
        const { texts, deletion } = await story(forger)
        linkInRow(peers)
        const member = (index: number): SimulatedPeer => peerAt(peers, index % size)
        for (const index of told) {
          await linkTo(member(index), forger).tell(texts)
          member(index).sync.close(forger.id)
        }
        await linkTo(member(seed & 3), forger).tell([...texts, deletion])
        await time.pass(30_000)
        for (const peer of peers) {
          assert.equal(peer.log.size, 4)
          assert.ok(!saysSecret(peer))
          assert.equal(peer.offences, 0)
        }
      },
    ),
    { numRuns: 30 },
  )
})

test('what is deleted goes from the disk, and comes back from there without its text', async () => {
  const store = createMemoryStore()
  const [ada, visit] = [nodeIdentity(new Uint8Array(32).fill(1)), new Uint8Array(16).fill(9)]
  const forger = new Forger(1, 99)
  const { texts, deletion } = await story(forger)
  const open = () => {
    const [time, log] = [new VirtualTime(1), new Log()]
    const restored: Entry[] = []
    const roomStore = store.room('07'.repeat(32))
    const mine = Buffer.from(concat(ada.author, visit)).toString('hex')
    const keeper = new Keeper({
      ...{ store: roomStore, byDefault: true, suite: nodeSuite, log, time, mine, heard: () => [] },
      events: {
        restored: (entries) => restored.push(...entries),
        ...{ kept() {}, unkept() {}, forgotten() {}, changed() {}, warn: assert.fail },
      },
    })
    return { time, log, keeper, restored, roomStore }
  }
  const first = open()
  await first.time.pass(100)
  for (const entry of texts) if (first.log.add(entry) === 'added') first.keeper.added(entry)
  await first.time.pass(1_000)
  if (first.log.add(deletion) === 'added') first.keeper.added(deletion)
  first.keeper.deleted(first.log.takeDeleted())
  await first.time.pass(1_000)
  const kept = await first.roomStore.entries(null)
  assert.equal(kept.length, 4)
  assert.ok(!kept.some((record) => 'data' in record && Buffer.from(record.data).includes('secret')))
  const second = open()
  await second.time.pass(1_000)
  assert.deepEqual(second.log.vector(), first.log.vector())
  assert.equal(second.restored.length, 4)
  assert.ok(!saysSecret(second))
})
