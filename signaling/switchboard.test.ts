import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ServerMessage } from './protocol.ts'
import { JoinError, type Line, peerId, type Seat, Switchboard } from './switchboard.ts'
import { newTopic, newVisit, peerOf, type Visit } from './testing/client.ts'

/** A line that keeps what it is told. */
class Recorder implements Line {
  readonly heard: (ServerMessage | 'replaced' | string)[] = []

  welcome(peer: string, peers: string[]): void {
    this.heard.push(welcome(peer, peers))
  }

  send(message: ServerMessage): void {
    this.heard.push(message)
  }

  pass(frame: Buffer): void {
    this.heard.push(frame.toString('hex'))
  }

  replaced(): void {
    this.heard.push('replaced')
  }

  /** What was heard since the last time. */
  take(): (ServerMessage | string)[] {
    return this.heard.splice(0)
  }
}

/** A member in a room. */
function enter(switchboard: Switchboard, topic: string, visit = newVisit()) {
  const line = new Recorder()
  const seat = switchboard.join(line, { topic, ...visit })
  return { visit, line, seat, peer: peerOf(visit) }
}

const frameFor = (peer: string, body = 'ff') => Buffer.from(peer + body, 'hex')
const welcome = (peer: string, peers: string[]): ServerMessage => ({ type: 'welcome', peer, peers, iceServers: [] })

test('a peer id is the first 16 bytes of SHA-256(SHA-256(token) | commit)', () => {
  const token = '000102030405060708090a0b0c0d0e0f'
  const commit = 'ab'.repeat(32)
  const tokenHash = createHash('sha256').update(token, 'hex').digest()
  const whole = createHash('sha256')
    .update(Buffer.concat([tokenHash, Buffer.from(commit, 'hex')]))
    .digest('hex')
  assert.equal(peerId({ token, commit }).toString('hex'), whole.slice(0, 32))
})

test('a newcomer is welcomed with who is there, and the others hear of it', () => {
  const switchboard = new Switchboard(10)
  const topic = newTopic()
  const ada = enter(switchboard, topic)
  const bob = enter(switchboard, topic)
  const eve = enter(switchboard, newTopic())
  assert.deepEqual(ada.line.take(), [welcome(ada.peer, []), { type: 'joined', peer: bob.peer }])
  assert.deepEqual(bob.line.take(), [welcome(bob.peer, [ada.peer])])
  assert.deepEqual(eve.line.take(), [welcome(eve.peer, [])])
  assert.deepEqual([switchboard.rooms, switchboard.members], [2, 3])
})

test('a leaving is heard by the others of the room, once, and an empty room is gone', () => {
  const switchboard = new Switchboard(10)
  const topic = newTopic()
  const [ada, bob, eve] = [enter(switchboard, topic), enter(switchboard, topic), enter(switchboard, newTopic())]
  for (const { line } of [ada, bob, eve]) line.take()
  switchboard.leave(bob.seat)
  switchboard.leave(bob.seat)
  assert.deepEqual(ada.line.take(), [{ type: 'left', peer: bob.peer }])
  assert.deepEqual([...bob.line.take(), ...eve.line.take()], [])
  switchboard.leave(ada.seat)
  assert.deepEqual([switchboard.rooms, switchboard.members], [1, 1])
})

test('a frame reaches the one it is for, byte for byte, in the same buffer, with the id of the sender', () => {
  const switchboard = new Switchboard(10)
  const topic = newTopic()
  const [ada, bob, eve] = [enter(switchboard, topic), enter(switchboard, topic), enter(switchboard, topic)]
  let passed: Buffer | undefined
  bob.line.pass = (frame) => {
    passed = frame
  }
  for (const { line } of [ada, bob, eve]) line.take()
  const frame = frameFor(bob.peer, '00ff10')
  switchboard.forward(ada.seat, frame)
  assert.equal(passed, frame)
  assert.equal(frame.toString('hex'), `${ada.peer}00ff10`)
  assert.deepEqual([...ada.line.take(), ...eve.line.take()], [])
})

test('a frame for nobody, for oneself, or for a member of another room is dropped', () => {
  const switchboard = new Switchboard(10)
  const ada = enter(switchboard, newTopic())
  const eve = enter(switchboard, newTopic())
  for (const { line } of [ada, eve]) line.take()
  for (const peer of ['00'.repeat(16), ada.peer, eve.peer]) switchboard.forward(ada.seat, frameFor(peer))
  assert.deepEqual([...ada.line.take(), ...eve.line.take()], [])
})

test('the same visit takes its seat over: the old line is told, the others hear nothing', () => {
  const switchboard = new Switchboard(10)
  const topic = newTopic()
  const [ada, bob] = [enter(switchboard, topic), enter(switchboard, topic)]
  for (const { line } of [ada, bob]) line.take()
  const again = enter(switchboard, topic, ada.visit)
  assert.deepEqual(again.line.take(), [welcome(ada.peer, [bob.peer])])
  assert.deepEqual(ada.line.take(), ['replaced'])
  assert.deepEqual(bob.line.take(), [])

  switchboard.leave(ada.seat)
  switchboard.forward(bob.seat, frameFor(ada.peer))
  assert.deepEqual(again.line.take(), [`${bob.peer}ff`])
  assert.deepEqual(bob.line.take(), [])
  assert.equal(switchboard.members, 2)
})

test('a broken line keeps its seat and gets nothing, until it expires or the visit is back', () => {
  const switchboard = new Switchboard(10)
  const topic = newTopic()
  const [ada, bob, cat] = [enter(switchboard, topic), enter(switchboard, topic), enter(switchboard, topic)]
  for (const { line } of [ada, bob, cat]) line.take()
  switchboard.broke(ada.seat)
  switchboard.broke(bob.seat)
  switchboard.forward(cat.seat, frameFor(ada.peer))
  const dan = enter(switchboard, topic)
  assert.deepEqual(dan.line.take(), [welcome(dan.peer, [ada.peer, bob.peer, cat.peer])])
  assert.deepEqual([...ada.line.take(), ...bob.line.take()], [])
  cat.line.take()

  const back = enter(switchboard, topic, bob.visit)
  switchboard.expire(ada.seat)
  switchboard.expire(bob.seat)
  assert.deepEqual(cat.line.take(), [{ type: 'left', peer: ada.peer }])
  assert.deepEqual(back.line.take(), [
    welcome(bob.peer, [ada.peer, cat.peer, dan.peer]),
    { type: 'left', peer: ada.peer },
  ])
})

test('a full room takes nobody but those who have a seat in it, broken or not', () => {
  const switchboard = new Switchboard(2)
  const topic = newTopic()
  const [ada, bob] = [enter(switchboard, topic), enter(switchboard, topic)]
  const isFull = (error: unknown) => error instanceof JoinError && error.code === 'room-full'
  switchboard.broke(ada.seat)
  assert.throws(() => enter(switchboard, topic), isFull)
  const back = enter(switchboard, topic, ada.visit)
  assert.throws(() => enter(switchboard, topic), isFull)
  switchboard.leave(back.seat)
  assert.equal(enter(switchboard, topic).line.take().length, 1)
  assert.equal(bob.line.take().at(-1) !== undefined, true)
})

test('a refused join leaves no room behind', () => {
  const switchboard = new Switchboard(0)
  assert.throws(() => enter(switchboard, newTopic()), JoinError)
  assert.deepEqual([switchboard.rooms, switchboard.members], [0, 0])
})

const TOPICS = [newTopic(), newTopic()]
const VISITS: Visit[] = Array.from({ length: 6 }, newVisit)
const MAX = 4

/** What the model knows of one who joined: the real line and seat, and where it should be. */
interface Guest {
  readonly line: Recorder
  readonly seat: Seat
  readonly topic: string
  readonly peer: string
  state: 'there' | 'broken' | 'gone'
}

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('join' as const), visit: fc.nat(5), topic: fc.nat(1) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('leave' as const, 'broke' as const, 'expire' as const),
      guest: fc.nat(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('forward' as const), guest: fc.nat(), to: fc.nat(5) }) },
)

test('whatever happens in whatever order, everyone hears what a simple model says', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const switchboard = new Switchboard(MAX)
      const guests: Guest[] = []
      const seated = (topic: string) => guests.filter((guest) => guest.topic === topic && guest.state !== 'gone')
      const expected = new Map<Recorder, (ServerMessage | string)[]>()
      const expect = (line: Recorder, heard: ServerMessage | string) =>
        expected.set(line, [...(expected.get(line) ?? []), heard])
      const others = (guest: Guest, message: ServerMessage) => {
        for (const other of seated(guest.topic))
          if (other !== guest && other.state === 'there') expect(other.line, message)
      }

      for (const action of steps) {
        if (action.do === 'join') {
          const visit = VISITS[action.visit]
          const topic = TOPICS[action.topic]
          assert.ok(visit && topic)
          const peer = peerOf(visit)
          const line = new Recorder()
          const there = seated(topic)
          const old = there.find((guest) => guest.peer === peer)
          if (!old && there.length >= MAX) {
            assert.throws(() => switchboard.join(line, { topic, ...visit }), JoinError)
          } else {
            const guest: Guest = {
              line,
              seat: switchboard.join(line, { topic, ...visit }),
              topic,
              peer,
              state: 'there',
            }
            const [first] = line.take()
            assert.ok(typeof first === 'object' && first.type === 'welcome')
            const peers = there.map((other) => other.peer).filter((other) => other !== peer)
            assert.deepEqual([first.peer, new Set(first.peers)], [peer, new Set(peers)])
            if (old) {
              old.state = 'gone'
              expect(old.line, 'replaced')
            } else {
              others(guest, { type: 'joined', peer })
            }
            guests.push(guest)
          }
        } else {
          const guest = guests[action.guest % (guests.length || 1)]
          if (!guest) continue
          if (action.do === 'forward') {
            // Only a connection that has its seat may forward.
            if (guest.state !== 'there') continue
            const visit = VISITS[action.to]
            assert.ok(visit)
            const receiver = seated(guest.topic).find((other) => other.peer === peerOf(visit))
            if (receiver && receiver !== guest && receiver.state === 'there') expect(receiver.line, `${guest.peer}ff`)
            switchboard.forward(guest.seat, frameFor(peerOf(visit)))
          } else {
            const left = action.do === 'leave' || (action.do === 'expire' && guest.state === 'broken')
            switchboard[action.do](guest.seat)
            if (guest.state === 'gone') continue
            if (action.do === 'broke') guest.state = 'broken'
            if (!left) continue
            guest.state = 'gone'
            others(guest, { type: 'left', peer: guest.peer })
          }
        }
        for (const { line } of guests) assert.deepEqual(line.take(), expected.get(line) ?? [])
        expected.clear()
        assert.equal(
          switchboard.members,
          TOPICS.reduce((sum, topic) => sum + seated(topic).length, 0),
        )
        assert.equal(switchboard.rooms, TOPICS.filter((topic) => seated(topic).length > 0).length)
      }
    }),
    { numRuns: 300 },
  )
})
