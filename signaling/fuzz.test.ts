/** Random and mutated frames; `FUZZ_FRAMES` says how many, `FUZZ_SEED` which. */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { startChild } from './testing/child.ts'
import { Client, newTopic, newVisit } from './testing/client.ts'
import { within } from './testing/inbox.ts'
import { BINARY, CLOSE, CONTINUATION, frame, gone, PING, PONG, TEXT, upgradeRequest } from './testing/raw.ts'

const FRAMES = Number(process.env.FUZZ_FRAMES ?? 20_000)
const SEED = Number(process.env.FUZZ_SEED ?? 1)
const MEMORY_LIMIT = 10 * 1024 * 1024

/** Connections at a time. */
const LANES = 150

/** A generator of numbers from 0 to below 1, the same for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const random = generator(SEED)
const below = (limit: number) => Math.floor(random() * limit)
const pick = <T>(...choices: [T, ...T[]]): T => choices[below(choices.length)] ?? choices[0]
const bytes = (length: number) => Buffer.from(Array.from({ length }, () => below(256)))

/** A value of JSON of any shape. */
function anyJson(depth = 0): unknown {
  const kind = below(depth > 4 ? 5 : 7)
  if (kind === 0) return null
  if (kind === 1) return random() < 0.5
  if (kind === 2) return pick(0, -1, 1.5, 1e308, 2 ** 53)
  if (kind === 3) return pick('', 'join', 'leave', 'ping', '__proto__', '\u0000', '\ud800', 'x'.repeat(below(500)))
  if (kind === 4) return bytes(below(40)).toString('hex')
  if (kind === 5) return Array.from({ length: below(5) }, () => anyJson(depth + 1))
  const names = ['type', 'v', 'topic', 'token', 'commit', '__proto__', 'constructor', 'x']
  return Object.fromEntries(Array.from({ length: below(6) }, () => [names[below(names.length)], anyJson(depth + 1)]))
}

/** Something that the protocol allows. */
function validText(): string {
  const join = { type: 'join', v: 1, topic: newTopic(), ...newVisit() }
  return JSON.stringify(pick<unknown>(join, { type: 'ping' }, { type: 'ice' }, { type: 'leave' }, { ...join, v: 2 }))
}

/** Changes, drops, doubles or adds some bytes. */
function mutate(data: Buffer): Buffer {
  const parts = [data]
  if (random() < 0.3) parts.push(data.subarray(below(data.length + 1)))
  if (random() < 0.3) parts.push(bytes(below(20)))
  const changed = Buffer.concat(parts).subarray(random() < 0.2 ? below(10) : 0)
  for (let times = below(4); times > 0 && changed.length > 0; times--) changed[below(changed.length)] = below(256)
  return changed
}

/** One frame as it goes over the wire, valid or not. `member` is somebody in a room. */
function anyFrame(member: string): Buffer {
  const kind = below(10)
  if (kind === 0) return bytes(below(60))
  if (kind === 1) return mutate(frame(pick(TEXT, BINARY), mutate(Buffer.from(validText()))))
  if (kind === 2) return frame(below(16), bytes(below(130)), { fin: random() < 0.7 })
  if (kind === 3) return frame(pick(TEXT, BINARY), bytes(below(100)), { length: below(2 ** 40) })
  if (kind === 4) return frame(TEXT, Buffer.from(JSON.stringify(anyJson())))
  if (kind === 5) return frame(TEXT, mutate(Buffer.from(validText())))
  if (kind === 6) return frame(BINARY, bytes(below(200)))
  if (kind === 7) return frame(BINARY, Buffer.concat([Buffer.from(member, 'hex'), bytes(1 + below(3000))]))
  return frame(TEXT, Buffer.from(validText()))
}

/** A frame after which a member's connection goes on. */
function harmlessFrame(): Buffer {
  const text = Buffer.from(pick('{"type":"ping"}', '{"type":"ice"}', ' { "type" : "ping" } '))
  const half = below(text.length)
  return pick(
    frame(TEXT, text),
    Buffer.concat([frame(TEXT, text.subarray(0, half), { fin: false }), frame(CONTINUATION, text.subarray(half))]),
    frame(BINARY, bytes(17 + below(200))),
    frame(pick(PING, PONG), bytes(below(126))),
  )
}

/** What a connection of its own sends: mostly a join and some harmless frames, so that the last ones meet a member. */
function anyFrames(member: string): Buffer[] {
  const join = JSON.stringify({ type: 'join', v: 1, topic: newTopic(), ...newVisit() })
  const first =
    random() < 0.8 ? [frame(TEXT, Buffer.from(join)), ...Array.from({ length: below(9) }, harmlessFrame)] : []
  return [...first, ...Array.from({ length: 1 + below(2) }, () => anyFrame(member))]
}

/** Sends some frames on a connection of their own, all at once, and waits until the server has read them. */
async function send(port: number, frames: readonly Buffer[]): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.on('error', () => {})
  const closed = gone(socket)
  // The server ends the connection at the first bad frame, or at the close frame, unless that got lost in a longer one.
  socket.resume().once('end', () => socket.destroy())
  socket.setTimeout(200, () => socket.resetAndDestroy())
  socket.write(Buffer.concat([Buffer.from(upgradeRequest(port)), ...frames, frame(CLOSE, Buffer.from([0x03, 0xe8]))]))
  await within(closed, 'the end of a connection')
}

test(`${FRAMES} random and mutated frames end nothing, hold no memory, and others are served (seed ${SEED})`, async (t) => {
  const child = await startChild({ REJOIN_GRACE: '0.2', MAX_MESSAGES_PER_SECOND: '100000' })
  t.after(() => child.end())
  const topic = newTopic()
  const ada = await Client.join(child.port, topic)
  const bob = await Client.join(child.port, topic)
  await ada.next('joined')
  const before = await child.memory()

  for (let sent = 0; sent < FRAMES; ) {
    const lanes = Array.from({ length: LANES }, () => {
      const frames = anyFrames(ada.peer)
      sent += frames.length
      return send(child.port, frames)
    })
    await Promise.all(lanes)
    const body = bytes(50)
    ada.sendTo(bob.peer, body)
    assert.deepEqual(await bob.nextFrame(), { from: ada.peer, body })
  }

  await ada.heardNothing()
  await bob.heardNothing()
  assert.ok(child.runs)
  const grown = (await child.memory()) - before
  assert.ok(grown < MEMORY_LIMIT, `memory grew by ${grown} bytes`)
})
