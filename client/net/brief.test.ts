import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import * as v from 'valibot'
import { fingerprintOf } from '../crypto/hello.ts'
import { encode } from '../crypto/msgpack.ts'
import { read } from '../crypto/schema.ts'
import { briefSchema, fromBrief, MOST_CANDIDATES, toBrief } from './brief.ts'

/** As Chromium writes it. */
const SDP = [
  'v=0',
  'o=- 3904391725386637378 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'a=extmap-allow-mixed',
  'a=msid-semantic: WMS',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'c=IN IP4 0.0.0.0',
  'a=candidate:3347739899 1 udp 2113937151 221e50c9-51d8-4006-aca0-910cee9cbbff.local 55008 typ host generation 0 network-cost 999',
  'a=ice-ufrag:yCSG',
  'a=ice-pwd:qiP2xRQw93n5RlTlYrpGyoHI',
  'a=ice-options:trickle',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, (_, i) => (i * 7).toString(16).padStart(2, '0').toUpperCase()).join(':')}`,
  'a=setup:actpass',
  'a=mid:0',
  'a=sctp-port:5000',
  'a=max-message-size:262144',
  '',
].join('\r\n')

const candidatesOf = (sdp: string) => [...sdp.matchAll(/^a=(candidate:[^\r\n]*)/gm)].map(([, line = '']) => line)

test('a description comes back with all that a connection needs, and with candidates that came apart from it', () => {
  const brief = toBrief(SDP, [
    'candidate:1 1 udp 1677729535 203.0.113.7 40000 typ srflx raddr 0.0.0.0 rport 0 generation 0',
    'candidate:2 1 UDP 33562367 2001:db8::1:17 49160 typ relay raddr 203.0.113.7 rport 40000',
    'candidate:3 1 udp 2122260223 ::ffff:192.0.2.1 49161 typ host',
    'candidate:4 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active',
    'candidate:5 1 udp 2122260223 host.example.org 49161 typ host',
  ])
  assert.ok(brief)
  const sdp = fromBrief(brief)
  assert.equal(fingerprintOf(sdp), fingerprintOf(SDP))
  for (const line of ['a=ice-ufrag:yCSG', 'a=ice-pwd:qiP2xRQw93n5RlTlYrpGyoHI', 'a=setup:actpass', 'a=mid:0'])
    assert.ok(sdp.includes(`${line}\r\n`), line)
  assert.deepEqual(candidatesOf(sdp), [
    'candidate:1 1 udp 33562367 2001:0db8:0000:0000:0000:0000:0001:0017 49160 typ relay raddr :: rport 0',
    'candidate:2 1 udp 1677729535 203.0.113.7 40000 typ srflx raddr 0.0.0.0 rport 0',
    'candidate:3 1 udp 2113937151 221e50c9-51d8-4006-aca0-910cee9cbbff.local 55008 typ host',
    'candidate:4 1 udp 2122260223 0000:0000:0000:0000:0000:ffff:c000:0201 49161 typ host',
  ])
  assert.deepEqual(toBrief(sdp, []), brief)
})

test('of too many candidates those that lead far stay', () => {
  const hosts = Array.from({ length: 30 }, (_, i) => `candidate:1 1 udp 2122260223 192.0.2.${i} 5000 typ host`)
  const brief = toBrief(SDP, [...hosts, 'candidate:1 1 udp 33562367 203.0.113.9 49160 typ relay raddr 0.0.0.0 rport 0'])
  assert.equal(brief?.[5].length, MOST_CANDIDATES)
  assert.match(fromBrief(brief), / typ relay /)
})

test('what is no description of one data connection is none', () => {
  assert.equal(toBrief('', []), null)
  assert.equal(toBrief(SDP.replace('sha-256', 'sha-1'), []), null)
  assert.equal(toBrief(SDP.replace('a=setup:actpass', 'a=setup:holdconn'), []), null)
  assert.equal(toBrief(SDP.replace('yCSG', 'y C'), []), null)
})

test('whatever fits the schema gives lines of SDP and nothing else, and the same again', () => {
  const text = (min: number, max: number) =>
    fc.string({ unit: fc.constantFrom(...'aZ09+/'), minLength: min, maxLength: max })
  const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
  const candidate = fc.oneof(
    fc.tuple(fc.constantFrom(0, 1, 2, 3), fc.oneof(octets(4), octets(16)), fc.nat(65_535), fc.nat(2 ** 31 - 1)),
    fc.tuple(fc.constantFrom(8, 11), octets(16), fc.nat(65_535), fc.nat(2 ** 31 - 1)),
  )
  const anything = fc.tuple(
    text(4, 256),
    text(22, 256),
    octets(32),
    fc.constantFrom(0, 1, 2),
    fc.string({ unit: fc.constantFrom(...'audio09'), minLength: 1, maxLength: 16 }),
    fc.uniqueArray(candidate, {
      maxLength: MOST_CANDIDATES,
      selector: ([type, address, port]) => `${type & 7} ${address} ${port}`,
    }),
  )
  fc.assert(
    fc.property(anything, (value) => {
      const brief = read(briefSchema, encode(value))
      assert.ok(brief)
      const sdp = fromBrief(brief)
      assert.ok(sdp.split('\r\n').every((line) => line === '' || /^[a-z]=[\x20-\x7e]+$/.test(line)))
      assert.equal(candidatesOf(sdp).length, brief[5].length)
      const again = toBrief(sdp, [])
      assert.deepEqual(again?.slice(0, 5), brief.slice(0, 5))
      assert.deepEqual(new Set(again?.[5].map(String)), new Set(brief[5].map(String)))
    }),
  )
})

test('nothing outside the schema is taken: no line can be smuggled in', () => {
  const brief = toBrief(SDP, [])
  assert.ok(brief)
  const [ufrag, password, fingerprint, setup, mid, candidates] = brief
  const refused = (value: unknown) => assert.equal(v.is(briefSchema, value), false)
  refused([`${ufrag}\r\na=x`, password, fingerprint, setup, mid, candidates])
  refused([ufrag, `${password}\n`, fingerprint, setup, mid, candidates])
  refused([ufrag, password, fingerprint.slice(1), setup, mid, candidates])
  refused([ufrag, password, fingerprint, 3, mid, candidates])
  refused([ufrag, password, fingerprint, setup, '0\r\n', candidates])
  for (const odd of [
    [4, new Uint8Array(4), 1, 1],
    [0.5, new Uint8Array(4), 1, 1],
    [0, new Uint8Array(5), 1, 1],
    [0, 'example.org', 1, 1],
    [0, new Uint8Array(4), 65_536, 1],
    [0, new Uint8Array(4), 1, -1],
  ])
    refused([ufrag, password, fingerprint, setup, mid, [odd]])
  refused([ufrag, password, fingerprint, setup, mid, Array(MOST_CANDIDATES + 1).fill([0, new Uint8Array(4), 1, 1])])
})
