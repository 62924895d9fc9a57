import assert from 'node:assert/strict'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { test } from 'node:test'
import { addressBytes, addressKey, clientKey, compileTrust, requestHost } from './address.ts'

/** A request as it comes from an address. */
function request(remoteAddress: string, headers: Record<string, string> = {}): IncomingMessage {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: remoteAddress })
  const message = new IncomingMessage(socket)
  Object.assign(message.headers, headers)
  return message
}

const forwarded = (chain: string) => ({ 'x-forwarded-for': chain })

test('an IPv4 address counts as itself, however it is written', () => {
  for (const address of ['192.0.2.7', '::ffff:192.0.2.7', '::FFFF:192.0.2.7', '192.0.2.7:4711'])
    assert.equal(addressKey(address), '192.0.2.7')
})

test('an IPv6 address counts as its /64', () => {
  for (const address of ['2001:db8:1:2::', '2001:db8:1:2:3:4:5:6', '2001:DB8:1:2::ffff', '[2001:db8:1:2::7]:443'])
    assert.equal(addressKey(address), '2001:db8:1:2::/64')
  assert.equal(addressKey('fe80::1%eth0'), 'fe80:0:0:0::/64')
  assert.equal(addressKey('::1'), '0:0:0:0::/64')
  assert.equal(addressKey('1::'), '1:0:0:0::/64')
  assert.equal(addressKey('1:2:3::8'), '1:2:3:0::/64')
})

test('what is no address counts as one for all', () => {
  for (const address of ['', 'unknown', '999.1.1.1', '_hidden', 'x'.repeat(5000), '[', '::ffff:1.2.3']) {
    const key = addressKey(address)
    assert.ok(key === 'unknown' || key === '0:0:0:0::/64', key)
  }
})

test('without a trusted proxy, X-Forwarded-For and X-Forwarded-Host mean nothing', () => {
  const spoofed = request('192.0.2.7', {
    ...forwarded('10.0.0.1'),
    'x-forwarded-host': 'evil.example',
    host: 'a.example',
  })
  assert.equal(clientKey(spoofed, false), '192.0.2.7')
  assert.equal(requestHost(spoofed, false), 'a.example')
  const elsewhere = compileTrust('10.0.0.0/8')
  assert.equal(clientKey(spoofed, elsewhere), '192.0.2.7')
  assert.equal(requestHost(spoofed, elsewhere), 'a.example')
})

test('with trusted proxies the client is the first address, from the right, that is not one', () => {
  const chain = forwarded('6.6.6.6, 203.0.113.9, 10.0.0.2')
  assert.equal(clientKey(request('10.0.0.1', chain), compileTrust('10.0.0.0/8')), '203.0.113.9')
  assert.equal(clientKey(request('127.0.0.1', chain), compileTrust('loopback, 10.0.0.2')), '203.0.113.9')
  assert.equal(clientKey(request('::ffff:10.0.0.1', chain), compileTrust('2')), '203.0.113.9')
  assert.equal(clientKey(request('198.51.100.1', chain), compileTrust('1')), '10.0.0.2')
  assert.equal(clientKey(request('198.51.100.1', chain), compileTrust('true')), '6.6.6.6')
})

test('a trusted proxy says which host was asked for, the last one of several', () => {
  const headers = { host: 'inner:8080', 'x-forwarded-host': 'evil.example, chat.example' }
  assert.equal(requestHost(request('127.0.0.1', headers), compileTrust('loopback')), 'chat.example')
  assert.equal(requestHost(request('127.0.0.1', { host: 'inner' }), compileTrust('loopback')), 'inner')
})

test('an address is four bytes or sixteen; IPv4 within IPv6 is four', () => {
  for (const address of ['192.0.2.7', '::ffff:192.0.2.7'])
    assert.equal(addressBytes(address)?.toString('hex'), 'c0000207')
  assert.equal(addressBytes('2001:db8::a0b:1')?.toString('hex'), '20010db800000000000000000a0b0001')
  assert.equal(addressBytes('fe80::1%eth0')?.toString('hex'), `fe80${'00'.repeat(13)}01`)
  assert.equal(addressBytes('::')?.length, 16)
  for (const text of ['', 'localhost', '1.2.3', '1.2.3.256', ':::']) assert.equal(addressBytes(text), null)
})
