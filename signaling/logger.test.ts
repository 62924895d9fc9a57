import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { test } from 'node:test'
import { Client, newTopic } from './testing/client.ts'
import { get } from './testing/http.ts'
import { within } from './testing/inbox.ts'
import { exchange } from './testing/raw.ts'
import { startServer } from './testing/server.ts'

test('the log holds no topic, no address, no payload, no room and no peer, at its most talkative', async (t) => {
  const server = await startServer(t, {
    JOIN_TIMEOUT: '0.5',
    REJOIN_GRACE: '0.1',
    MAX_CONNECTIONS_PER_ADDRESS: '5',
    TRUST_PROXY: 'loopback',
  })
  const { port } = server
  const headers = { 'X-Forwarded-For': '203.0.113.77', 'User-Agent': 'agent-smith' }
  const secrets = ['203.0.113.77', '127.0.0.1:', 'agent-smith', 'secret-room', 'secret-text', 'evil.example']
  const topic = newTopic()
  const ada = await Client.join(port, topic, undefined, { headers })
  const bob = await Client.join(port, topic, undefined, { headers })
  const body = randomBytes(40)
  ada.sendTo(bob.peer, body)
  await bob.nextFrame()
  for (const path of ['/r/secret-room', '/r/%zzsecret-room', '/secret-room', '/%zzsecret-room', '/?secret-room'])
    await get(port, path, headers)
  await get(port, '/r/secret-room', headers, 'POST')
  await exchange(port, 'GET /r/secret-room HTP/1.1\r\nsecret-text\r\n\r\n')
  await exchange(port, 'POST /r/secret-room HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\nsecret-text')
  const elsewhere = httpRequest({
    port,
    host: '127.0.0.1',
    path: '/signal',
    headers: { ...headers, Origin: 'http://evil.example', Connection: 'Upgrade', Upgrade: 'websocket' },
  })
  await new Promise((resolve) => elsewhere.on('response', (response) => resolve(response.resume())).end())
  for (const text of ['secret-text', '{"secret-text":', 'null']) {
    const client = await Client.open(port, { headers })
    client.sendText(text)
    await client.refused('bad-message')
  }
  await (await Client.open(port, { headers })).refused('join-timeout')
  bob.break()
  await ada.next('joined')
  await ada.next('left')
  ada.socket.close(4000, 'secret-text')
  await within(ada.closed, 'the close')
  await server.close()

  const log = server.log()
  assert.match(log, /Server listening/)
  assert.doesNotMatch(log, /"req"|"res"|incoming request|request completed/)
  assert.match(log, /"faults":\{[^}]*"bad-message":3/)
  assert.match(log, /"refused-origin":1/)
  assert.match(log, /"bad-request":2/)
  assert.match(log, /"join-timeout":1/)
  const { token, commit } = ada.visit
  const hidden = [...secrets, topic, ada.peer, bob.peer, token, commit, body.toString('hex'), body.toString('base64')]
  // The server's own address is the only one that may be in the log.
  const searched = log.replaceAll(`http://127.0.0.1:${port}`, '')
  for (const secret of hidden) assert.ok(!searched.includes(secret), `${secret} is in the log:\n${log}`)
})
