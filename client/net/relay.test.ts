import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bytes, randomBytes, toHex } from '../crypto/bytes.ts'
import { type Frame, MAX_HOPS, type RelayFrame } from './frame.ts'
import type { Link } from './link.ts'
import { Relay } from './relay.ts'
import { VirtualTime } from './virtual-time.ts'

interface Node {
  readonly id: string
  readonly relay: Relay
  readonly links: Map<string, Link>
  readonly got: string[]
}

/** Members in the given topology, whose relays pass real frames to each other at once. */
function members(size: number, areLinked: (a: number, b: number) => boolean) {
  const time = new VirtualTime()
  let frames = 0
  const nodes: Node[] = Array.from({ length: size }, (_, number) => {
    const id = toHex(new Uint8Array(16).fill(number + 1))
    const links = new Map<string, Link>()
    const got: string[] = []
    const relay = new Relay({ me: id, time, links: () => links, deliver: (from) => got.push(from) })
    return { id, relay, links, got }
  })
  for (const [a, one] of nodes.entries())
    for (const [b, other] of nodes.entries()) {
      if (a === b || !areLinked(Math.min(a, b), Math.max(a, b))) continue
      const link = {
        isShaky: false,
        unsent: 0,
        send: (frame: Frame) => {
          frames++
          if (frame.type === 'relay') other.relay.receive(one.id, frame)
        },
      }
      one.links.set(other.id, link as unknown as Link)
    }
  return { time, nodes, frames: () => frames }
}

const at = (nodes: readonly Node[], index: number): Node => {
  const node = nodes[index]
  assert.ok(node)
  return node
}

test('an envelope crosses members to whom it is for, once, whatever ways there are', () => {
  const { nodes, frames } = members(8, () => true)
  const [first, last] = [at(nodes, 0), at(nodes, 7)]
  first.links.delete(last.id)
  first.relay.send(last.id, randomBytes(100))
  assert.deepEqual(last.got, [first.id])
  for (const { got } of nodes.slice(0, 7)) assert.deepEqual(got, [])
  // Everybody who heard of it passed it on, to the receiver or to all, and nobody twice.
  assert.ok(frames() <= 8 * 7, `${frames()}`)
})

test('an envelope goes straight to whom one is linked to', () => {
  const { nodes, frames } = members(8, () => true)
  at(nodes, 0).relay.send(at(nodes, 3).id, randomBytes(100))
  assert.equal(frames(), 1)
})

test('an envelope gets as far as six links and no further', () => {
  const { nodes } = members(9, (a, b) => b - a === 1)
  const first = at(nodes, 0)
  for (const { id } of nodes.slice(1)) first.relay.send(id, randomBytes(100))
  assert.deepEqual(
    nodes.slice(1).map(({ got }) => got.length),
    Array.from({ length: 8 }, (_, distance) => (distance < MAX_HOPS ? 1 : 0)),
  )
})

test('who sends envelopes without end is passed on at a bounded rate, and others are as before', async () => {
  const { nodes, time } = members(4, (a, b) => a === 2 || b === 2)
  const [flooder, honest, middle, receiver] = [at(nodes, 0), at(nodes, 1), at(nodes, 2), at(nodes, 3)]
  const frame = (): RelayFrame => ({
    type: 'relay',
    id: randomBytes(16),
    ttl: MAX_HOPS,
    from: new Uint8Array(16).fill(1) as Bytes,
    to: new Uint8Array(16).fill(4) as Bytes,
    envelope: randomBytes(10),
  })
  for (let i = 0; i < 10_000; i++) middle.relay.receive(flooder.id, frame())
  assert.equal(receiver.got.length, 1_000)
  honest.relay.send(receiver.id, randomBytes(10))
  assert.equal(receiver.got.at(-1), honest.id)
  await time.pass(1_000)
  for (let i = 0; i < 10_000; i++) middle.relay.receive(flooder.id, frame())
  assert.ok(receiver.got.length <= 1_102, `${receiver.got.length}`)
})

test('over a link on which nothing is heard an envelope goes round about as well', () => {
  const { nodes } = members(3, () => true)
  const [a, b] = [at(nodes, 0), at(nodes, 1)]
  const shaky = { isShaky: true, unsent: 0, send() {} }
  a.links.set(b.id, shaky as unknown as Link)
  a.relay.send(b.id, randomBytes(10))
  assert.deepEqual(b.got, [a.id])
})
