import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Outside, pathOf, type Route } from './route.ts'

interface End {
  candidateType: string
  address?: string
  port?: number
  protocol?: string
  relayProtocol?: string
}

/** As Chromium 156 gives them: the pair in use is named by `transport`, and another one worked as well. */
function chromium(local: End, remote: End) {
  const hidden = { address: '', ip: '', port: 50000, protocol: 'udp', transportId: 'T01' }
  const spare = { state: 'succeeded', nominated: true, currentRoundTripTime: 0.5, type: 'candidate-pair' }
  return [
    { ...spare, id: 'CPa_b', localCandidateId: 'Ispare', remoteCandidateId: 'Ispare2', timestamp: 1 },
    {
      ...spare,
      id: 'CPc_d',
      localCandidateId: 'IL',
      remoteCandidateId: 'IR',
      currentRoundTripTime: 0.012,
      writable: true,
    },
    { id: 'Ispare', type: 'local-candidate', ...hidden, candidateType: 'host' },
    { id: 'Ispare2', type: 'remote-candidate', ...hidden, candidateType: 'host' },
    { id: 'IL', type: 'local-candidate', ...hidden, networkType: 'unknown', ...local },
    { id: 'IR', type: 'remote-candidate', ...hidden, isRemote: true, ...remote },
    { id: 'T01', type: 'transport', dtlsState: 'connected', selectedCandidatePairId: 'CPc_d', tlsVersion: 'FEFC' },
    { id: 'P', type: 'peer-connection', dataChannelsOpened: 3 },
  ]
}

/** As Firefox gave them before it had `selectedCandidatePairId`, with hidden addresses as “(redacted)”. */
function firefox(local: End, remote: End) {
  const pair = { type: 'candidate-pair', state: 'succeeded', readable: true, currentRoundTripTime: 0 }
  return [
    { ...pair, id: '870f', localCandidateId: '9cf', remoteCandidateId: 'none', selected: false, state: 'cancelled' },
    { ...pair, id: '735f', localCandidateId: '1b4', remoteCandidateId: '27d', selected: true, nominated: true },
    { id: '1b4', type: 'local-candidate', address: 'd6a6ccd4-7e96.local', protocol: 'udp', port: 42162, ...local },
    { id: '27d', type: 'remote-candidate', address: '(redacted)', protocol: 'udp', port: 46094, ...remote },
  ]
}

const UNKNOWN: Outside = { isShared: null, hostPorts: new Set() }
const APART: Outside = { isShared: false, hostPorts: new Set([50000]) }

const cases: readonly [what: string, route: Route, local: End, remote: End, outside?: Outside][] = [
  ['two hosts whose names were looked up', 'network', { candidateType: 'host' }, { candidateType: 'host' }],
  [
    'a host that answered before its name was looked up',
    'network',
    { candidateType: 'host' },
    { candidateType: 'prflx' },
  ],
  [
    'the same port, but both known outside under other addresses, as behind NATs that keep ports',
    'nat',
    { candidateType: 'host' },
    { candidateType: 'prflx' },
    APART,
  ],
  [
    'one outside, and one behind a NAT that takes other ports',
    'nat',
    { candidateType: 'host' },
    { candidateType: 'prflx', port: 61234 },
    APART,
  ],
  [
    'private addresses, one of them found out by checks',
    'network',
    { candidateType: 'host', address: '192.168.1.4' },
    { candidateType: 'prflx', address: '192.168.1.9', port: 61234 },
    APART,
  ],
  [
    'an address that a STUN server on the same network saw',
    'network',
    { candidateType: 'host' },
    { candidateType: 'srflx', address: '192.168.1.9' },
  ],
  [
    'both behind NATs',
    'nat',
    { candidateType: 'srflx', address: '203.0.113.4' },
    { candidateType: 'srflx', address: '198.51.100.7' },
  ],
  [
    'a NAT of one’s own',
    'nat',
    { candidateType: 'prflx', address: '203.0.113.4' },
    { candidateType: 'prflx', port: 1 },
  ],
  ['a NAT of theirs', 'nat', { candidateType: 'host' }, { candidateType: 'srflx', address: '198.51.100.7' }],
  [
    'public addresses',
    'direct',
    { candidateType: 'host', address: '203.0.113.4' },
    { candidateType: 'host', address: '198.51.100.7' },
  ],
  [
    'IPv6 addresses that STUN servers see as they are',
    'direct',
    { candidateType: 'host' },
    { candidateType: 'srflx', address: '2001:db8::7' },
  ],
  [
    'one’s own relay',
    'relay-udp',
    { candidateType: 'relay', relayProtocol: 'udp' },
    { candidateType: 'host', address: '203.0.113.4' },
  ],
  [
    'one’s own relay by TCP, and theirs',
    'relay-tcp',
    { candidateType: 'relay', relayProtocol: 'tcp' },
    { candidateType: 'relay' },
  ],
  ['one’s own relay by TLS', 'relay-tls', { candidateType: 'relay', relayProtocol: 'tls' }, { candidateType: 'prflx' }],
  ['one’s own relay, by whatever', 'relay', { candidateType: 'relay' }, { candidateType: 'prflx' }],
  ['their relay only', 'relay', { candidateType: 'host' }, { candidateType: 'relay', address: '203.0.113.1' }],
]

for (const [what, route, local, remote, outside = UNKNOWN] of cases)
  test(`the route of ${what} is ${route}, in Chromium and in Firefox`, () => {
    const inChromium = pathOf(chromium(local, remote), outside)
    assert.equal(inChromium?.route, route)
    assert.equal(inChromium?.rtt, 12)
    const inFirefox = pathOf(firefox(local, { port: 50000, ...remote }), outside)
    assert.equal(inFirefox?.route, route)
    assert.equal(inFirefox?.rtt, 0)
  })

test('the nominated pair counts where none is said to be in use, and without one there is no path', () => {
  const stats = chromium({ candidateType: 'relay', relayProtocol: 'udp' }, { candidateType: 'host' })
  const [, pair, ...others] = stats
  const unnamed = others.filter(({ type }) => type !== 'transport')
  assert.equal(pathOf([pair, ...unnamed], UNKNOWN)?.route, 'relay-udp')
  assert.equal(pathOf(unnamed, UNKNOWN), null)
  assert.equal(pathOf([], UNKNOWN), null)
})

test('statistics of another shape are no path, and no error', () => {
  for (const odd of [
    null,
    7,
    'text',
    {},
    { type: 'candidate-pair' },
    { type: 'transport', selectedCandidatePairId: 5 },
  ])
    assert.equal(pathOf([odd], UNKNOWN), null)
  const stats = chromium({ candidateType: 'toString' }, { candidateType: 'host' })
  assert.equal(pathOf(stats, UNKNOWN), null)
})

test('a path holds no address', () => {
  const path = pathOf(
    chromium({ candidateType: 'srflx', address: '203.0.113.4' }, { candidateType: 'host', address: 'fe80::7' }),
    UNKNOWN,
  )
  assert.doesNotMatch(JSON.stringify(path), /203|fe80/)
  assert.deepEqual(path?.other, { kind: 'host', protocol: 'udp', address: 'link-local', family: 6 })
})
