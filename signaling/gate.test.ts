import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { WebSocket } from 'ws'
import { Client, type ClientOptions, newTopic } from './testing/client.ts'
import { within } from './testing/inbox.ts'
import { exchange, gone, openRaw } from './testing/raw.ts'
import { startServer } from './testing/server.ts'

/** What an upgrade is answered with: 101, or another HTTP status. */
async function upgrade(port: number, options: ClientOptions & { path?: string } = {}): Promise<number> {
  const { path = '/signal', ...rest } = options
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, rest)
  const opened = once(socket, 'open').then(() => 101)
  const answered = once(socket, 'unexpected-response').then(([, response]) => Number(response.statusCode))
  opened.catch(() => {})
  const status = await within(Promise.race([opened, answered]), 'the answer to the upgrade')
  socket.on('error', () => {})
  socket.terminate()
  return status
}

test('upgrades are for /signal only', async (t) => {
  const { port } = await startServer(t)
  assert.equal(await upgrade(port), 101)
  assert.equal(await upgrade(port, { path: '/signal?x=1' }), 101)
  for (const path of ['/', '/r/standup', '/signal/', '/SIGNAL', '/healthz', '/%zz'])
    assert.equal(await upgrade(port, { path }), 404, path)
})

const ORIGINS: [name: string, env: Record<string, string>, headers: Record<string, string>, status: number][] = [
  ['no Origin, as of a peer in Node', {}, {}, 101],
  ['the same host', {}, { Host: 'chat.example:8080', Origin: 'http://chat.example:8080' }, 101],
  ['the same host in other letters', {}, { Host: 'Chat.Example', Origin: 'http://chat.example' }, 101],
  ['the same host behind TLS', {}, { Host: 'chat.example', Origin: 'https://chat.example' }, 101],
  ['the default port written out', {}, { Host: 'chat.example:443', Origin: 'https://chat.example' }, 101],
  ['an IPv6 host', {}, { Host: '[2001:db8::1]:8080', Origin: 'http://[2001:db8::1]:8080' }, 101],
  ['another host', {}, { Host: 'chat.example', Origin: 'https://evil.example' }, 403],
  ['another port', {}, { Host: 'chat.example', Origin: 'http://chat.example:8080' }, 403],
  ['a host that begins the same', {}, { Host: 'chat.example', Origin: 'https://chat.example.evil.example' }, 403],
  ['no origin that one could name', {}, { Host: 'chat.example', Origin: 'null' }, 403],
  ['rubbish', {}, { Host: 'chat.example', Origin: 'http://' }, 403],
  ['a file', {}, { Host: 'chat.example', Origin: 'file://' }, 403],
  ['the public URL', { PUBLIC_URL: 'https://chat.example' }, { Host: 'inner:1', Origin: 'https://chat.example' }, 101],
  [
    'not quite the public URL',
    { PUBLIC_URL: 'https://chat.example' },
    { Host: 'x', Origin: 'http://chat.example' },
    403,
  ],
  ['one on the list', { ALLOWED_ORIGINS: 'https://a.example,https://b.example' }, { Origin: 'https://b.example' }, 101],
  ['none on the list', { ALLOWED_ORIGINS: 'https://a.example' }, { Origin: 'https://c.example' }, 403],
  ['any, when all are allowed', { ALLOWED_ORIGINS: '*' }, { Origin: 'https://c.example' }, 101],
  ['even null, when all are allowed', { ALLOWED_ORIGINS: '*' }, { Origin: 'null' }, 101],
  [
    'the host that a trusted proxy was asked for',
    { TRUST_PROXY: 'loopback' },
    { Host: 'inner:1', 'X-Forwarded-Host': 'chat.example', Origin: 'https://chat.example' },
    101,
  ],
  [
    'a host that somebody says a proxy was asked for',
    {},
    { Host: 'inner:1', 'X-Forwarded-Host': 'evil.example', Origin: 'https://evil.example' },
    403,
  ],
]
for (const [name, env, headers, status] of ORIGINS)
  test(`Origin: ${name} gets ${status}`, async (t) => {
    const { port } = await startServer(t, env)
    assert.equal(await upgrade(port, { headers }), status)
  })

test('too-many-connections: one more than an address may have is told why; a place that is free again is given', async (t) => {
  const { port } = await startServer(t, { MAX_CONNECTIONS_PER_ADDRESS: '2' })
  const topic = newTopic()
  const ada = await Client.join(port, topic)
  const bob = await Client.join(port, topic)
  await ada.next('joined')
  const third = await Client.open(port)
  assert.equal(await third.refused('too-many-connections'), 1013)

  await bob.close()
  await ada.next('left')
  await Client.join(port, topic)
})

test('too-many-connections: what is refused does not pile up', async (t) => {
  const { port } = await startServer(t, { MAX_CONNECTIONS_PER_ADDRESS: '1' })
  const ada = await Client.join(port, newTopic())
  // They don't answer the close, so each stays until the server's patience ends.
  const refused = await Promise.all(Array.from({ length: 8 }, () => openRaw(port)))
  assert.equal(await upgrade(port), 429)
  const ends = refused.map((socket) => gone(socket.resume()))
  await within(Promise.all(ends), 'the end of all that were refused')
  await (await Client.open(port)).refused('too-many-connections')
  await ada.heardNothing()
})

test('too-many-connections: X-Forwarded-For changes nothing where no proxy is trusted', async (t) => {
  const { port } = await startServer(t, { MAX_CONNECTIONS_PER_ADDRESS: '1' })
  await Client.join(port, newTopic(), undefined, { headers: { 'X-Forwarded-For': '203.0.113.1' } })
  const second = await Client.open(port, { headers: { 'X-Forwarded-For': '203.0.113.2' } })
  await second.refused('too-many-connections')
})

test('too-many-connections: behind a trusted proxy the addresses count that it tells, IPv6 by its /64', async (t) => {
  const { port } = await startServer(t, { MAX_CONNECTIONS_PER_ADDRESS: '1', TRUST_PROXY: '127.0.0.1' })
  const from = (address: string) => Client.open(port, { headers: { 'X-Forwarded-For': address } })
  const first = await from('203.0.113.1')
  await (await from('203.0.113.1')).refused('too-many-connections')
  // What the client itself put in front is not believed.
  await (await from('8.8.8.8, 203.0.113.1')).refused('too-many-connections')
  const other = await from('203.0.113.2')
  const sixth = await from('2001:db8::1')
  await (await from('2001:db8::2')).refused('too-many-connections')
  const next = await from('2001:db8:0:1::1')
  for (const client of [first, other, sixth, next]) await client.join(newTopic(), client.visit)
})

const HANDSHAKE = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13'
const KEY = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='
const MALFORMED: [name: string, request: string, answer: RegExp][] = [
  ['no key', `GET /signal HTTP/1.1\r\nHost: x\r\n${HANDSHAKE}\r\n\r\n`, /^HTTP\/1.1 400 /],
  ['a bad key', `GET /signal HTTP/1.1\r\nHost: x\r\n${HANDSHAKE}\r\nSec-WebSocket-Key: no\r\n\r\n`, /^HTTP\/1.1 400 /],
  ['POST', `POST /signal HTTP/1.1\r\nHost: x\r\n${HANDSHAKE}\r\n${KEY}\r\n\r\n`, /^HTTP\/1.1 405 /],
  [
    'another version',
    `GET /signal HTTP/1.1\r\nHost: x\r\n${HANDSHAKE.replace('13', '7')}\r\n${KEY}\r\n\r\n`,
    /^HTTP\/1.1 400 /,
  ],
  [
    'another protocol',
    'GET /signal HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n',
    /^HTTP\/1.1 400 /,
  ],
  ['no path', `GET ? HTTP/1.1\r\nHost: x\r\n${HANDSHAKE}\r\n${KEY}\r\n\r\n`, /^HTTP\/1.1 40[04] /],
  ['a whole URL', `GET http://x/signal HTTP/1.1\r\nHost: x\r\n${HANDSHAKE}\r\n${KEY}\r\n\r\n`, /^HTTP\/1.1 404 /],
  ['no Host', `GET /signal HTTP/1.1\r\nOrigin: http://x\r\n${HANDSHAKE}\r\n${KEY}\r\n\r\n`, /^HTTP\/1.1 40[03] /],
  [
    'a Host of rubbish',
    `GET /signal HTTP/1.1\r\nHost: [:\r\nOrigin: http://x\r\n${HANDSHAKE}\r\n${KEY}\r\n\r\n`,
    /403 /,
  ],
  ['no HTTP', 'hello\r\n\r\n', /^HTTP\/1.1 400 /],
  ['too much of it', `GET /signal HTTP/1.1\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`, /^HTTP\/1.1 400 |^$/],
  ['CONNECT', 'CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n', /^(HTTP\/1.1 4\d\d .*)?/],
]
for (const [name, request, answer] of MALFORMED)
  test(`a malformed upgrade, ${name}, is turned away, counts for nothing, and others are served`, async (t) => {
    const { port } = await startServer(t, { MAX_CONNECTIONS_PER_ADDRESS: '2' })
    for (let round = 0; round < 3; round++) assert.match(await exchange(port, request), answer)
    await Client.join(port, newTopic())
    await Client.join(port, newTopic())
  })

test('a half-closed connection that never joins is gone after JOIN_TIMEOUT', async (t) => {
  const { port } = await startServer(t, { JOIN_TIMEOUT: '0.1' })
  const socket = await openRaw(port)
  socket.resume().end()
  await within(gone(socket), 'the end')
})
