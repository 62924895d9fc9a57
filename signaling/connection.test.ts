import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { mintCredentials } from './ice-servers.ts'
import { PROTOCOL_VERSION } from './protocol.ts'
import { Client, newTopic, newVisit } from './testing/client.ts'
import { within } from './testing/inbox.ts'
import { pair, startServer } from './testing/server.ts'
import { stalledConnection } from './testing/stalled.ts'

// Some of them spend most of their time waiting for a deadline.
describe('a connection', { concurrency: 6 }, () => {
  test('members hear of each other, and frames arrive byte for byte with the id of the sender', async (t) => {
    const { ada, bob } = await pair(t)
    for (const length of [1, 17, 1000, 65_520]) {
      const body = randomBytes(length)
      ada.sendTo(bob.peer, body)
      const got = await bob.nextFrame()
      assert.equal(got.from, ada.peer)
      assert.ok(got.body.equals(body))
    }
    bob.sendTo(ada.peer, Buffer.from('back'))
    assert.deepEqual(await ada.nextFrame(), { from: bob.peer, body: Buffer.from('back') })
  })

  test('a thousand frames in one write arrive in order', async (t) => {
    const { ada, bob } = await pair(t)
    const bodies = Array.from({ length: 900 }, (_, index) => Buffer.from(`frame ${index}`))
    for (const body of bodies) ada.sendTo(bob.peer, body)
    for (const body of bodies) assert.deepEqual((await bob.nextFrame()).body, body)
  })

  test('a frame for a peer in another room, for nobody or for oneself reaches nobody', async (t) => {
    const { port, ada, bob } = await pair(t)
    const eve = await Client.join(port, newTopic())
    for (const peer of [eve.peer, ada.peer, '00'.repeat(16)]) ada.sendTo(peer, Buffer.from('lost'))
    for (const client of [ada, bob, eve]) await client.heardNothing()
  })

  test('ping is answered by pong before the join too, ice by ice only after it', async (t) => {
    const { port } = await startServer(t)
    const client = await Client.open(port)
    client.sendText('{"type":"ping"}')
    await client.next('pong')
    await client.join(newTopic(), newVisit())
    client.sendText('{"type":"ice"}')
    assert.deepEqual(await client.next('ice'), { type: 'ice', iceServers: [] })
  })

  test('welcome and ice bring credentials for TURN in the name of the peer, and neither they nor the secret are logged', async (t) => {
    const TURN_SECRET = 'north-south-east-west'
    const env = { TURN_URLS: 'turn:turn.example?transport=udp', TURN_SECRET, TURN_TTL: '600' }
    const { port, log } = await startServer(t, env)
    const client = await Client.open(port)
    const welcome = await client.join(newTopic(), newVisit())
    client.sendText('{"type":"ice"}')
    for (const { iceServers, iceTtl } of [welcome, await client.next('ice')]) {
      assert.equal(iceTtl, 600)
      const [server] = iceServers
      const [, expiry = '', peer = ''] = /^(\d+):(.*)$/.exec(server?.username ?? '') ?? []
      assert.ok(Math.abs(Number(expiry) - Date.now() / 1000 - 600) < 100, expiry)
      assert.equal(peer, client.peer)
      const urls = ['turn:turn.example:3478?transport=udp']
      assert.deepEqual(iceServers, [{ urls, ...mintCredentials(TURN_SECRET, client.peer, Number(expiry)) }])
      assert.ok(!log().includes(server?.credential ?? ''))
    }
    assert.ok(!log().includes(TURN_SECRET))
  })

  const BAD_TEXTS = {
    'the JSON text null': 'null',
    'bad JSON': '{"type":"join"',
    'no text at all': '',
    'an unknown type': '{"type":"shout"}',
    'a join with a short topic': JSON.stringify({ type: 'join', v: 1, topic: 'ab', ...newVisit() }),
    'a join in upper-case hex': JSON.stringify({ type: 'join', v: 1, topic: newTopic().toUpperCase(), ...newVisit() }),
    'a join with more in it': JSON.stringify({ type: 'join', v: 1, topic: newTopic(), ...newVisit(), admin: true }),
    __proto__: '{"__proto__":{"type":"ping"}}',
  }
  for (const [name, text] of Object.entries(BAD_TEXTS))
    test(`bad-message: ${name} closes the connection`, async (t) => {
      const { port } = await startServer(t)
      const client = await Client.open(port)
      client.sendText(text)
      assert.equal(await client.refused('bad-message'), 1008)
    })

  test('bad-message: a binary frame of 16 bytes or less closes, and the member leaves at once', async (t) => {
    const { ada, bob } = await pair(t)
    ada.sendTo(bob.peer, Buffer.alloc(0))
    await ada.refused('bad-message')
    assert.equal((await bob.next('left')).peer, ada.peer)
  })

  test('a frame above MAX_FRAME_BYTES closes with 1009, and the member leaves at once; one of that size passes', async (t) => {
    const { ada, bob } = await pair(t, { MAX_FRAME_BYTES: '2048' })
    ada.sendTo(bob.peer, Buffer.alloc(2048 - 16))
    assert.equal((await bob.nextFrame()).body.length, 2048 - 16)
    ada.sendTo(bob.peer, Buffer.alloc(2048 - 15))
    assert.equal(await within(ada.closed, 'the close'), 1009)
    assert.equal((await bob.next('left')).peer, ada.peer)
  })

  test('bad-version: a join of another version is told so', async (t) => {
    const { port } = await startServer(t)
    const client = await Client.open(port)
    client.sendText(JSON.stringify({ type: 'join', v: PROTOCOL_VERSION + 1, topic: newTopic(), more: true }))
    await client.refused('bad-version')
  })

  test('join-timeout: who does not join in time is told so, pings or not', async (t) => {
    const { port } = await startServer(t, { JOIN_TIMEOUT: '0.5' })
    const client = await Client.open(port)
    client.sendText('{"type":"ping"}')
    await client.next('pong')
    await client.refused('join-timeout')
    const joined = await Client.join(port, newTopic())
    assert.equal(await Promise.race([joined.closed, (await Client.open(port)).refused('join-timeout')]), 1008)
    await joined.heardNothing()
  })

  test('already-joined: a second join closes, to another room or the same', async (t) => {
    const { port, topic, ada, bob } = await pair(t)
    bob.sendJoin(newTopic())
    await bob.refused('already-joined')
    assert.equal((await ada.next('left')).peer, bob.peer)
    ada.sendJoin(topic)
    await ada.refused('already-joined')
    assert.ok(port)
  })

  for (const [name, text] of Object.entries({
    leave: '{"type":"leave"}',
    ice: '{"type":"ice"}',
    'a binary frame': null,
  }))
    test(`not-joined: ${name} before the join closes`, async (t) => {
      const { port } = await startServer(t)
      const client = await Client.open(port)
      if (text === null) client.sendTo('00'.repeat(16), Buffer.from('x'))
      else client.sendText(text)
      await client.refused('not-joined')
    })

  test('room-full: one more than MAX_ROOM_MEMBERS is refused, seats that wait for their visit count, and it may come back', async (t) => {
    const { port, topic, ada, bob } = await pair(t, { MAX_ROOM_MEMBERS: '2' })
    bob.break()
    await within(bob.closed, 'the break')
    const third = await Client.open(port)
    third.sendJoin(topic)
    await third.refused('room-full')
    await Client.join(port, topic, bob.visit)
    await ada.heardNothing()
  })

  test('too-fast: a burst of candidates for 16 members passes, a flood does not', async (t) => {
    const { port, topic, ada, bob } = await pair(t)
    const candidates = 15 * (1 + 20)
    for (let index = 0; index < candidates; index++) ada.sendTo(bob.peer, Buffer.alloc(300))
    for (let index = 0; index < candidates; index++) await bob.nextFrame()

    const flooder = await Client.join(port, topic)
    await bob.next('joined')
    for (let index = 0; index < 1100; index++) flooder.sendTo('00'.repeat(16), Buffer.alloc(1))
    await flooder.refused('too-fast')
    assert.equal((await bob.next('left')).peer, flooder.peer)
    await bob.heardNothing()
  })

  test('too-fast: pongs of the WebSocket count as well, and of its pings only so many are answered', async (t) => {
    const { port } = await startServer(t, { MAX_MESSAGES_PER_SECOND: '10' })
    const ponger = await Client.join(port, newTopic())
    for (let index = 0; index < 110; index++) ponger.socket.pong()
    await ponger.refused('too-fast')
    const pinger = await Client.join(port, newTopic())
    for (let index = 0; index < 110; index++) pinger.socket.ping()
    await within(pinger.closed, 'the close')
  })

  test('too-slow: a member that reads nothing is cut, leaves, and the others are served', async (t) => {
    const { ada, bob, port, topic } = await pair(t, { MAX_MESSAGES_PER_SECOND: '1000' })
    const reader = await Client.join(port, topic)
    await Promise.all([ada.next('joined'), bob.next('joined')])
    bob.socket.pause()
    const left = await ada.sendUntil(reader.next('left'), bob.peer, Buffer.alloc(60_000))
    assert.equal(left.peer, bob.peer)
    ada.sendTo(reader.peer, Buffer.from('still here'))
    assert.equal((await reader.nextFrame()).body.toString(), 'still here')
    bob.socket.resume()
    assert.equal(await within(bob.closed, 'the cut'), 1006)
  })

  test('too-slow: small frames weigh what they hold in memory, not their bytes only', async () => {
    const { connection, stream } = stalledConnection({ MAX_UNSENT_BYTES: '65536' })
    const closed = once(stream, 'close')
    let passed = 0
    while (!stream.destroyed && passed < 10_000) {
      connection.pass(Buffer.alloc(17))
      passed += 1
    }
    assert.ok(passed > 50 && passed < 130, `cut after ${passed} frames`)
    await closed
  })

  test('a frame that can be sent at once is not copied; one that has to wait does not hold on to what came with it', async () => {
    const { connection, stream, sent, flow } = stalledConnection({})
    const read = randomBytes(65_536)
    const pieces = [read.subarray(100, 120), read.subarray(200, 220), read.subarray(300, 320)]
    for (const piece of pieces) connection.pass(piece)
    flow()
    const isBody = (chunk: Buffer) => chunk.length === 20
    assert.deepEqual(sent.filter(isBody), pieces)
    assert.deepEqual(
      sent.filter(isBody).map((chunk) => chunk.buffer === read.buffer),
      [true, false, false],
    )
    stream.destroy()
    await once(stream, 'close')
  })

  test('a client that ended its half and reads nothing is gone after JOIN_TIMEOUT', async () => {
    const { connection, stream } = stalledConnection({ JOIN_TIMEOUT: '0.1' })
    const closed = once(stream, 'close')
    connection.pass(Buffer.alloc(100))
    stream.push(null)
    await within(closed, 'the end')
  })
})
