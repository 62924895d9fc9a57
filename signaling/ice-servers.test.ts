import assert from 'node:assert/strict'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { test } from 'node:test'
import { compileTrust } from './address.ts'
import { readSettings } from './config.ts'
import { askedHost, IceServers, mintCredentials } from './ice-servers.ts'

/** What a client is told that reached the server under `host`. */
function offer(env: Record<string, string>, host: string | null = 'chat.example.org', port: number | null = 3478) {
  return new IceServers(readSettings(env), () => port).offer(host, 'ada', 1_700_000_000_900)
}

test('the server offers itself for STUN under the name it was reached by', () => {
  assert.deepEqual(offer({}), { iceServers: [{ urls: ['stun:chat.example.org:3478'] }] })
  assert.deepEqual(offer({}, '[2001:db8::1]', 3479), { iceServers: [{ urls: ['stun:[2001:db8::1]:3479'] }] })
})

test('it offers nothing while it does not listen, does not know its name, or was told not to', () => {
  assert.deepEqual(offer({}, 'chat.example.org', null), { iceServers: [] })
  assert.deepEqual(offer({}, null), { iceServers: [] })
  assert.deepEqual(offer({ STUN_URLS: 'none' }), { iceServers: [] })
})

test('another list takes its place', () => {
  assert.deepEqual(offer({ STUN_URLS: 'stun:a.example,stun:b.example' }), {
    iceServers: [{ urls: ['stun:a.example:3478', 'stun:b.example:3478'] }],
  })
})

test('credentials for TURN end after TURN_TTL, and say so', () => {
  const env = { STUN_URLS: 'none', TURN_URLS: 'turns:turn.example', TURN_SECRET: 'north-south-east', TURN_TTL: '600' }
  assert.deepEqual(offer(env), {
    iceServers: [
      {
        urls: ['turns:turn.example:5349?transport=tcp'],
        username: '1700000600:ada',
        // echo -n 1700000600:ada | openssl dgst -sha1 -hmac north-south-east -binary | base64
        credential: '8z+Vzmdl1/yAwfyAsE0Z2Pn0FxU=',
      },
    ],
    iceTtl: 600,
  })
})

test('credentials differ by secret, peer and end', () => {
  const all = [
    mintCredentials('a', 'p', 1),
    mintCredentials('b', 'p', 1),
    mintCredentials('a', 'q', 1),
    mintCredentials('a', 'p', 2),
  ]
  assert.equal(new Set(all.map(({ credential }) => credential)).size, 4)
})

/** The host that a client asked for, which came by way of 127.0.0.1. */
function host(headers: Record<string, string>, publicUrl: string | null = null, trust = 'false') {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: '127.0.0.1' })
  const request = new IncomingMessage(socket)
  Object.assign(request.headers, headers)
  return askedHost(request, { publicUrl, trustProxy: compileTrust(trust) })
}

test('the name is that of Host, without its port', () => {
  assert.equal(host({ host: 'Chat.example.org:8080' }), 'chat.example.org')
  assert.equal(host({ host: '192.168.1.5' }), '192.168.1.5')
  assert.equal(host({ host: '[2001:db8::1]:8080' }), '[2001:db8::1]')
  assert.equal(host({ host: '[2001:db8::1]' }), '[2001:db8::1]')
})

test('a trusted proxy says what it was asked for, and another one does not', () => {
  const headers = { host: 'inner:8080', 'x-forwarded-host': 'chat.example.org' }
  assert.equal(host(headers, null, 'loopback'), 'chat.example.org')
  assert.equal(host(headers, null, '10.0.0.1'), 'inner')
  assert.equal(host(headers), 'inner')
})

test('under a public URL the name is always its', () => {
  const headers = { host: '127.0.0.1:8080', 'x-forwarded-host': 'evil.example' }
  assert.equal(host(headers, 'https://chat.example.org:8443', 'loopback'), 'chat.example.org')
})

test('a name that is none leads nowhere', () => {
  for (const text of ['', 'a b', 'evil.example?transport=tcp', 'a@b', 'a,b', '[::1', 'x'.repeat(300), '"]},{'])
    assert.equal(host({ host: text }), null, text)
  assert.equal(host({}), null)
})
