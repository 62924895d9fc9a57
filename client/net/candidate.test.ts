import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressKind, candidatesIn, readCandidate } from './candidate.ts'

test('the kind of an address is told by its range', () => {
  const kinds = {
    private: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.20', '100.64.0.1', 'fd12::1', '::ffff:10.1.2.3'],
    public: ['8.8.8.8', '172.32.0.1', '100.128.0.1', '11.0.0.1', '2001:db8::1', '[2a00:1450::5]', '::ffff:9.9.9.9'],
    loopback: ['127.0.0.1', '::1'],
    'link-local': ['169.254.7.7', 'fe80::1%eth0'],
    mdns: ['ee834f87-aa5f-484e-b5bf-04edb53dac95.local'],
    name: ['turn.example.org'],
    hidden: ['', '(redacted)', '0.0.0.0', '::'],
  }
  for (const [kind, addresses] of Object.entries(kinds))
    for (const address of addresses) assert.equal(addressKind(address).address, kind, address)
  assert.deepEqual(
    ['10.0.0.1', '::ffff:10.1.2.3', '2001:db8::1', 'x.local', ''].map((address) => addressKind(address).family),
    [4, 4, 6, null, null],
  )
})

test('candidates of Chromium and Firefox are read, and what is none is not', () => {
  const read = (line: string) => {
    const { kind, protocol, address, port } = readCandidate(line) ?? {}
    return [kind, protocol, address, port]
  }
  const chromium =
    'candidate:1810335949 1 udp 2113937151 ee834f87-aa5f-484e-b5bf-04edb53dac95.local 52938 typ host generation 0 ufrag /CAc network-cost 999'
  assert.deepEqual(read(chromium), ['host', 'udp', 'mdns', 52938])
  const firefox = 'candidate:3 1 TCP 2105458943 fbcd51ac-1c49-44e9-9676-30ce487d2148.local 9 typ host tcptype active'
  assert.deepEqual(read(firefox), ['host', 'tcp', 'mdns', 9])
  const reflexive = 'candidate:8 1 udp 1677729535 203.0.113.9 40001 typ srflx raddr 0.0.0.0 rport 0 generation 0'
  assert.deepEqual(read(reflexive), ['srflx', 'udp', 'public', 40001])
  for (const none of ['', 'candidate:', 'candidate:1 1 udp 5 10.0.0.1 5 typ constructor', 'typ host'])
    assert.equal(readCandidate(none), null, none)
  const sdp = `v=0\r\na=${chromium}\r\na=mid:0\r\na=${reflexive}\r\n`
  assert.deepEqual(
    candidatesIn(sdp).map(({ kind }) => kind),
    ['host', 'srflx'],
  )
})
