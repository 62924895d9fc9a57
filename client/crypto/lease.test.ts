import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bytes, equal } from './bytes.ts'
import { openLease, signLease } from './lease.ts'
import { nodeIdentity, nodeSuite } from './node.ts'
import { createVisit } from './visit.ts'

const TOPIC: Bytes = new Uint8Array(32).fill(1)
const heads = [[new Uint8Array(16).fill(9), 4]] as const

async function someone() {
  const identity = nodeIdentity()
  return { identity, visit: await createVisit(nodeSuite, TOPIC, identity.author) }
}

test('a lease tells whose visit is there, under which name, and what it holds', async () => {
  const { identity, visit } = await someone()
  const opened = await openLease(
    nodeSuite,
    TOPIC,
    await signLease(identity, visit, TOPIC, { n: 3, name: 'Ada', heads }),
  )
  assert.ok(opened && equal(opened.peer, visit.peer))
  assert.deepEqual(opened.lease, { author: identity.author, n: 3, name: 'Ada', heads, bye: false })
})

test('a lease that says bye is told from all others', async () => {
  const { identity, visit } = await someone()
  const opened = await openLease(
    nodeSuite,
    TOPIC,
    await signLease(identity, visit, TOPIC, { n: null, name: '', heads: [] }),
  )
  assert.equal(opened?.lease.bye, true)
})

test('whichever bit of a lease or its signature is altered, it says nothing for that visit', async () => {
  const { identity, visit } = await someone()
  const signed = await signLease(identity, visit, TOPIC, { n: 3, name: 'Ada', heads })
  for (const part of ['lease', 'signature'] as const)
    for (let bit = 0; bit < signed[part].length * 8; bit++) {
      const altered = new Uint8Array(signed[part])
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      assert.equal(await openLease(nodeSuite, TOPIC, { ...signed, [part]: altered }), null)
    }
})

test('a lease holds in its own room only', async () => {
  const { identity, visit } = await someone()
  const signed = await signLease(identity, visit, TOPIC, { n: 1, name: 'Ada', heads })
  assert.equal(await openLease(nodeSuite, new Uint8Array(32).fill(2), signed), null)
})

test('nobody can sign a lease for another’s visit', async () => {
  const [ada, eve] = [await someone(), await someone()]
  const opened = await openLease(
    nodeSuite,
    TOPIC,
    await signLease(eve.identity, ada.visit, TOPIC, { n: 1, name: 'Ada', heads }),
  )
  assert.ok(opened && !equal(opened.peer, ada.visit.peer))
})
