import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Gathered } from './gather.ts'
import { secondStunUrl } from './network-check.ts'
import {
  type Answer,
  type CheckedServer,
  type Nat,
  natOf,
  networkVerdict,
  stunAnswer,
  turnAnswer,
} from './network-verdict.ts'

const gathered = (change: Partial<Omit<Gathered, 'mapped'>> & { readonly mapped?: readonly string[] }): Gathered => ({
  own: 1,
  relayed: 0,
  errors: [],
  isComplete: true,
  ...change,
  mapped: new Set(change.mapped ?? []),
})
const server = (kind: 'stun' | 'turn', answer: Answer): CheckedServer => ({
  kind,
  transport: 'udp',
  url: `${kind}:example.org`,
  answer,
})
const verdict = (nat: Nat, servers: readonly CheckedServer[]) =>
  networkVerdict({ signaling: 'works', hasAddress: true, servers, nat })

test('a STUN server answers by an address, or, where there is no NAT, by not complaining', () => {
  assert.equal(stunAnswer(gathered({ mapped: ['192.0.2.1 5000'] })), 'works')
  assert.equal(stunAnswer(gathered({})), 'works')
  assert.equal(stunAnswer(gathered({ errors: [701] })), 'silent')
  assert.equal(stunAnswer(gathered({ isComplete: false })), 'silent')
})

test('a relay works once it gives an address; refused credentials are not taken for silence', () => {
  assert.equal(turnAnswer(gathered({ relayed: 1, errors: [701] })), 'works')
  assert.equal(turnAnswer(gathered({ errors: [701, 401] })), 'refused')
  assert.equal(turnAnswer(gathered({ errors: [701] })), 'silent')
  assert.equal(turnAnswer(gathered({ isComplete: false })), 'silent')
})

test('one socket that two destinations see by different ports is behind a strict NAT, however many addresses there are', () => {
  const one = gathered({ mapped: ['192.0.2.1 5000'] })
  const other = gathered({ mapped: ['192.0.2.1 5001'] })
  assert.equal(natOf(one, other, gathered({ mapped: ['192.0.2.1 5002'] })), 'steady')
  assert.equal(natOf(one, other, gathered({ mapped: ['192.0.2.1 5002', '192.0.2.1 5003'] })), 'strict')
  // One of them may be silent by IPv6.
  assert.equal(natOf(one, other, gathered({ mapped: ['192.0.2.1 1', '192.0.2.1 2'], isComplete: false })), 'strict')
  const two = gathered({ mapped: ['192.0.2.1 5000', '192.0.2.1 6000'] })
  assert.equal(natOf(two, two, two), 'steady')
})

test('a kind of NAT that was not seen is not made up', () => {
  const one = gathered({ mapped: ['192.0.2.1 5000'] })
  assert.equal(natOf(null, null, null), 'unknown')
  assert.equal(natOf(one, null, null), 'unknown')
  assert.equal(natOf(one, one, gathered({ mapped: ['192.0.2.1 5000'], isComplete: false })), 'unknown')
  assert.equal(natOf(gathered({}), null, null), 'none')
})

test('a server on one’s own side of the NAT tells nothing of it', () => {
  for (const address of ['10.0.0.2', '172.16.3.4', '192.168.1.9', '169.254.1.1', '100.64.0.1', 'fd00::5', 'fe80::1']) {
    const seen = gathered({ mapped: [`${address} 5000`] })
    assert.equal(natOf(seen, seen, seen), 'inside', address)
  }
  for (const address of ['192.0.2.1', '172.32.0.1', '100.128.0.1', '2001:db8::1']) {
    const seen = gathered({ mapped: [`${address} 5000`] })
    assert.equal(natOf(seen, seen, seen), 'steady', address)
  }
})

test('what it comes to is what helps most', () => {
  const [stun, relay] = [server('stun', 'works'), server('turn', 'works')]
  assert.equal(verdict('steady', [stun, relay]), 'all')
  assert.equal(verdict('strict', [stun, relay]), 'by-relay')
  assert.equal(verdict('blocked', [server('stun', 'silent'), relay]), 'by-relay')
  assert.equal(verdict('steady', [stun]), 'most')
  assert.equal(verdict('none', [stun]), 'most')
  assert.equal(verdict('strict', [stun]), 'some')
  assert.equal(verdict('unknown', [stun]), 'some')
  assert.equal(verdict('inside', [stun]), 'here')
  assert.equal(verdict('inside', [stun, relay]), 'all')
  assert.equal(verdict('blocked', [server('stun', 'silent')]), 'near')
  assert.equal(verdict('unknown', []), 'near')
  assert.equal(verdict('steady', [stun, server('turn', 'refused'), server('turn', 'silent')]), 'relay-refused')
  assert.equal(verdict('strict', [stun, server('turn', 'silent')]), 'relay-silent')
})

test('without the server, or without an address of one’s own, nothing else matters', () => {
  const rest = { servers: [server('turn', 'works')], nat: 'steady' as const }
  assert.equal(networkVerdict({ signaling: 'silent', hasAddress: true, ...rest }), 'no-server')
  assert.equal(networkVerdict({ signaling: 'works', hasAddress: false, ...rest }), 'no-address')
})

test('only the signaling server’s own STUN is asked at a second port', () => {
  assert.equal(secondStunUrl('stun:chat.example:3478', 'chat.example'), 'stun:chat.example:3480')
  assert.equal(secondStunUrl('stun:chat.example', 'chat.example'), 'stun:chat.example:3480')
  assert.equal(secondStunUrl('stun:[2001:db8::1]:5000', '[2001:db8::1]'), 'stun:[2001:db8::1]:5002')
  assert.equal(secondStunUrl('stun:other.example:3478', 'chat.example'), null)
  assert.equal(secondStunUrl('turn:chat.example:3478', 'chat.example'), null)
})
