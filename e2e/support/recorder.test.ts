import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { WebSocket, WebSocketServer } from 'ws'
import { Recorder } from './recorder.ts'

test('requests, answers and the frames of both directions are recorded', async (t) => {
  const http = createServer((_request, response) => response.end('an answered secret'))
  const sockets = new WebSocketServer({ server: http })
  sockets.on('connection', (socket) => {
    socket.on('message', (_data, binary) => socket.send(binary ? Buffer.from('back in binary') : 'back in text'))
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const recorder = await Recorder.start((http.address() as AddressInfo).port)
  t.after(async () => {
    await recorder.close()
    sockets.close()
    http.close()
  })

  const answer = await fetch(`${recorder.url}/asked?for=secret%20thing`, { headers: { connection: 'close' } })
  assert.equal(await answer.text(), 'an answered secret')
  const socket = new WebSocket(recorder.url.replace('http', 'ws'), { perMessageDeflate: false })
  await once(socket, 'open')
  const large = Buffer.alloc(200_000, 'large frame ')
  for (const message of ['sent in text', Buffer.from('sent in binary'), large]) {
    socket.send(message)
    await once(socket, 'message')
  }
  socket.ping('sent in a ping')
  await once(socket, 'pong')
  socket.close(1000, 'sent at the end')
  await once(socket, 'close')

  const frames = recorder.recorded.filter(({ kind }) => kind !== 'http')
  assert.deepEqual(
    frames.map(({ connection, direction, kind, bytes }) => [connection, direction, kind, `${bytes.subarray(0, 20)}`]),
    [
      [1, 'up', 'text', 'sent in text'],
      [1, 'down', 'text', 'back in text'],
      [1, 'up', 'binary', 'sent in binary'],
      [1, 'down', 'binary', 'back in binary'],
      [1, 'up', 'binary', `${large.subarray(0, 20)}`],
      [1, 'down', 'binary', 'back in binary'],
      [1, 'up', 'control', 'sent in a ping'],
      [1, 'down', 'control', 'sent in a ping'],
      [1, 'up', 'control', 'sent at the end'],
      [1, 'down', 'control', 'sent at the end'],
    ],
  )
  const where = (secret: string) => recorder.findAnywhere({ secret }).map((hit) => hit.where)
  assert.ok(where('secret thing').includes('http up'))
  assert.ok(where('answered secret').includes('http down'))
  assert.ok(where('sent in binary').includes('binary up'))
  assert.deepEqual(where('never sent'), [])
})

test('frames that can not be read make the recording worthless, and it says so', async (t) => {
  const http = createServer()
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: { threshold: 0 } })
  sockets.on('connection', (socket) => socket.send('compressed '.repeat(100)))
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const recorder = await Recorder.start((http.address() as AddressInfo).port)
  t.after(async () => {
    await recorder.close()
    sockets.close()
    http.close()
  })
  const socket = new WebSocket(recorder.url.replace('http', 'ws'))
  await once(socket, 'message')
  assert.throws(() => recorder.findAnywhere({ secret: 'compressed' }), /could not read/)
  socket.terminate()
})
