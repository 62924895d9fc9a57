import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createNobleKeys } from '../crypto/noble-keys.ts'
import { nodeSuite } from '../crypto/node.ts'
import { parseRoomUrl } from '../net/room-url.ts'
import { SimulatedNetwork } from '../net/simulated-transport.ts'
import type { Time } from '../net/time.ts'
import { VirtualTime } from '../net/virtual-time.ts'
import { Connections } from './connections.ts'
import { CODE_LIFETIME } from './invitations.ts'
import { LiveRoom } from './live-room.ts'
import { newRoomUrl } from './new-room.ts'
import { type Acceptance, type Invitation, type Room, RoomError } from './types.ts'

/** A server that is away for good. */
class NoSocket extends EventTarget {
  static readonly OPEN = 1
  readonly readyState = 3
  onclose: (() => void) | null = null
  onerror: (() => void) | null = null
  constructor() {
    super()
    queueMicrotask(() => {
      this.onerror?.()
      this.onclose?.()
    })
  }
  send() {}
  close() {}
}

/** People who have the room's link, and no server. */
class World {
  readonly time = new VirtualTime(5)
  readonly network = new SimulatedNetwork(this.time)
  readonly url = newRoomUrl('https://chat.example.org', 'standup')

  async room(name: string, { url = this.url, time = this.time }: { url?: string; time?: Time } = {}): Promise<Room> {
    const parsed = parseRoomUrl(url)
    assert.ok(parsed.ok)
    const WebSocket = NoSocket as unknown as typeof globalThis.WebSocket
    const RTCPeerConnection = Object as unknown as typeof globalThis.RTCPeerConnection
    const platform = { suite: nodeSuite, keys: createNobleKeys(nodeSuite) }
    const room = new LiveRoom(
      url,
      parsed.address,
      { name, WebSocket, RTCPeerConnection },
      { time, load: async () => ({ platform, transport: this.network.transport, Connections }) },
    )
    while (room.connection.server === 'preparing') await this.time.pass(10)
    return room
  }

  /** Waits for something that needs time to pass. */
  async during<T>(doing: Promise<T>): Promise<T> {
    let isOver = false
    const done = () => {
      isOver = true
    }
    doing.then(done, done)
    while (!isOver) await this.time.pass(10)
    return doing
  }

  /** What it fails with. */
  async fails(doing: Promise<unknown>): Promise<string> {
    try {
      await this.during(doing)
    } catch (error) {
      assert.ok(error instanceof RoomError, String(error))
      assert.match(error.message, /[.!]$/)
      return error.code
    }
    return 'nothing'
  }

  invite = (room: Room): Promise<Invitation> => this.during(room.invite())
  accept = (room: Room, code: string): Promise<Acceptance> => this.during(room.acceptInvite(code))
}

const namesOf = (room: Room): string[] => room.members.map(({ name }) => name).sort()
const textsOf = (room: Room): string[] => room.messages.map(({ text }) => text)

test('two who have no server talk by codes, however long those take within their time', async () => {
  const world = new World()
  const [ada, ben] = [await world.room('Ada'), await world.room('Ben')]
  const invitation = await world.invite(ada)
  assert.equal(invitation.expiresAt - world.time.now() <= CODE_LIFETIME, true)
  await world.time.pass(4 * 60_000)
  const acceptance = await world.accept(ben, invitation.code)
  await world.time.pass(5 * 60_000)
  const [ofAda, ofBen] = await world.during(Promise.all([ada.takeAnswer(acceptance.code), acceptance.joined]))
  assert.deepEqual([ofAda.name, ofBen.name], ['Ben', 'Ada'])
  ada.send('hello')
  ben.send('hello yourself')
  await world.time.pass(2_000)
  for (const room of [ada, ben]) {
    assert.deepEqual(namesOf(room), ['Ada', 'Ben'])
    assert.deepEqual(textsOf(room).sort(), ['hello', 'hello yourself'])
  }
})

test('who comes in by a code is linked to everybody, through the inviter', async () => {
  const world = new World()
  const rooms = []
  for (const name of ['Ada', 'Ben', 'Cleo', 'Dan']) rooms.push(await world.room(name))
  const [inviter, ...others] = rooms
  assert.ok(inviter)
  for (const other of others) {
    const { code } = await world.invite(inviter)
    const answer = await world.accept(other, code)
    await world.during(inviter.takeAnswer(answer.code))
    await world.time.pass(20_000)
  }
  for (const room of rooms) {
    assert.deepEqual(namesOf(room), ['Ada', 'Ben', 'Cleo', 'Dan'])
    assert.deepEqual(
      room.members.filter(({ me, state }) => !me && state !== 'connected'),
      [],
    )
    room.send(`from ${room.me.name}`)
  }
  await world.time.pass(2_000)
  for (const room of rooms) assert.equal(room.messages.length, 4)
  // Not through the inviter alone: it may go.
  await world.during(inviter.leave())
  const [ben, ...rest] = others
  ben?.send('still here')
  await world.time.pass(20_000)
  for (const room of rest) assert.ok(textsOf(room).includes('still here'))
})

test('several codes wait at once, and each lets its own newcomer in, in any order', async () => {
  const world = new World()
  const ada = await world.room('Ada')
  const codes = [await world.invite(ada), await world.invite(ada), await world.invite(ada)]
  const answers: Acceptance[] = []
  for (const [index, { code }] of codes.entries()) {
    const room = await world.room(`N${index}`)
    answers.push(await world.accept(room, code))
  }
  await world.during(Promise.all(answers.reverse().map(({ code }) => ada.takeAnswer(code))))
  await world.time.pass(20_000)
  assert.deepEqual(namesOf(ada), ['Ada', 'N0', 'N1', 'N2'])
})

test('a link that was made by codes heals like any other when it breaks, as long as somebody carries the signals', async () => {
  const world = new World()
  const rooms = []
  for (const name of ['Ada', 'Ben', 'Cleo']) rooms.push(await world.room(name))
  const [ada, ben, cleo] = rooms
  assert.ok(ada && ben && cleo)
  for (const other of [ben, cleo]) {
    const answer = await world.accept(other, (await world.invite(ada)).code)
    await world.during(ada.takeAnswer(answer.code))
  }
  await world.time.pass(20_000)
  world.network.isUp = false
  await world.time.pass(3_000)
  world.network.isUp = true
  await world.time.pass(60_000)
  for (const room of rooms)
    assert.deepEqual(
      room.members.filter(({ me, state }) => !me && state !== 'connected'),
      [],
    )
})

test('a code is for one: a second answer to it is refused, and the first goes on', async () => {
  const world = new World()
  const [ada, ben, cleo] = [await world.room('Ada'), await world.room('Ben'), await world.room('Cleo')]
  const { code } = await world.invite(ada)
  const first = await world.accept(ben, code)
  const second = await world.accept(cleo, code)
  const taking = ada.takeAnswer(first.code)
  assert.equal(await world.fails(ada.takeAnswer(second.code)), 'code-used')
  assert.equal((await world.during(taking)).name, 'Ben')
  assert.equal(await world.fails(ada.takeAnswer(second.code)), 'code-used')
  assert.equal(await world.fails(ada.takeAnswer(first.code)), 'code-linked')
  assert.equal(await world.fails(ben.acceptInvite((await world.invite(ada)).code)), 'code-linked')
})

test('pasting the same invite code again gives the same answer', async () => {
  const world = new World()
  const [ada, ben] = [await world.room('Ada'), await world.room('Ben')]
  const { code } = await world.invite(ada)
  const first = await world.accept(ben, code)
  const second = await world.accept(ben, `again: ${code}`)
  assert.equal(second.code, first.code)
})

test('codes expire after ten minutes, and each side says so', async () => {
  const world = new World()
  const [ada, ben, cleo] = [await world.room('Ada'), await world.room('Ben'), await world.room('Cleo')]
  const { code } = await world.invite(ada)
  const answer = await world.accept(ben, code)
  const joined = world.fails(answer.joined)
  await world.time.pass(CODE_LIFETIME)
  assert.equal(await world.fails(cleo.acceptInvite(code)), 'code-expired')
  assert.equal(await world.fails(ada.takeAnswer(answer.code)), 'code-expired')
  assert.equal(await joined, 'code-expired')
  await world.time.pass(1_000)
  assert.equal(world.network.alive, 0)
})

test('wrong codes are told apart', async () => {
  const world = new World()
  const [ada, ben] = [await world.room('Ada'), await world.room('Ben')]
  const stranger = await world.room('Eve', { url: newRoomUrl('https://chat.example.org', 'standup') })
  const { code } = await world.invite(ada)
  const answer = await world.accept(ben, code)
  assert.equal(await world.fails(ada.acceptInvite(code)), 'code-own')
  assert.equal(await world.fails(ada.takeAnswer(code)), 'code-other-kind')
  assert.equal(await world.fails(ben.acceptInvite(answer.code)), 'code-other-kind')
  assert.equal(await world.fails(ben.acceptInvite('hello')), 'code-none')
  assert.equal(await world.fails(ben.acceptInvite(code.slice(0, -9))), 'code-damaged')
  assert.equal(await world.fails(stranger.acceptInvite(code)), 'code-foreign')
  assert.equal(await world.fails(ben.takeAnswer(answer.code)), 'code-unmatched')
})

test('of a code that was given up, and of more than may wait, nothing is left', async () => {
  const world = new World()
  const [ada, ben] = [await world.room('Ada'), await world.room('Ben')]
  const invitation = await world.invite(ada)
  const answer = await world.accept(ben, invitation.code)
  invitation.cancel()
  answer.cancel()
  assert.equal(await world.fails(ada.takeAnswer(answer.code)), 'code-failed')
  assert.equal(world.network.alive, 0)
  for (let i = 0; i < 20; i++) await world.invite(ada)
  assert.equal(world.network.alive, 8)
  await world.during(ada.leave())
  assert.equal(world.network.alive, 0)
  assert.equal(await world.fails(ada.invite()), 'left')
})

test('an answer that leads to no connection is told, with what to do next', async () => {
  const world = new World()
  const [ada, ben] = [await world.room('Ada'), await world.room('Ben')]
  const { code } = await world.invite(ada)
  const answer = await world.accept(ben, code)
  world.network.isUp = false
  assert.equal(await world.fails(ada.takeAnswer(answer.code)), 'code-failed')
  assert.equal(await world.fails(ada.takeAnswer(answer.code)), 'code-failed')
})
