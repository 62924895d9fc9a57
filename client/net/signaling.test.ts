import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WebSocket } from 'ws'
import { startServer } from '../../signaling/testing/server.ts'
import { toHex, utf8 } from '../crypto/bytes.ts'
import { nodeIdentity, nodeSuite } from '../crypto/node.ts'
import { createVisit } from '../crypto/visit.ts'
import { Signaling } from './signaling.ts'
import { backoff, systemTime } from './time.ts'
import { VirtualTime } from './virtual-time.ts'

const TOPIC = new Uint8Array(32).fill(9)

/** Says what it hears, one line each; `next` waits for the first line that was not taken yet. */
class Ear {
  readonly #lines: string[] = []
  #wake = () => {}

  hear(line: string): void {
    this.#lines.push(line)
    this.#wake()
  }

  async next(): Promise<string> {
    while (this.#lines.length === 0)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    return this.#lines.shift() ?? ''
  }
}

async function join(port: number) {
  const visit = await createVisit(nodeSuite, TOPIC, nodeIdentity().author)
  const ear = new Ear()
  const signaling = new Signaling({
    url: `ws://127.0.0.1:${port}/signal`,
    WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
    time: systemTime,
    topic: TOPIC,
    visit,
    events: {
      welcome: (peers) => ear.hear(`welcome ${peers.join()}`),
      ice: () => ear.hear('ice'),
      joined: (peer) => ear.hear(`joined ${peer}`),
      left: (peer) => ear.hear(`left ${peer}`),
      envelope: (from, sealed) => ear.hear(`${from}: ${new TextDecoder().decode(sealed)}`),
      away: () => ear.hear('away'),
      refused: (code) => ear.hear(`refused ${code}`),
    },
  })
  return { id: toHex(visit.peer), ear, signaling }
}

test('members hear of each other, and envelopes reach the one that they are for', async (t) => {
  const server = await startServer(t)
  const a = await join(server.port)
  assert.equal(await a.ear.next(), 'welcome ')
  const b = await join(server.port)
  assert.equal(await b.ear.next(), `welcome ${a.id}`)
  assert.equal(await a.ear.next(), `joined ${b.id}`)
  b.signaling.send(a.id, utf8('sealed'))
  assert.equal(await a.ear.next(), `${b.id}: sealed`)
  b.signaling.leave()
  assert.equal(await a.ear.next(), `left ${b.id}`)
  a.signaling.leave()
  await server.close()
})

test('when the server stops and comes back on its port, the same visit takes its place by itself', async (t) => {
  const first = await startServer(t)
  const a = await join(first.port)
  assert.equal(await a.ear.next(), 'welcome ')
  await first.close()
  assert.equal(await a.ear.next(), 'away')
  a.signaling.send('00'.repeat(16), utf8('into the void'))
  const second = await startServer(t, { PORT: `${first.port}` })
  let line = await a.ear.next()
  while (line === 'away') line = await a.ear.next()
  assert.equal(line, 'welcome ')
  a.signaling.leave()
  await second.close()
})

test('what a member is refused for is told', async (t) => {
  const server = await startServer(t, { MAX_ROOM_MEMBERS: '2' })
  const members = []
  for (let i = 0; i < 2; i++) {
    const member = await join(server.port)
    assert.match(await member.ear.next(), /^welcome/)
    members.push(member)
  }
  const third = await join(server.port)
  assert.equal(await third.ear.next(), 'refused room-full')
  assert.equal(await third.ear.next(), 'away')
  for (const { signaling } of [...members, third]) signaling.leave()
})

test('a socket that is gone without a word is noticed on waking', async (t) => {
  const server = await startServer(t)
  const a = await join(server.port)
  assert.equal(await a.ear.next(), 'welcome ')
  a.signaling.wake()
  await server.close()
  assert.equal(await a.ear.next(), 'away')
  a.signaling.wake()
  assert.equal(await a.ear.next(), 'away')
  a.signaling.leave()
})

/** A server that the test plays, in virtual time: what the client says is in `said`. */
async function played() {
  const visit = await createVisit(nodeSuite, TOPIC, nodeIdentity().author)
  const time = new VirtualTime()
  const said: string[] = []
  const heard: string[] = []
  let socket: PlayedSocket | null = null
  class PlayedSocket {
    readonly OPEN = 1
    readonly readyState = 1
    onopen = () => {}
    onclose = () => {}
    onmessage = (_event: { data: string }) => {}
    constructor() {
      socket = this
    }
    send(text: string): void {
      const { type } = JSON.parse(text)
      if (type === 'ping') this.hear({ type: 'pong' })
      else said.push(type)
    }
    hear(message: object): void {
      time.after(0, () => this.onmessage({ data: JSON.stringify(message) }))
    }
    close(): void {}
  }
  const signaling = new Signaling({
    url: 'ws://example.org/signal',
    WebSocket: PlayedSocket as unknown as typeof globalThis.WebSocket,
    time,
    topic: TOPIC,
    visit,
    events: {
      welcome: () => heard.push('welcome'),
      ice: ([server]) => heard.push(`ice ${server?.username}`),
      joined: () => {},
      left: () => {},
      envelope: () => {},
      away: () => heard.push('away'),
      refused: () => {},
    },
  })
  const now = () => socket ?? assert.fail('no socket')
  const welcome = async (iceTtl?: number) => {
    now().hear({ type: 'welcome', peer: toHex(visit.peer), peers: [], iceServers: [], iceTtl })
    await time.pass(1)
  }
  return { time, said, heard, signaling, now, welcome }
}

test('credentials are renewed by "ice" before they end, and those that come are renewed in their turn', async () => {
  const { time, said, heard, signaling, now, welcome } = await played()
  /** Seconds until the client asks. */
  const untilAsked = async () => {
    const start = time.now()
    const before = said.length
    while (said.length === before) await time.pass(1000)
    return (time.now() - start) / 1000
  }
  await welcome(600)
  const first = await untilAsked()
  assert.ok(first >= 360 && first <= 481, `after ${first} s`)
  now().hear({ type: 'ice', iceServers: [{ urls: 'turn:a', username: 'second', credential: 'c' }], iceTtl: 600 })
  const second = await untilAsked()
  assert.ok(second >= 360 && second <= 481, `after ${second} s`)
  assert.deepEqual(heard, ['welcome', 'ice second'])
  // This time the answer stays out: it is asked again, at an easy pace.
  assert.equal(await untilAsked(), 20)
  assert.deepEqual(said, ['ice', 'ice', 'ice'])
  signaling.leave()
  assert.equal(time.pending, 0)
})

test('what does not end is not renewed, and a server that wants it every moment is not obeyed', async () => {
  const forever = await played()
  await forever.welcome()
  await forever.time.pass(86_400_000)
  assert.deepEqual(forever.said, [])
  const hasty = await played()
  await hasty.welcome(1)
  await hasty.time.pass(19_000)
  assert.deepEqual(hasty.said, [])
})

test('after a sleep beyond their time, credentials are renewed on waking; without a socket, the next welcome has them', async () => {
  const { time, said, now, heard, signaling, welcome } = await played()
  await welcome(86_400)
  time.sleep(90_000_000)
  signaling.wake()
  assert.deepEqual(said, ['ice'])
  now().hear({ type: 'ice', iceServers: [], iceTtl: 600 })
  await time.pass(1)
  now().onclose()
  said.length = 0
  await time.pass(7_000)
  assert.deepEqual([said, heard.includes('away')], [[], true])
  await welcome(600)
  await time.pass(600_000 * 0.81)
  assert.equal(said[0], 'ice')
})

test('waits grow up to a limit, and never by the same steps', () => {
  const time = { ...systemTime, random: () => 1 }
  assert.deepEqual(
    [0, 1, 2, 3, 60].map((failures) => backoff(time, failures, 300, 15_000)),
    [300, 600, 1_200, 2_400, 15_000],
  )
  assert.equal(backoff({ ...time, random: () => 0 }, 1, 300, 15_000), 300)
})
