import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromHex, randomBytes, toHex } from '../crypto/bytes.ts'
import { type Envelope, sealEnvelope } from '../crypto/envelope.ts'
import { openLease } from '../crypto/lease.ts'
import { nodeIdentity, nodeSuite } from '../crypto/node.ts'
import { read } from '../crypto/schema.ts'
import type { RoomSecrets } from '../crypto/secrets.ts'
import { createVisit } from '../crypto/visit.ts'
import { type Frame, frameSchema } from './frame.ts'
import type { Link } from './link.ts'
import { Mesh } from './mesh.ts'
import { SimulatedNetwork } from './simulated-transport.ts'
import { neighbours } from './topology.ts'
import type { Transport } from './transport.ts'
import { judge } from './verdict.ts'
import { VirtualTime } from './virtual-time.ts'

const SECRETS: RoomSecrets = { topic: new Uint8Array(32).fill(1), envelopeKey: new Uint8Array(32).fill(2) }

/** One member: the real mesh over simulated connections, and what it tells. */
interface Member {
  readonly id: string
  readonly mesh: Mesh
  readonly links: Map<string, Link>
  readonly told: string[]
  /** Who is there. */
  readonly met: Set<string>
  /** Leases that came over links, with whose they are. */
  readonly leases: { readonly of: string; readonly frame: Frame }[]
  /** Ways that links were found to go, and why attempts led to nothing. */
  readonly routes: string[]
  readonly reasons: string[]
}

/** A room whose server passes envelopes on unless told otherwise. */
class World {
  readonly time = new VirtualTime(3)
  readonly network = new SimulatedNetwork(this.time)
  readonly members = new Map<string, Member>()
  /** What becomes of an envelope on its way: how often it is delivered. */
  deliveries = (_from: string, _to: string): number => 1
  /** Whom nothing reaches, and from whom nothing comes. */
  readonly lost = new Set<string>()
  /** No connection takes in any description or candidate. */
  isDeaf = false
  /** Of all connections that were ever begun. */
  readonly policies: (RTCIceTransportPolicy | undefined)[] = []
  readonly #connections: { readonly id: string; readonly transport: Transport; readonly fail: () => void }[] = []

  async add(secrets = SECRETS): Promise<Member> {
    const identity = nodeIdentity()
    const visit = await createVisit(nodeSuite, secrets.topic, identity.author)
    const id = toHex(visit.peer)
    const links = new Map<string, Link>()
    const told: string[] = []
    const met = new Set<string>()
    const leases: Member['leases'] = []
    const routes: string[] = []
    const reasons: string[] = []
    const mesh = new Mesh({
      suite: nodeSuite,
      identity,
      secrets,
      visit,
      time: this.time,
      transport: (initiator, config, events) => {
        this.policies.push(config.iceTransportPolicy)
        return this.#losing(
          id,
          this.network.transport(initiator, config, {
            ...events,
            message: (data, fleeting) => {
              if (this.lost.has(id)) return
              const frame = read(frameSchema, data)
              if (frame?.type === 'lease')
                void openLease(nodeSuite, secrets.topic, frame.signed).then(
                  (opened) => opened && leases.push({ of: toHex(opened.peer), frame }),
                )
              events.message(data, fleeting)
            },
          }),
          () => events.end('failed'),
        )
      },
      iceTransportPolicy: 'all',
      name: () => 'Ada',
      heads: async () => [],
      send: (to, sealed) => {
        for (let i = this.deliveries(id, to); i > 0; i--)
          this.time.after(3, () => this.members.get(to)?.mesh.receive(id, sealed))
      },
      events: {
        open: (peer, _hello, link) => {
          links.set(peer, link)
          met.add(peer)
          told.push(`open ${peer}`)
        },
        leased: (peer) => met.add(peer),
        frame: (_peer, frame) => told.push(frame.type),
        drain: () => {},
        shaky: (_peer, shaky) => told.push(shaky ? 'shaky' : 'steady'),
        tampered: (peer) => told.push(`tampered ${peer}`),
        closed: (peer) => {
          links.delete(peer)
          told.push(`closed ${peer}`)
        },
        gone: (peer) => {
          met.delete(peer)
          told.push(`gone ${peer}`)
        },
        routed: (_peer, { route }) => routes.push(route),
        failed: (_peer, log, circumstances) => reasons.push(judge(log, circumstances).code),
        attempts: () => {},
      },
    })
    const member = { id, mesh, links, told, met, leases, routes, reasons }
    this.members.set(id, member)
    return member
  }

  /** The network gives up on the connection between two. */
  cut(a: Member, b: Member): void {
    for (const one of this.#connections)
      for (const other of this.#connections) {
        if (one.id !== a.id || other.id !== b.id) continue
        const remote = other.transport.descriptions?.remote
        if (remote === undefined || one.transport.descriptions?.local !== remote) continue
        for (const { transport, fail } of [one, other]) {
          transport.destroy()
          fail()
        }
      }
  }

  #losing(id: string, transport: Transport, fail: () => void): Transport {
    const { lost } = this
    this.#connections.push({ id, transport, fail })
    return {
      signal: (signal) => !this.isDeaf && transport.signal(signal),
      configure: (config) => {
        this.members.get(id)?.told.push(`configure ${JSON.stringify(config.iceServers)}`)
        transport.configure(config)
      },
      restart: () => transport.restart(),
      send: (data) => !lost.has(id) && transport.send(data),
      sendFleeting: (data) => !lost.has(id) && transport.sendFleeting(data),
      get unsent() {
        return transport.unsent
      },
      get descriptions() {
        return transport.descriptions
      },
      look: () => transport.look(),
      destroy: () => transport.destroy(),
    }
  }

  /** The server welcomes everyone, one after the other. */
  welcomeAll(): void {
    const present: Member[] = []
    for (const member of this.members.values()) {
      member.mesh.listed(present.map(({ id }) => id))
      for (const other of present) other.mesh.joined(member.id)
      present.push(member)
    }
  }
}

/** Two members, the one whose id is greater, and so offers, first. */
async function pair(): Promise<{ world: World; offerer: Member; answerer: Member }> {
  const world = new World()
  const [a, b] = [await world.add(), await world.add()]
  return a.id > b.id ? { world, offerer: a, answerer: b } : { world, offerer: b, answerer: a }
}

const linked = (a: Member, b: Member): boolean => Boolean(a.links.get(b.id)?.isOpen && b.links.get(a.id)?.isOpen)

test('members that the server lists are linked, once for each pair', async () => {
  const world = new World()
  for (let i = 0; i < 6; i++) await world.add()
  world.welcomeAll()
  await world.time.pass(1_000)
  const members = [...world.members.values()]
  for (const member of members) assert.equal(member.links.size, 5)
  assert.equal(world.network.made, 30)
  assert.equal(world.network.alive, 30)
})

test('frames cross an open link and nothing is sent before the hello', async () => {
  const { world, offerer, answerer } = await pair()
  world.welcomeAll()
  await world.time.pass(1_000)
  offerer.links.get(answerer.id)?.send({ type: 'typing', typing: true })
  await world.time.pass(100)
  assert.deepEqual(answerer.told, [`open ${offerer.id}`, 'typing'])
})

test('other servers go to the links that there are', async () => {
  const { world, offerer, answerer } = await pair()
  world.welcomeAll()
  await world.time.pass(1_000)
  offerer.told.length = 0
  offerer.mesh.iceServers = [{ urls: 'turn:turn.example' }]
  assert.deepEqual(offerer.told, ['configure [{"urls":"turn:turn.example"}]'])
  assert.ok(linked(offerer, answerer))
})

for (const who of ['offerer', 'answerer'] as const) {
  test(`when the ${who} may use relays only from now on, another link takes the place of the open one, and nobody is gone for a moment`, async () => {
    const { world, ...two } = await pair()
    world.welcomeAll()
    await world.time.pass(1_000)
    const former = two[who].links.values().next().value
    for (const { told } of [two.offerer, two.answerer]) told.length = 0
    two[who].mesh.iceTransportPolicy = 'relay'
    await world.time.pass(1_000)
    assert.ok(linked(two.offerer, two.answerer))
    assert.notEqual(two[who].links.values().next().value, former)
    assert.deepEqual(world.policies.slice(-2).sort(), ['all', 'relay'])
    for (const { told } of [two.offerer, two.answerer])
      assert.ok(!told.some((what) => what.startsWith('gone')), told.join())
    await world.time.pass(60_000)
    assert.equal(world.policies.length, 4)
  })

  test(`a link that may go through relays only from now on ends when no other comes in its stead: the ${who} wants it`, async () => {
    const { world, ...two } = await pair()
    world.welcomeAll()
    await world.time.pass(1_000)
    world.isDeaf = true
    two[who].mesh.iceTransportPolicy = 'relay'
    await world.time.pass(14_000)
    assert.ok(linked(two.offerer, two.answerer))
    await world.time.pass(2_000)
    assert.ok(!linked(two.offerer, two.answerer))
    // Any route again: it comes back.
    world.isDeaf = false
    two[who].mesh.iceTransportPolicy = 'all'
    await world.time.pass(40_000)
    assert.ok(linked(two.offerer, two.answerer))
  })
}

test('a lost offer is asked for again, and one link comes of it', async () => {
  const { world, offerer, answerer } = await pair()
  let lost = 0
  world.deliveries = (from) => (from === offerer.id && lost++ < 2 ? 0 : 1)
  world.welcomeAll()
  await world.time.pass(10_000)
  assert.ok(linked(offerer, answerer))
  assert.equal(world.network.alive, 2)
})

test('who asks for an offer that was lost just now gets the same once more, at once', async () => {
  const { world, offerer, answerer } = await pair()
  world.deliveries = (from) => (from === offerer.id ? 0 : 1)
  world.welcomeAll()
  await world.time.pass(500)
  world.deliveries = () => 1
  answerer.mesh.wake(false)
  await world.time.pass(500)
  assert.ok(linked(offerer, answerer))
  assert.equal(world.network.made, 2)
})

test('what was lost while the server was away is sent again as soon as it is back', async () => {
  const { world, offerer, answerer } = await pair()
  world.deliveries = () => 0
  world.welcomeAll()
  await world.time.pass(3_000)
  world.deliveries = () => 1
  offerer.mesh.listed([answerer.id])
  answerer.mesh.listed([offerer.id])
  await world.time.pass(500)
  assert.ok(linked(offerer, answerer))
  assert.equal(world.network.made, 2)
})

test('envelopes that come doubled make no second link', async () => {
  const { world, offerer, answerer } = await pair()
  world.deliveries = () => 3
  world.welcomeAll()
  await world.time.pass(20_000)
  assert.ok(linked(offerer, answerer))
  assert.equal(world.network.made, 2)
})

test('no message gets through at all: attempts go on, ever more slowly, and succeed once it does', async () => {
  const { world, offerer, answerer } = await pair()
  world.deliveries = () => 0
  world.welcomeAll()
  await world.time.pass(10 * 60_000)
  const attempts = world.network.made
  assert.ok(attempts > 5 && attempts < 45, `${attempts} attempts in ten minutes`)
  assert.ok(world.network.alive <= 1)
  world.deliveries = () => 1
  await world.time.pass(60_000)
  assert.ok(linked(offerer, answerer))
  assert.equal(world.network.alive, 2)
})

test('both sides are told which way their link goes, and nothing of attempts that led somewhere', async () => {
  const world = new World()
  const [a, b] = [await world.add(), await world.add()]
  world.welcomeAll()
  await world.time.pass(60_000)
  for (const { routes, reasons } of [a, b]) assert.deepEqual([routes, reasons], [['network'], []])
})

test('when no path comes up both sides say that, and try on', async () => {
  const world = new World()
  world.network.isUp = false
  const members = [await world.add(), await world.add()]
  world.welcomeAll()
  await world.time.pass(50_000)
  for (const { reasons } of members) {
    assert.ok(reasons.length > 1)
    assert.deepEqual([...new Set(reasons)], ['no-stun'])
  }
})

test('when nothing comes back both sides say so: who offers, and who waits for an offer', async () => {
  const world = new World()
  world.deliveries = () => 0
  const members = [await world.add(), await world.add()]
  world.welcomeAll()
  await world.time.pass(16_000)
  for (const { reasons } of members) assert.deepEqual(reasons, ['no-answer'])
})

test('when the server goes before an answer came, that is the reason', async () => {
  const world = new World()
  const [a, b] = [await world.add(), await world.add()]
  const [greater, lesser] = a.id > b.id ? [a, b] : [b, a]
  world.deliveries = (from) => (from === greater.id ? 1 : 0)
  world.welcomeAll()
  await world.time.pass(2_000)
  greater.mesh.away()
  await world.time.pass(16_000)
  assert.deepEqual(greater.reasons, ['signaling-lost'])
  assert.deepEqual(lesser.links.size, 0)
})

test('a link that only one side lost is made anew, whichever side that is', async () => {
  for (const side of ['offerer', 'answerer'] as const) {
    const world = await pair()
    world.world.welcomeAll()
    await world.world.time.pass(1_000)
    const { offerer, answerer } = world
    const [loser, other] = side === 'offerer' ? [offerer, answerer] : [answerer, offerer]
    // Five frames that can't be parsed are the loser's reason; the other's network doesn't tell it.
    const link = loser.links.get(other.id)
    world.world.network.isUp = false
    for (let i = 0; i < 5; i++) link?.offence()
    await world.world.time.pass(100)
    world.world.network.isUp = true
    assert.equal(loser.links.size, 0)
    await world.world.time.pass(60_000)
    assert.ok(linked(offerer, answerer), side)
    assert.equal(world.world.network.alive, 2)
  }
})

test('a member that falls silent dims after 5 s and its link ends after 10 s', async () => {
  const { world, offerer, answerer } = await pair()
  world.welcomeAll()
  await world.time.pass(1_000)
  world.network.isUp = false
  world.deliveries = () => 0
  await world.time.pass(4_000)
  assert.deepEqual(offerer.told, [`open ${answerer.id}`])
  await world.time.pass(4_000)
  assert.deepEqual(offerer.told.slice(1), ['shaky'])
  await world.time.pass(5_000)
  assert.deepEqual(offerer.told.slice(1), ['shaky', `closed ${answerer.id}`])
  // Over others it could still say that it is there.
  offerer.mesh.left(answerer.id)
  await world.time.pass(6_000)
  assert.deepEqual(offerer.told.slice(3), [])
  await world.time.pass(8_000)
  assert.deepEqual(offerer.told.at(-1), `gone ${answerer.id}`)
})

test('silence that heals within the time leaves the link as it was', async () => {
  const { world, offerer, answerer } = await pair()
  world.welcomeAll()
  await world.time.pass(1_000)
  world.network.isUp = false
  await world.time.pass(7_000)
  world.network.isUp = true
  await world.time.pass(5_000)
  assert.ok(linked(offerer, answerer))
  assert.deepEqual(offerer.told, [`open ${answerer.id}`, 'shaky', 'steady'])
})

test('who says bye is gone at once and is not called back', async () => {
  const { world, offerer, answerer } = await pair()
  world.welcomeAll()
  await world.time.pass(1_000)
  void answerer.mesh.leave(false)
  await world.time.pass(50)
  assert.deepEqual(offerer.told.slice(1), [`closed ${answerer.id}`, `gone ${answerer.id}`])
  await world.time.pass(60_000)
  assert.equal(world.network.alive, 0)
})

test('with the server away links stay, and a member whose link is closed from afar counts as gone when no word of it comes', async () => {
  const { world, offerer, answerer } = await pair()
  world.welcomeAll()
  await world.time.pass(1_000)
  world.deliveries = () => 0
  for (const { mesh } of world.members.values()) mesh.away()
  await world.time.pass(60_000)
  assert.ok(linked(offerer, answerer))
  answerer.links.get(offerer.id)?.close()
  await world.time.pass(1_000)
  assert.deepEqual(offerer.told.slice(1), [`closed ${answerer.id}`])
  await world.time.pass(13_000)
  assert.deepEqual(offerer.told.slice(2), [`gone ${answerer.id}`])
})

test('a server that restarts and lists fewer, or says that a linked member left, breaks no link', async () => {
  const { world, offerer, answerer } = await pair()
  world.welcomeAll()
  await world.time.pass(1_000)
  offerer.mesh.away()
  answerer.mesh.away()
  offerer.mesh.listed([])
  await world.time.pass(1_000)
  answerer.mesh.listed([offerer.id])
  offerer.mesh.joined(answerer.id)
  offerer.mesh.left(answerer.id)
  await world.time.pass(20_000)
  assert.deepEqual(offerer.told, [`open ${answerer.id}`])
  assert.deepEqual(answerer.told, [`open ${offerer.id}`])
  assert.equal(world.network.made, 2)
})

test('a thousand ids that only the server knows get eight attempts at once, and real members are linked all the same', async () => {
  const { world, offerer, answerer } = await pair()
  const invented = Array.from({ length: 1_000 }, () => toHex(randomBytes(16)))
  offerer.mesh.listed(invented)
  await world.time.pass(1_000)
  assert.ok(world.network.alive <= 8, `${world.network.alive}`)
  offerer.mesh.joined(answerer.id)
  answerer.mesh.listed([offerer.id])
  await world.time.pass(120_000)
  assert.ok(linked(offerer, answerer))
})

test('however many ids a server makes up, before or after the real ones, who has the key is linked', async () => {
  for (const isFirst of [true, false]) {
    const world = new World()
    const [ada, ben] = [await world.add(), await world.add()]
    const invented = Array.from({ length: 1_500 }, () => toHex(randomBytes(16)))
    for (const [member, other] of [
      [ada, ben],
      [ben, ada],
    ] as const)
      member.mesh.listed(
        isFirst ? [other.id, ...invented] : [...invented.slice(0, 900), other.id, ...invented.slice(900)],
      )
    for (const id of invented.slice(0, 300)) ada.mesh.receive(id, randomBytes(100))
    await world.time.pass(10_000)
    assert.ok(linked(ada, ben))
  }
})

test('members under another key can’t open each other’s envelopes', async () => {
  const world = new World()
  const a = await world.add()
  const b = await world.add({ ...SECRETS, envelopeKey: new Uint8Array(32).fill(3) })
  world.welcomeAll()
  await world.time.pass(30_000)
  assert.deepEqual([a.links.size, b.links.size], [0, 0])
})

test('sealed garbage, and ids that are none, are dropped', async () => {
  const { world, offerer, answerer } = await pair()
  world.welcomeAll()
  for (let length = 0; length < 200; length++) offerer.mesh.receive(answerer.id, randomBytes(length))
  offerer.mesh.receive('', randomBytes(50))
  offerer.mesh.receive('zz', randomBytes(50))
  offerer.mesh.receive(offerer.id, randomBytes(50))
  offerer.mesh.listed(['', 'xyz', offerer.id, answerer.id])
  await world.time.pass(5_000)
  assert.ok(linked(offerer, answerer))
})

/** What a server that was given the room's key can do: seal any envelope under a member's id. */
async function forge(as: Member, to: Member, envelope: Envelope): Promise<void> {
  const [from, receiver] = [fromHex(as.id), fromHex(to.id)]
  assert.ok(from && receiver)
  to.mesh.receive(as.id, await sealEnvelope(nodeSuite, SECRETS, from, receiver, envelope))
}

const strangerSdp = `v=0\r\na=fingerprint:sha-256 ${Array(32).fill('EE').join(':')}\r\n`
const strangerOffer = (attempt: number): Envelope => ({
  type: 'description',
  attempt,
  description: { type: 'offer', sdp: strangerSdp },
})

test('offers, pleas and restarts under a member’s id don’t touch the open link to it', async () => {
  const { world, offerer, answerer } = await pair()
  world.welcomeAll()
  await world.time.pass(1_000)
  const links = [offerer.links.get(answerer.id), answerer.links.get(offerer.id)]
  for (let i = 1; i <= 20; i++) {
    await forge(offerer, answerer, strangerOffer(i))
    await forge(answerer, offerer, { type: 'please', attempt: 2 ** 31 })
    await forge(answerer, offerer, { type: 'restart', attempt: 1 })
    await world.time.pass(1_000)
  }
  await world.time.pass(20_000)
  assert.deepEqual([offerer.links.get(answerer.id), answerer.links.get(offerer.id)], links)
  assert.ok(linked(offerer, answerer))
  assert.deepEqual(
    answerer.told.filter((what) => what.startsWith('closed')),
    [],
  )
  assert.ok(answerer.told.includes(`tampered ${offerer.id}`))
})

test('members find each other once somebody with the key stops speaking under their ids', async () => {
  const { world, offerer, answerer } = await pair()
  for (let i = 0; i < 30; i++) {
    await forge(offerer, answerer, strangerOffer(2 ** 31 - 40 + i))
    await forge(answerer, offerer, { type: 'please', attempt: 900 + i })
    await forge(answerer, offerer, { type: 'please', attempt: 2 ** 31 })
    await forge(offerer, answerer, { type: 'restart', attempt: 1 })
    await forge(offerer, answerer, { type: 'please', attempt: 1 + i })
  }
  world.welcomeAll()
  await world.time.pass(60_000)
  assert.ok(linked(offerer, answerer))
})

test('whatever somebody with the key says under members’ ids and repeats, before and beside a link, they are linked once it stops', async () => {
  const attempts = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(900, 5_000, 2 ** 31 - 1, 2 ** 31))
  const said = fc.record({
    toOfferer: fc.boolean(),
    type: fc.constantFrom('please', 'restart', 'offer', 'answer', 'candidate'),
    attempt: attempts,
    pause: fc.constantFrom(0, 1, 300, 5_000),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(said, { maxLength: 25 }), fc.nat({ max: 25 }), async (script, welcomedAt) => {
      const { world, offerer, answerer } = await pair()
      for (const [i, { toOfferer, type, attempt, pause }] of script.entries()) {
        if (i === welcomedAt) world.welcomeAll()
        const [as, to] = toOfferer ? [answerer, offerer] : [offerer, answerer]
        if (type === 'please' || type === 'restart') await forge(as, to, { type, attempt })
        else if (type === 'candidate') await forge(as, to, { type, attempt, candidate: { candidate: 'candidate:1' } })
        else await forge(as, to, { type: 'description', attempt, description: { type, sdp: strangerSdp } })
        await world.time.pass(pause)
      }
      if (script.length <= welcomedAt) world.welcomeAll()
      await world.time.pass(120_000)
      assert.ok(linked(offerer, answerer))
    }),
    { numRuns: 60 },
  )
})

/** Members linked with each other, whose server is gone for good. */
async function serverless(size: number): Promise<{ world: World; members: Member[] }> {
  const world = new World()
  for (let i = 0; i < size; i++) await world.add()
  world.welcomeAll()
  await world.time.pass(5_000)
  world.deliveries = () => 0
  const members = [...world.members.values()]
  for (const { mesh } of members) mesh.away()
  await world.time.pass(1_000)
  return { world, members }
}

const at = (members: readonly Member[], index: number): Member => {
  const member = members[index]
  assert.ok(member)
  return member
}

test('with the server gone for good a link that breaks heals through another member, and nobody leaves meanwhile', async () => {
  const { world, members } = await serverless(3)
  const [a, b] = [at(members, 0), at(members, 1)]
  for (let i = 0; i < 3; i++) {
    world.cut(a, b)
    assert.ok(!linked(a, b))
    await world.time.pass(10_000)
    assert.ok(linked(a, b))
  }
  assert.equal(world.network.alive, 6)
  for (const { told } of members)
    assert.deepEqual(
      told.filter((what) => what.startsWith('gone')),
      [],
    )
})

test('with the server gone for good a member whom nothing reaches is gone for all, and all for it', async () => {
  const { world, members } = await serverless(4)
  const lost = at(members, 3)
  world.lost.add(lost.id)
  await world.time.pass(60_000)
  for (const { told } of members.slice(0, 3)) assert.equal(told.at(-1), `gone ${lost.id}`)
  assert.equal(lost.met.size, 0)
})

test('who is there beyond the links is known from leases, and a bye reaches everybody at once', async () => {
  const { world, members } = await serverless(20)
  const leaving = at(members, 7)
  const others = members.filter((member) => member !== leaving)
  for (const { met } of members) assert.equal(met.size, 19)
  void leaving.mesh.leave(false)
  await world.time.pass(500)
  for (const { met } of others) assert.ok(!met.has(leaving.id))
})

test('beyond twelve members there are few links, those that the topology wants, and word gets to all', async () => {
  const world = new World()
  for (let i = 0; i < 15; i++) await world.add()
  world.welcomeAll()
  await world.time.pass(60_000)
  const members = [...world.members.values()]
  const ids = members.map(({ id }) => id)
  for (const { id, links, met } of members) {
    assert.deepEqual([...links.keys()].sort(), [...neighbours(ids, id, false)].sort())
    assert.ok(links.size < 14)
    assert.equal(met.size, 14)
  }
  for (const member of members.slice(7)) void member.mesh.leave(false)
  await world.time.pass(60_000)
  for (const { links } of members.slice(0, 7)) assert.equal(links.size, 6)
})

test('an old lease brings nobody back who has gone', async () => {
  const { world, members } = await serverless(3)
  const [a, b, c] = [at(members, 0), at(members, 1), at(members, 2)]
  const old = b.leases.find((lease) => lease.of === c.id)
  assert.ok(old)
  void c.mesh.leave(false)
  await world.time.pass(1_000)
  b.links.get(a.id)?.send(old.frame)
  await world.time.pass(1_000)
  assert.equal(a.told.filter((what) => what === `gone ${c.id}`).length, 1)
  assert.ok(!a.met.has(c.id))
})
