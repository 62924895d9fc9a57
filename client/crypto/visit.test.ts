/**
 * The vectors are frozen, and were computed with Python's hashlib, with h = SHA-256 and topic, author, token and nonce the
 * bytes from 0, 32, 64 and 80 on:
 *
 *     commit = h(b'earshot peer 1' + topic + author + nonce)
 *     peer = h(h(token) + commit)[:16]
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomBytes, toHex } from './bytes.ts'
import { nodeSuite } from './node.ts'
import { createVisit, peerIdOf } from './visit.ts'

const from = (first: number, length: number) => Uint8Array.from({ length }, (_, i) => first + i)
const topic = from(0, 32)
const author = from(32, 32)

test('a visit is the frozen one', async () => {
  const random = [from(64, 16), from(80, 16)]
  const visit = await createVisit(nodeSuite, topic, author, (length) => {
    const bytes = random.shift()
    assert.equal(bytes?.length, length)
    return bytes
  })
  assert.deepEqual(Object.fromEntries(Object.entries(visit).map(([name, bytes]) => [name, toHex(bytes)])), {
    token: toHex(from(64, 16)),
    tokenHash: 'ba22b7dc95f6cc8765757be4bccf37cd92ece6d4987dc26a31e274c9be236921',
    nonce: toHex(from(80, 16)),
    commit: 'ef9352af4fccd3a49edbaa72e35ee8f8dbd3630e89b9a697618294b44d71b883',
    peer: 'd995777a7e926424277f9ed1b3514f24',
  })
})

test('the peer id follows from the claim, and from nothing else', async () => {
  const visit = await createVisit(nodeSuite, topic, author)
  const claim = { author, nonce: visit.nonce, tokenHash: visit.tokenHash }
  assert.deepEqual(await peerIdOf(nodeSuite, topic, claim), visit.peer)
  for (const other of [{ author: randomBytes(32) }, { nonce: randomBytes(16) }, { tokenHash: randomBytes(32) }])
    assert.notDeepEqual(await peerIdOf(nodeSuite, topic, { ...claim, ...other }), visit.peer)
  assert.notDeepEqual(await peerIdOf(nodeSuite, randomBytes(32), claim), visit.peer)
})

test('two visits of one author share nothing', async () => {
  const one = await createVisit(nodeSuite, topic, author)
  const other = await createVisit(nodeSuite, topic, author)
  assert.notDeepEqual(one.token, other.token)
  assert.notDeepEqual(one.nonce, other.nonce)
  assert.notDeepEqual(one.commit, other.commit)
  assert.notDeepEqual(one.peer, other.peer)
})
