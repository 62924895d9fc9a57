/** What took other signaling servers down, one test each: this one goes on serving others, and its memory stays bounded. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { after, test } from 'node:test'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { startChild } from './testing/child.ts'
import { Client, newTopic, newVisit } from './testing/client.ts'
import { within } from './testing/inbox.ts'
import { BINARY, CONTINUATION, frame, gone, openRaw, PONG, TEXT } from './testing/raw.ts'

const MiB = 1024 * 1024

/** What the server may hold more than before. Each attack offers it more, or took hundreds of MiB from other servers. */
const LIMIT = 30 * MiB

/** How many connections an address may have, and seats that are kept for it. */
const CONNECTIONS = 100

/** Milliseconds between two looks at the memory: each takes a garbage collection. */
const POLL = 20

const child = await startChild({
  PING_INTERVAL: '1',
  REJOIN_GRACE: '2',
  MAX_MESSAGES_PER_SECOND: '20000',
  MAX_CONNECTIONS_PER_ADDRESS: String(CONNECTIONS),
})
after(() => child.end())

const joinText = (topic = newTopic()) => JSON.stringify({ type: 'join', v: 1, topic, ...newVisit() })

/** Runs an attack while two members talk. They must be served all the time, and memory must stay bounded. */
async function attack(hostile: () => Promise<unknown>): Promise<void> {
  const topic = newTopic()
  const ada = await Client.join(child.port, topic)
  const bob = await Client.join(child.port, topic)
  const before = await child.memory()
  let over = false
  const attacked = hostile().finally(() => {
    over = true
  })
  let peak = 0
  do {
    const body = randomBytes(100)
    ada.sendTo(bob.peer, body)
    assert.deepEqual(await bob.nextFrame(), { from: ada.peer, body })
    peak = Math.max(peak, await child.memory())
    await setTimeout(POLL)
  } while (!over)
  await attacked
  assert.ok(child.runs)
  assert.ok(peak - before < LIMIT, `memory grew by ${((peak - before) / MiB).toFixed(1)} MiB`)
  for (const member of [ada, bob]) member.socket.close(1000)
}

/** Sends frames on connections of their own, and waits until the server has ended each. */
async function sendAndBeCut(times: number, bytes: Buffer): Promise<void> {
  const one = async () => {
    const socket = await openRaw(child.port)
    const closed = gone(socket.resume())
    socket.write(bytes)
    // The close frame of the server is answered by ending the socket, as a client would.
    socket.once('data', () => socket.end())
    await within(closed, 'the end of the connection')
  }
  await Promise.all(Array.from({ length: times }, one))
}

/** Writes again and again, as fast as the connection takes it, until it is ended. */
async function pour(socket: Socket, bytes: Buffer, times: number): Promise<void> {
  const ended = gone(socket)
  for (let index = 0; index < times && socket.writable; index++)
    if (!socket.write(bytes)) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), ended])
}

test('the JSON text null', () => attack(() => sendAndBeCut(50, frame(TEXT, Buffer.from('null')))))

test('bad JSON', () => attack(() => sendAndBeCut(50, frame(TEXT, Buffer.from('{"type":"join",')))))

test('bad UTF-8', () => attack(() => sendAndBeCut(50, frame(TEXT, Buffer.from([0x22, 0xc3, 0x28, 0x22])))))

for (const [name, text] of Object.entries({
  arrays: '['.repeat(20_000) + ']'.repeat(20_000),
  objects: `${'{"type":'.repeat(8000)}1${'}'.repeat(8000)}`,
  'arrays within a join': joinText().replace('"join"', '['.repeat(20_000) + ']'.repeat(20_000)),
}))
  test(`20,000-fold nesting of ${name}`, () => attack(() => sendAndBeCut(20, frame(TEXT, Buffer.from(text)))))

test('frames of 90 MB that never end', () =>
  attack(async () => {
    const open = async () => {
      const socket = await openRaw(child.port)
      const closed = gone(socket.resume())
      socket.write(frame(BINARY, Buffer.alloc(64 * 1024), { length: 90 * MiB }))
      await pour(socket, Buffer.alloc(64 * 1024), 200)
      await within(closed, 'the end of the connection')
    }
    await Promise.all(Array.from({ length: 5 }, open))
  }))

test('messages of 90 MB in fragments that never end', () =>
  attack(async () => {
    const open = async () => {
      const socket = await openRaw(child.port)
      const closed = gone(socket.resume())
      socket.write(frame(BINARY, Buffer.alloc(60 * 1024), { fin: false }))
      await pour(socket, frame(CONTINUATION, Buffer.alloc(60 * 1024), { fin: false }), 200)
      await within(closed, 'the end of the connection')
    }
    await Promise.all(Array.from({ length: 5 }, open))
  }))

test('messages in fragments of one byte', () =>
  attack(async () => {
    const tiny = frame(CONTINUATION, Buffer.alloc(1), { fin: false })
    const bytes = Buffer.concat([frame(BINARY, Buffer.alloc(1), { fin: false }), ...Array(5000).fill(tiny)])
    await sendAndBeCut(10, bytes)
  }))

test('a reader that never reads, and says that it is alive', () =>
  attack(async () => {
    const topic = newTopic()
    const visit = newVisit()
    const sender = await Client.join(child.port, topic)
    const reader = await openRaw(child.port)
    reader.pause()
    reader.write(frame(TEXT, Buffer.from(JSON.stringify({ type: 'join', v: 1, topic, ...visit }))))
    const { peer } = await sender.next('joined')
    const alive = setInterval(() => reader.write(frame(PONG, Buffer.alloc(0))), 100).unref()
    const left = await sender.sendUntil(sender.next('left'), peer, Buffer.alloc(60_000))
    clearInterval(alive)
    assert.equal(left.peer, peer)
    reader.destroy()
    sender.socket.close(1000)
  }))

test('100,000 rooms joined from one connection', () =>
  attack(async () => {
    const socket = await openRaw(child.port)
    socket.once('data', () => socket.end())
    const closed = gone(socket.resume())
    for (let sent = 0; sent < 100_000 && socket.writable; sent += 1000) {
      const topics = Array.from({ length: 1000 }, (_, index) => String(sent + index).padStart(64, '0'))
      await pour(socket, Buffer.concat(topics.map((topic) => frame(TEXT, Buffer.from(joinText(topic))))), 1)
      await setImmediate()
    }
    await within(closed, 'the end of the connection')
    const health = await (await fetch(`http://127.0.0.1:${child.port}/healthz`)).json()
    assert.ok(health.rooms <= 2, JSON.stringify(health))
  }))

test('rooms joined from connection after connection, each broken off', () =>
  attack(async () => {
    for (let round = 0; round < 8; round++)
      await Promise.all(
        Array.from({ length: 50 }, async () => {
          const socket = await openRaw(child.port)
          socket.write(frame(TEXT, Buffer.from(joinText())))
          socket.resume()
          await once(socket, 'data')
          socket.resetAndDestroy()
        }),
      )
    const health = await (await fetch(`http://127.0.0.1:${child.port}/healthz`)).json()
    // As many seats are kept for an address as it may have connections, and the two who talk have theirs.
    assert.ok(health.members <= CONNECTIONS + 50 + 2, JSON.stringify(health))
  }))

test('half-open members are cut, and announced', () =>
  attack(async () => {
    const topic = newTopic()
    const watcher = await Client.join(child.port, topic)
    const sockets = await Promise.all(Array.from({ length: 20 }, () => openRaw(child.port)))
    const cut = sockets.map((socket) => {
      socket.write(frame(TEXT, Buffer.from(joinText(topic))))
      return gone(socket.resume())
    })
    const joined = new Set<string>()
    const left = new Set<string>()
    for (let index = 0; index < 20; index++) joined.add((await watcher.next('joined')).peer)
    for (let index = 0; index < 20; index++) left.add((await watcher.next('left')).peer)
    assert.deepEqual(left, joined)
    await within(Promise.all(cut), 'the cut')
    watcher.socket.close(1000)
  }))
