import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bytes, utf8 } from '../crypto/bytes.ts'
import { encode } from '../crypto/msgpack.ts'
import { nodeSuite } from '../crypto/node.ts'
import { read } from '../crypto/schema.ts'
import type { WireEntry } from '../net/frame.ts'
import { frameSchema } from '../net/frame.ts'
import { seededRandom } from '../net/virtual-time.ts'
import { chainOf, textOf } from './entry.ts'
import { Forger, linkInRow, linkTo } from './forger.ts'
import { TICKS } from './hybrid-clock.ts'
import { peerAt, room, TOPIC } from './simulated-peer.ts'
import { verifyEntry } from './verify.ts'

test('each kind of forged entry is refused, and counted against who sent it', async () => {
  const { time, peers } = room(2)
  const [ada, ben] = [peerAt(peers, 0), peerAt(peers, 1)]
  ada.say('pay Ben 10')
  await time.pass(10)
  const [said] = ada.log.at(ada.chain, 1)
  assert.ok(said)
  const forger = new Forger(time.now(), 99)
  const honest = await forger.sign(null, 'mine')
  const elsewhere = await forger.sign(null, 'said elsewhere', {}, new Uint8Array(32).fill(8))
  const inAdasName = { ...honest.wire, header: encode({ ...honest.header, author: ada.identity.author }) }
  const inAdasVisit = { ...honest.wire, header: encode({ ...honest.header, visit: ada.visit }) }
  const lateHeader = encode({ ...said.header, at: said.header.at + 1 })
  const forged: Record<string, WireEntry> = {
    'copied from another room': elsewhere.wire,
    'in the name of another': inAdasName,
    'in the visit of another': inAdasVisit,
    'with another time': { ...said.wire, header: lateHeader },
    'with words of another entry': { ...said.wire, body: honest.wire.body },
    'with the signature of another entry': { ...said.wire, signature: honest.wire.signature },
    'with a header that is none': { ...said.wire, header: utf8('nonsense') },
    'with a field too many': { ...honest.wire, header: encode({ ...honest.header, extra: 1 }) },
  }
  const link = linkTo(ben, forger)
  for (const [index, [what, wire]] of Object.entries(forged).entries()) {
    await link.say({ type: 'entries', entries: [wire] })
    assert.deepEqual([ben.log.size, link.state.offences], [0, index + 1], what)
  }
})

test('doubled entries, unknown kinds, absurd clocks and contents of the wrong form do no harm', async () => {
  const { time, peers } = room(3)
  const ben = peerAt(peers, 0)
  const forger = new Forger(time.now(), 99)
  const unknown = await forger.sign(null, 'x', { kind: 'unheard-of' })
  const far = await forger.sign(unknown, 'from the year 280000', {
    clock: Number.MAX_SAFE_INTEGER - 1,
    at: 8_640_000_000_000_000,
  })
  const link = linkTo(ben, forger)
  await link.tell([unknown, unknown, far, far, unknown])
  linkInRow(peers)
  await time.pass(20_000)
  assert.equal(link.state.offences, 0)
  for (const peer of peers) assert.equal(peer.log.size, 2)
  // A day ahead at most: the next honest clock is not driven up to the end of numbers.
  ben.say('still here')
  await time.pass(20_000)
  const [mine] = ben.log.at(ben.chain, 1)
  assert.ok(mine && mine.header.clock <= (time.now() + 86_400_001) * TICKS)
  for (const peer of peers) assert.equal(peer.log.size, 3)
  const late = await forger.sign(unknown, 'earlier than what it follows', { clock: 1 })
  await link.tell([late])
  assert.equal(link.state.offences, 1)
})

test('a relay that strips what others said can’t keep a newcomer from the whole', async () => {
  const { time, peers } = room(2)
  const [ada, newcomer] = [peerAt(peers, 0), peerAt(peers, 1)]
  for (let i = 0; i < 5; i++) ada.say(`message ${i}`)
  await time.pass(10)
  const forger = new Forger(time.now(), 99)
  const link = linkTo(newcomer, forger)
  const stripped = ada.log.inOrder().map(({ wire }) => ({ ...wire, body: null }))
  await link.say({ type: 'entries', entries: stripped })
  assert.equal(newcomer.log.size, 0)
  newcomer.link(ada)
  await time.pass(10_000)
  assert.deepEqual(newcomer.texts, ada.texts)
  assert.equal(newcomer.forks.length, 0)
})

test('any flipped bit of an entry is refused', async () => {
  const entry = await new Forger(1_000_000, 99).sign(null, 'hello')
  const { header, signature, body } = entry.wire
  assert.ok(body)
  const parts: [string, Bytes, (changed: Bytes) => WireEntry][] = [
    ['header', header, (changed) => ({ ...entry.wire, header: changed })],
    ['signature', signature, (changed) => ({ ...entry.wire, signature: changed })],
    ['salt', body.salt, (changed) => ({ ...entry.wire, body: { ...body, salt: changed } })],
    ['content', body.content, (changed) => ({ ...entry.wire, body: { ...body, content: changed } })],
  ]
  assert.ok(await verifyEntry(nodeSuite, TOPIC, entry.wire, 0))
  for (const [name, bytes, put] of parts)
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = new Uint8Array(bytes)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      assert.equal(await verifyEntry(nodeSuite, TOPIC, put(changed), 0), null, `${name}, bit ${bit}`)
    }
})

test('20,000 mutated frames: nothing is thrown, and nothing is accepted that was not signed as it is', async () => {
  const random = seededRandom(11)
  const { time, peers } = room(1)
  const ben = peerAt(peers, 0)
  ben.say('mine')
  await time.pass(10)
  const forger = new Forger(time.now(), 99)
  const entries = await forger.chainOfTexts(['one', 'two', 'three'])
  const genuine = new Set([...entries.map(({ id }) => id), ...ben.ids])
  const models = [
    encode({ type: 'entries', entries: entries.map(({ wire }) => wire) }),
    encode({ type: 'entries', entries: entries.slice(1).map(({ wire }) => wire) }),
    encode({
      type: 'vector',
      rows: [...ben.log.vector(), [forger.identity.author, forger.visit, 1, 3, new Uint8Array(32), true]],
      last: true,
    }),
    encode({ type: 'have', rows: [[ben.identity.author, ben.visit, 1, 1, new Uint8Array(32), false]] }),
    encode({ type: 'want', author: ben.identity.author, visit: ben.visit, from: 1 }),
    encode({ type: 'digest', digest: new Uint8Array(32), floor: 0 }),
  ]
  const link = linkTo(ben, forger)
  for (let i = 0; i < 20_000; i++) {
    const data = new Uint8Array(models[i % models.length] ?? [])
    for (let changes = 0; changes <= i % 3; changes++)
      data[Math.floor(random() * data.length)] = Math.floor(random() * 256)
    const frame = read(frameSchema, data)
    if (frame) void link.say(frame)
    if (i % 500 === 0) await time.pass(10_000)
    link.heard.length = 0
  }
  await time.pass(600_000)
  for (const { id, content } of ben.log.inOrder()) assert.ok(genuine.has(id), JSON.stringify(content))
  assert.deepEqual(
    ben.log
      .inOrder()
      .filter(({ header }) => chainOf(header.author, header.visit) === ben.chain)
      .map((entry) => textOf(entry)?.text),
    ['mine'],
  )
})
