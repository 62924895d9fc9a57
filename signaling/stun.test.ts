import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { answerStun, MOST_ADDED, StunResponder } from './stun.ts'
import { readStun, xorMappedAddress } from './stun-message.ts'
import { attribute, dice, mutant, request } from './testing/stun.ts'

const V4 = { address: '198.51.100.7', port: 54321 }
const V6 = { address: '2001:db8::7', port: 54321 }

for (const sender of [V4, V6])
  test(`${sender.address} is told its address and port, and nothing else`, () => {
    const asked = request()
    const answer = readStun(answerStun(asked, sender) ?? assert.fail())
    assert.equal(answer?.type, 0x0101)
    assert.deepEqual(answer.transaction, asked.subarray(8, 20))
    assert.deepEqual(answer.attributes, [xorMappedAddress(sender.address, sender.port, answer.transaction)])
    assert.equal(answer.fingerprint, false)
  })

test('who asks with a fingerprint is answered with one', () => {
  assert.equal(readStun(answerStun(request([], true), V4) ?? assert.fail())?.fingerprint, true)
})

test('an attribute that may be ignored is, and so is all of RFC 8489', () => {
  const known = [0x8022, 0x802a, 0xffff, 0x0001, 0x0006, 0x0014, 0x0015, 0x001d, 0x001e].map((type) => attribute(type))
  assert.equal(answerStun(request(known, true), V4)?.readUInt16BE(0), 0x0101)
})

test('attributes that must be understood and are not get 420 with their types, each once', () => {
  const asked = request([attribute(0x0003), attribute(0x8022), attribute(0x0027), attribute(0x0003)], true)
  const answer = readStun(answerStun(asked, V6) ?? assert.fail())
  assert.equal(answer?.type, 0x0111)
  assert.equal(answer.fingerprint, true)
  assert.deepEqual(answer.transaction, asked.subarray(8, 20))
  assert.deepEqual(
    answer.attributes.map(({ type, value }) => [type, value.toString('hex')]),
    [
      [0x0009, '00000414'],
      [0x000a, '00030027'],
    ],
  )
})

test('what follows MESSAGE-INTEGRITY is ignored', () => {
  assert.equal(answerStun(request([attribute(0x0008, 20), attribute(0x0003)]), V4)?.readUInt16BE(0), 0x0101)
})

const UNANSWERED: [name: string, datagram: Buffer, sender?: typeof V4][] = [
  ['an indication', request([], false, 0x0011)],
  ['a success response, such as its own', answerStun(request(), V4) ?? assert.fail()],
  ['an error response, such as its own', answerStun(request([attribute(3)]), V4) ?? assert.fail()],
  ['another method', request([], false, 0x0003)],
  ['a request without the magic cookie', request().fill(0, 4, 8)],
  ['a wrong fingerprint', request([], true).fill(0, 24)],
  ['more than a request needs', request([attribute(0x8022, 600)])],
  ['a request from port 0', request(), { address: V4.address, port: 0 }],
  ['a request from no address', request(), { address: '', port: 1 }],
]
for (const [name, datagram, sender] of UNANSWERED)
  test(`no answer to ${name}`, () => {
    assert.equal(answerStun(datagram, sender ?? V4), null)
  })

test('20,000 malformed and mutated datagrams: nothing thrown, no answer much longer than what was asked', () => {
  const roll = dice(5389)
  const kinds = { success: 0, error: 0, none: 0 }
  let most = 0
  for (let count = 0; count < 20_000; count++) {
    const datagram = mutant(roll)
    const answer = answerStun(datagram, roll(2) === 0 ? V4 : V6)
    if (answer === null) kinds.none += 1
    else {
      kinds[answer.readUInt16BE(0) === 0x0101 ? 'success' : 'error'] += 1
      most = Math.max(most, answer.length - datagram.length)
      assert.ok(readStun(answer), 'an answer that is no STUN')
    }
  }
  assert.equal(most, MOST_ADDED)
  // Else the mutants would be too wild or too tame to show anything.
  for (const [kind, count] of Object.entries(kinds)) assert.ok(count > 1000, `${count} times ${kind}`)
})

test('an address is answered 200 times a second after a burst of 2,000; a /64 is one address; others notice nothing', () => {
  const responder = new StunResponder(0)
  const answered = (address: () => string, now: number, times: number) =>
    Array.from({ length: times }, () => responder.answer(request(), { address: address(), port: 9 }, now)).filter(
      (answer) => answer !== null,
    ).length
  assert.equal(
    answered(() => '192.0.2.1', 0, 3000),
    2000,
  )
  assert.equal(
    answered(() => '192.0.2.1', 1000, 3000),
    200,
  )
  const inside64 = () => `2001:db8:0:1:${randomBytes(2).toString('hex')}::1`
  assert.equal(answered(inside64, 1000, 3000), 2000)
  assert.equal(
    answered(() => '192.0.2.2', 1000, 1),
    1,
  )
  // Whatever it doesn't answer costs nobody anything.
  for (let count = 0; count < 5000; count++)
    responder.answer(Buffer.from('garbage'), { address: '192.0.2.3', port: 9 }, 1000)
  assert.equal(
    answered(() => '192.0.2.3', 1000, 1),
    1,
  )
})
