import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromHex, randomBytes } from '../crypto/bytes.ts'
import type { Entry } from './entry.ts'
import { Forger, linkInRow, linkTo } from './forger.ts'
import { TICKS } from './hybrid-clock.ts'
import { peerAt, room } from './simulated-peer.ts'

test('a flood of visits, of forks and of one endless visit takes bounded memory, and honest messages go on', async () => {
  const limits = { entries: 600, bytes: 600_000 }
  const { time, peers } = room(4, 1, limits)
  linkInRow(peers)
  const forger = new Forger(time.now(), 99)
  const [ada, last] = [peerAt(peers, 0), peerAt(peers, 3)]
  const link = linkTo(ada, forger)
  let most = 0
  for (let i = 0; i < 2_000; i++) {
    const other = new Forger(time.now() + 10 ** (i % 12), 100 + (i % 50))
    const one = await other.sign(null, `flood ${i}`)
    await link.tell(i % 2 ? [one] : [one, await other.sign(null, 'or not')])
    if (i % 80 === 0) last.say(`honest ${i}`)
    if (i % 20 === 0) await time.pass(1_000)
    for (const { log } of peers) most = Math.max(most, log.chains.size + log.size, log.bytes / 1_000)
  }
  let before: Entry | null = null
  for (let i = 0; i < 1_000; i++) {
    before = await forger.sign(before, 'x'.repeat(1_000))
    await link.tell([before])
    if (i % 50 === 0) last.say(`honest still ${i}`)
    if (i % 20 === 0) await time.pass(1_000)
    for (const { log } of peers) most = Math.max(most, log.chains.size + log.size, log.bytes / 1_000)
  }
  assert.ok(most > 500 && most < 1_300, `${most}`)
  await time.pass(120_000)
  assert.equal(last.log.last(last.chain), 45)
  for (const peer of peers) assert.equal(peer.log.last(last.chain), 45, 'each honest message is everywhere')
})

test('a visit that was dropped comes back whole when its author speaks again', async () => {
  const { time, peers } = room(2, 1, { entries: 100, bytes: 1_000_000 })
  const [ada, ben] = [peerAt(peers, 0), peerAt(peers, 1)]
  const early = new Forger(time.now() - 1_000_000, 99)
  const said = await early.chainOfTexts(['one', 'two'])
  const link = linkTo(ada, new Forger(time.now(), 97))
  await link.tell(said)
  for (let i = 0; i < 120; i++) await link.tell([await new Forger(time.now(), 98).sign(null, `flood ${i}`)])
  assert.equal(ada.log.last(early.chain), 0)
  await link.tell(said)
  assert.equal(ada.log.last(early.chain), 0, 'it is not taken again as it was')
  const third = await early.sign(said[1] ?? null, 'I am back', { clock: (time.now() + 1) * TICKS })
  link.heard.length = 0
  await link.tell([third])
  assert.ok(link.heard.some((frame) => frame.type === 'want' && frame.from === 1))
  await link.tell([...said, third])
  assert.equal(ada.log.last(early.chain), 3)
  ada.link(ben)
  await time.pass(20_000)
  assert.equal(ben.log.last(early.chain), 3)
})

test('a peer that sends faster than its frames can be handled is held back, and nothing of it is lost', async () => {
  const { time, peers } = room(1)
  const ben = peerAt(peers, 0)
  const forger = new Forger(time.now(), 99)
  const long = 'x'.repeat(15_000)
  const entries = await forger.chainOfTexts(Array.from({ length: 700 }, () => long))
  const link = linkTo(ben, forger)
  const id = entries.at(-1)?.id ?? ''
  void link.say({
    type: 'vector',
    rows: [[forger.identity.author, forger.visit, 1, 700, fromHex(id) ?? randomBytes(32), false]],
    last: true,
  })
  // All at once, as no honest peer sends: what doesn't fit is dropped.
  const told = entries.map((entry) => link.tell([entry]))
  await Promise.all(told)
  const first = ben.log.last(forger.chain)
  assert.ok(first > 100 && first < 700, `${first}`)
  const want = link.heard.findLast((frame) => frame.type === 'want')
  assert.ok(want?.type === 'want' && want.from === first + 1)
  for (const entry of entries.slice(first)) await link.tell([entry])
  assert.equal(ben.log.last(forger.chain), 700)
})
