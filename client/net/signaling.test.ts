import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WebSocket } from 'ws'
import { startServer } from '../../signaling/testing/server.ts'
import { toHex, utf8 } from '../crypto/bytes.ts'
import { nodeIdentity, nodeSuite } from '../crypto/node.ts'
import { createVisit } from '../crypto/visit.ts'
import { Signaling } from './signaling.ts'
import { backoff, systemTime } from './time.ts'

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

test('waits grow up to a limit, and never by the same steps', () => {
  const time = { ...systemTime, random: () => 1 }
  assert.deepEqual(
    [0, 1, 2, 3, 60].map((failures) => backoff(time, failures, 300, 15_000)),
    [300, 600, 1_200, 2_400, 15_000],
  )
  assert.equal(backoff({ ...time, random: () => 0 }, 1, 300, 15_000), 300)
})
