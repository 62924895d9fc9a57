import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bytes, toHex } from '../crypto/bytes.ts'
import { nodeIdentity, nodeSuite } from '../crypto/node.ts'
import { createVisit } from '../crypto/visit.ts'
import type { Frame } from './frame.ts'
import type { Link } from './link.ts'
import { Presence } from './presence.ts'
import { VirtualTime } from './virtual-time.ts'

const TOPIC: Bytes = new Uint8Array(32).fill(1)

interface Member {
  readonly id: string
  readonly presence: Presence
  readonly links: Map<string, Link>
  readonly told: string[]
  offences: number
}

/** A room of members whose links carry leases with a delay, and nothing else. */
class Room {
  readonly time = new VirtualTime(5)
  frames = 0

  async add(name = 'Ada'): Promise<Member> {
    const identity = nodeIdentity()
    const visit = await createVisit(nodeSuite, TOPIC, identity.author)
    const links = new Map<string, Link>()
    const told: string[] = []
    const presence = new Presence({
      suite: nodeSuite,
      identity,
      visit,
      topic: TOPIC,
      time: this.time,
      name: () => name,
      heads: async () => [],
      links: () => links,
      events: {
        leased: (peer, lease) => told.push(`${peer} ${lease.n}`),
        ended: (peer, bye) => told.push(`${bye ? 'bye' : 'ended'} ${peer}`),
      },
    })
    return { id: toHex(visit.peer), presence, links, told, offences: 0 }
  }

  link(a: Member, b: Member): void {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const link = {
        send: (frame: Frame) => {
          this.frames++
          if (frame.type === 'lease')
            this.time.after(20, () => other.links.has(one.id) && void other.presence.receive(one.id, frame))
        },
        offence: () => one.offences++,
      } as unknown as Link
      one.links.set(other.id, link)
    }
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const link = one.links.get(other.id)
      if (link) one.presence.introduce(link)
    }
  }

  cut(a: Member, b: Member): void {
    a.links.delete(b.id)
    b.links.delete(a.id)
  }
}

/** Three in a row: the first and the last know each other by leases only. */
async function row() {
  const room = new Room()
  const [a, b, c] = [await room.add(), await room.add(), await room.add()]
  room.link(a, b)
  room.link(b, c)
  await room.time.pass(1_000)
  return { room, a, b, c }
}

test('who is linked to nobody one is linked to is known all the same, for as long as it is there', async () => {
  const { room, a, c } = await row()
  assert.ok(a.presence.holds(c.id) && c.presence.holds(a.id))
  await room.time.pass(5 * 60_000)
  assert.ok(a.presence.holds(c.id))
  assert.ok(!a.told.some((what) => what.startsWith('ended')))
})

test('a lease that isn’t renewed holds for 40 s, wherever it was heard of, and however late', async () => {
  const { room, a, b, c } = await row()
  room.cut(b, c)
  await room.time.pass(30_000)
  const late = await room.add()
  room.link(late, a)
  await room.time.pass(5_000)
  assert.ok(late.presence.holds(c.id))
  await room.time.pass(10_000)
  for (const { presence } of [a, b, late]) assert.ok(!presence.holds(c.id))
})

test('a doubted lease counts until it should have come anew, and a new one ends the doubt', async () => {
  const { room, a, c } = await row()
  a.presence.doubt(c.id, 12_000)
  await room.time.pass(30_000)
  assert.ok(a.presence.holds(c.id))
  assert.ok(!a.told.some((what) => what.startsWith('ended')))
})

test('a bye reaches everybody, and the visit never comes back', async () => {
  const { room, a, c } = await row()
  c.presence.leave()
  await room.time.pass(200)
  assert.equal(a.told.at(-1), `bye ${c.id}`)
  await room.time.pass(60_000)
  assert.ok(a.presence.isOver(c.id) && !a.presence.holds(c.id))
  assert.deepEqual(a.told.filter((what) => what.includes(c.id)).slice(-1), [`bye ${c.id}`])
})

test('after this machine slept nobody counts as gone before they could say that they are there', async () => {
  const { room, a } = await row()
  room.time.sleep(10 * 60_000)
  await room.time.pass(60_000)
  assert.ok(!a.told.some((what) => what.startsWith('ended')))
})

test('a lease that nobody signed is an offence of whoever passes it on', async () => {
  const { room, a, b } = await row()
  const signed = { lease: new Uint8Array(300), signature: new Uint8Array(64) }
  b.links.get(a.id)?.send({ type: 'lease', signed, age: 0 })
  await room.time.pass(100)
  assert.equal(a.offences, 1)
})

test('in a full mesh of twelve a lease crosses each link about once each way, and no more', async () => {
  const room = new Room()
  const members = await Promise.all(Array.from({ length: 12 }, () => room.add()))
  for (const [index, one] of members.entries()) for (const other of members.slice(index + 1)) room.link(one, other)
  await room.time.pass(60_000)
  room.frames = 0
  await room.time.pass(100_000)
  // Ten or eleven rounds of twelve leases over sixty-six links.
  assert.ok(room.frames <= 11 * 12 * 66 * 2, `${room.frames}`)
})
