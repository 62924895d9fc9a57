import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SettingsError } from './config.ts'
import { addressWarning, coturnConfig, firewallLines, isPrivate, readCoturnSettings, readRange } from './coturn.ts'

const SECRET = '0123456789abcdef'
const TLS = { TURN_CERT: '/etc/tls/cert.pem', TURN_KEY: '/etc/tls/key.pem' }
const read = (env: Record<string, string>) => readCoturnSettings({ TURN_SECRET: SECRET, ...env })
const config = (env: Record<string, string>) => coturnConfig(read(env), '/tmp/x').trim().split('\n')

test('a plain TURN listens by UDP and TCP, without TLS', () => {
  const lines = config({ TURN_URLS: 'turn:turn.example' })
  for (const line of ['listening-port=3478', 'no-tls', 'no-dtls', 'use-auth-secret', `static-auth-secret=${SECRET}`])
    assert.ok(lines.includes(line), line)
  for (const line of ['no-udp', 'no-tcp']) assert.ok(!lines.includes(line), line)
  assert.ok(lines.includes('realm=turn.example'))
})

test('only the transports of the URLs are there', () => {
  const udp = config({ TURN_URLS: 'turn:turn.example:3479?transport=udp' })
  assert.deepEqual(
    [udp.includes('no-udp'), udp.includes('no-tcp'), udp.includes('listening-port=3479')],
    [false, true, true],
  )
  const tls = config({ TURN_URLS: 'turns:turn.example:443', ...TLS })
  for (const line of ['no-udp', 'no-tcp', 'tls-listening-port=443', 'cert=/etc/tls/cert.pem', 'pkey=/etc/tls/key.pem'])
    assert.ok(tls.includes(line), line)
  assert.ok(!tls.includes('no-tls'))
})

test('nothing is relayed to this machine, its network, or by TCP', () => {
  const lines = config({ TURN_URLS: 'turn:turn.example' })
  for (const line of ['no-tcp-relay', 'no-multicast-peers', 'denied-peer-ip=127.0.0.0-127.255.255.255'])
    assert.ok(lines.includes(line), line)
  assert.ok(lines.includes('denied-peer-ip=192.168.0.0-192.168.255.255'))
  assert.ok(lines.includes('denied-peer-ip=0:0:0:0:0:ffff:0:0-0:0:0:0:0:ffff:ffff:ffff'))
  assert.ok(!lines.some((line) => line.startsWith('allow')))
})

test('networks that are named are relayed to all the same', () => {
  const lines = config({ TURN_URLS: 'turn:t', TURN_ALLOWED_PEERS: '10.1.0.0/16, 192.168.1.7' })
  assert.ok(lines.includes('allowed-peer-ip=10.1.0.0-10.1.255.255'))
  assert.ok(lines.includes('allowed-peer-ip=192.168.1.7-192.168.1.7'))
  assert.ok(!lines.includes('allow-loopback-peers'))
  assert.ok(config({ TURN_URLS: 'turn:t', TURN_ALLOWED_PEERS: '127.0.0.1' }).includes('allow-loopback-peers'))
})

test('addresses and ports of this machine', () => {
  const lines = config({
    TURN_URLS: 'turn:t',
    TURN_HOST: '10.0.0.5',
    EXTERNAL_IP: '8.8.4.4',
    TURN_PORTS: '50000-50100',
  })
  for (const line of ['listening-ip=10.0.0.5', 'relay-ip=10.0.0.5', 'external-ip=8.8.4.4/10.0.0.5', 'min-port=50000'])
    assert.ok(lines.includes(line), line)
  assert.ok(lines.includes('max-port=50100') && lines.includes('total-quota=100'))
})

test('the firewall is told of every port', () => {
  assert.deepEqual(firewallLines(read({ TURN_URLS: 'turn:t,turns:t:443', ...TLS })), [
    'UDP 3478: TURN',
    'TCP 3478: TURN',
    'TCP 443: TURN over TLS',
    'UDP 49152-65535: what is relayed',
  ])
})

test('a machine without a public address is warned of it, unless that is known', () => {
  const own = ['127.0.0.1', '192.168.1.5', 'fe80::1', '2a00::1']
  assert.match(addressWarning(read({ TURN_URLS: 'turn:t' }), own) ?? '', /set EXTERNAL_IP/)
  assert.equal(addressWarning(read({ TURN_URLS: 'turn:t' }), [...own, '8.8.4.4']), null)
  assert.equal(addressWarning(read({ TURN_URLS: 'turn:t', EXTERNAL_IP: '8.8.4.4' }), own), null)
})

test('a range is a network or one address', () => {
  assert.deepEqual(readRange('10.1.2.3/15'), ['10.0.0.0', '10.1.255.255'])
  assert.deepEqual(readRange('fc00::/7'), ['fc00:0:0:0:0:0:0:0', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'])
  assert.deepEqual(readRange('::1'), ['0:0:0:0:0:0:0:1', '0:0:0:0:0:0:0:1'])
  for (const text of ['', '10.0.0.0/33', '10.0.0', 'a', '::/129', '10.0.0.0/', '1.2.3.4:5'])
    assert.equal(readRange(text), null, text)
})

test('which addresses are private', () => {
  for (const text of [
    '10.0.0.1',
    '172.31.255.255',
    '127.0.0.1',
    '100.64.0.1',
    '::1',
    'fd00::1',
    'fe80::1%eth0',
    '64:ff9b::1',
  ])
    assert.ok(isPrivate(text), text)
  for (const text of ['8.8.4.4', '172.32.0.0', '2a00::1', 'name']) assert.ok(!isPrivate(text), text)
})

const BAD: [env: Record<string, string>, message: RegExp][] = [
  [{}, /^TURN_URLS is not set, but must be set/],
  [{ TURN_URLS: 'turn:t', TURN_SECRET: '' }, /^TURN_SECRET is not set/],
  [{ TURN_URLS: 'turns:t' }, /^TURN_CERT is not set, but must be set for turns:/],
  [{ TURN_URLS: 'turns:t', TURN_CERT: 'a.pem' }, /^TURN_KEY is not set/],
  [{ TURN_URLS: 'turns:t', ...TLS, TURN_KEY: 'a\nno-auth' }, /^TURN_KEY is .* the path of a PEM file/],
  [{ TURN_URLS: 'turn:t:1,turn:t:2' }, /one port for turn: and one for turns:/],
  [{ TURN_URLS: 'turn:t:443,turns:t:443', ...TLS }, /different ports/],
  [{ TURN_URLS: 'turn:t', TURN_HOST: 'eth0' }, /^TURN_HOST is "eth0", but must be an IP address/],
  [{ TURN_URLS: 'turn:t', EXTERNAL_IP: '1.2.3.4/5.6.7.8' }, /an IP address/],
  [{ TURN_URLS: 'turn:t', TURN_PORTS: '500-600' }, /two ports from 1024/],
  [{ TURN_URLS: 'turn:t', TURN_PORTS: '50100-50000' }, /two ports from 1024/],
  [{ TURN_URLS: 'turn:t', TURN_ALLOWED_PEERS: 'all' }, /addresses and networks/],
]
for (const [env, message] of BAD)
  test(`${JSON.stringify(env)} is refused in one line`, () => {
    assert.throws(
      () => read(env),
      (error: unknown) =>
        error instanceof SettingsError && message.test(error.message) && !error.message.includes('\n'),
    )
  })
