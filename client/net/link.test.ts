import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Hello } from '../crypto/hello.ts'
import { encode } from '../crypto/msgpack.ts'
import { type Frame, MAX_FRAME } from './frame.ts'
import { Link } from './link.ts'
import type { Transport, TransportEvents } from './transport.ts'
import { seededRandom, VirtualTime } from './virtual-time.ts'

const HELLO: Hello = {
  v: 1,
  author: new Uint8Array(32),
  nonce: new Uint8Array(16),
  tokenHash: new Uint8Array(32),
  name: 'Ada',
  signature: new Uint8Array(64),
}
const fingerprint = (byte: string) => `a=fingerprint:sha-256 ${Array(32).fill(byte).join(':')}\r\n`
const SDP = { local: fingerprint('AA'), remote: fingerprint('BB') }
const description = (type: 'offer' | 'answer', sdp = SDP.remote) =>
  ({ type: 'description', description: { type, sdp } }) as const

/** A link on a connection that the test plays: what the link sends, and what it tells. */
function setUp(verify: () => Promise<boolean> = async () => true, initiator = true) {
  const time = new VirtualTime()
  const sent: string[] = []
  const told: string[] = []
  let wire: TransportEvents | null = null
  let destroyed = 0
  const link = new Link({
    initiator,
    config: {},
    time,
    handshake: { make: async () => HELLO, verify },
    transport: (_initiator, _config, events): Transport => {
      wire = events
      return {
        signal: (signal) => sent.push(`signal ${signal.type}`),
        configure: (config) => sent.push(`configure ${JSON.stringify(config)}`),
        restart: () => sent.push('restart'),
        send: (data) => sent.push(`chat ${data.length}`),
        sendFleeting: () => sent.push('fleeting'),
        unsent: 0,
        descriptions: SDP,
        look: async () => null,
        destroy: () => destroyed++,
      }
    },
    events: {
      signal: () => {},
      open: () => told.push('open'),
      frame: (frame) => told.push(frame.type),
      drain: () => {},
      shaky: (shaky) => told.push(shaky ? 'shaky' : 'steady'),
      askRestart: () => told.push('ask restart'),
      tampered: () => told.push('tampered'),
      end: (end) => told.push(`end ${end}`),
    },
  })
  const events: TransportEvents | null = wire
  assert.ok(events)
  return { time, link, sent, told, events: events as TransportEvents, destroyed: () => destroyed }
}

const bytesOf = (frame: Frame): Uint8Array => encode(frame)
const helloFrame = bytesOf({ type: 'hello', hello: HELLO })
const typing = bytesOf({ type: 'typing', typing: true })

async function open(initiator = true) {
  const set = setUp(undefined, initiator)
  set.link.signal(description(initiator ? 'answer' : 'offer'))
  set.sent.length = 0
  set.events.open()
  set.events.message(helloFrame, false)
  await set.time.pass(1)
  assert.deepEqual(set.told, ['open'])
  set.told.length = 0
  return set
}

test('nothing is accepted before the hello, and a first frame that is none ends the link', async () => {
  const { events, told, time } = setUp()
  events.open()
  await time.pass(1)
  events.message(typing, false)
  assert.deepEqual(told, ['end hello'])
})

test('nothing is sent before the hello of the other was verified but one’s own', async () => {
  const { events, link, sent, time } = setUp()
  link.send({ type: 'typing', typing: true })
  events.open()
  await time.pass(1)
  link.send({ type: 'typing', typing: true })
  assert.equal(sent.length, 1)
  assert.match(sent[0] ?? '', /^chat/)
})

test('a hello that doesn’t verify ends the link, and frames behind it are not heard', async () => {
  const { events, told, time, destroyed } = setUp(async () => false)
  events.open()
  events.message(helloFrame, false)
  events.message(typing, false)
  await time.pass(1)
  assert.deepEqual(told, ['end hello'])
  assert.equal(destroyed(), 1)
})

test('a hello that comes before one’s own channel is reported open, and frames behind it, are heard in order', async () => {
  const { events, told, time } = setUp()
  events.message(helloFrame, false)
  events.message(typing, false)
  events.message(bytesOf({ type: 'digest', digest: new Uint8Array(32), floor: 0 }), false)
  events.open()
  await time.pass(1)
  assert.deepEqual(told, ['open', 'typing', 'digest'])
})

test('a beat that overtakes the hello does no harm', async () => {
  const { events, told, time } = setUp()
  events.open()
  await time.pass(1)
  events.message(bytesOf({ type: 'beat' }), true)
  events.message(helloFrame, false)
  await time.pass(1)
  assert.deepEqual(told, ['open'])
})

test('a connection that never comes up ends after 15 s, a hello that never comes after 10 s', async () => {
  const silent = setUp()
  await silent.time.pass(14_900)
  assert.deepEqual(silent.told, [])
  await silent.time.pass(200)
  assert.deepEqual(silent.told, ['end timeout'])
  const mute = setUp()
  mute.events.open()
  await mute.time.pass(10_100)
  assert.deepEqual(mute.told, ['end timeout'])
})

test('a second hello and what is no frame are offences: a few are let pass, then the link ends', async () => {
  const { events, told } = await open()
  events.message(helloFrame, false)
  events.message(new Uint8Array([0xc1]), false)
  events.message(encode({ type: 'unheard of' }), false)
  events.message(new Uint8Array(MAX_FRAME + 1), false)
  assert.deepEqual(told, [])
  events.message(encode(null), false)
  assert.deepEqual(told, ['end garbage'])
})

test('only one description is taken in, and only one of the other side’s kind', () => {
  const { link, sent } = setUp()
  link.signal({ type: 'description', description: { type: 'offer', sdp: '' } })
  link.signal({ type: 'description', description: { type: 'answer', sdp: '' } })
  link.signal({ type: 'description', description: { type: 'answer', sdp: '' } })
  link.signal({ type: 'candidate', candidate: { candidate: '' } })
  assert.deepEqual(sent, ['signal description', 'signal candidate'])
})

test('a restart is obeyed only under the certificate that the hello was about, whoever sealed it', async () => {
  const answering = await open(false)
  answering.sent.length = 0
  answering.link.signal(description('offer', fingerprint('CC')))
  answering.link.signal(description('offer', SDP.remote + fingerprint('CC')))
  answering.link.signal(description('offer', 'no fingerprint'))
  answering.link.signal(description('answer'))
  assert.deepEqual([answering.sent, answering.told], [[], ['tampered', 'tampered', 'tampered']])
  answering.link.signal(description('offer'))
  assert.deepEqual(answering.sent, ['signal description'])

  const offering = await open(true)
  offering.sent.length = 0
  offering.link.signal(description('answer'))
  assert.deepEqual([offering.sent, offering.told], [[], []], 'an answer to nothing')
  offering.link.restart()
  offering.link.signal(description('answer', fingerprint('CC')))
  assert.deepEqual([offering.sent, offering.told], [['restart'], ['tampered']])
  offering.link.signal(description('answer'))
  offering.link.signal(description('answer'))
  assert.deepEqual(offering.sent, ['restart', 'signal description'])
})

test('other servers go to the connection, for as long as there is one', async () => {
  const { link, sent } = await open(true)
  sent.length = 0
  const config = { iceServers: [{ urls: 'turn:turn.example' }] }
  link.configure(config)
  link.close()
  link.configure(config)
  assert.deepEqual(sent, [`configure ${JSON.stringify(config)}`])
})

test('a link that falls silent restarts ICE, or asks the one who offered to', async () => {
  const offering = await open(true)
  await offering.time.pass(6_100)
  assert.ok(offering.sent.includes('restart'))
  const answering = await open(false)
  await answering.time.pass(6_100)
  assert.deepEqual(answering.told, ['ask restart', 'shaky'])
  assert.ok(!answering.sent.includes('restart'))
})

test('between the first description and the hello no other is taken in', async () => {
  const { link, sent, events, time } = setUp(undefined, false)
  link.signal(description('offer'))
  link.signal(description('offer'))
  events.open()
  await time.pass(1)
  link.signal(description('offer', fingerprint('CC')))
  assert.deepEqual(
    sent.filter((what) => what.startsWith('signal')),
    ['signal description'],
  )
})

test('after its end a link neither sends nor tells, and is destroyed', async () => {
  const { events, link, told, sent, time, destroyed } = await open()
  sent.length = 0
  link.close()
  events.message(typing, false)
  events.end('failed')
  link.send({ type: 'typing', typing: false })
  link.offence()
  await time.pass(60_000)
  assert.deepEqual([told, sent, time.pending], [[], [], 0])
  assert.ok(destroyed() > 0)
})

test('a machine that slept does not blame the other for the silence', async () => {
  const { time, told, events } = await open()
  // Timers that are hours late: time passes without any of them.
  time.sleep(3 * 3_600_000)
  await time.pass(1)
  assert.deepEqual(told, [])
  events.message(bytesOf({ type: 'beat' }), true)
  await time.pass(3_000)
  assert.deepEqual(told, [])
})

test('20,000 random and mutated frames: nothing is thrown, nothing that is not of the schema is heard', async () => {
  const random = seededRandom(5)
  const byte = () => Math.floor(random() * 256)
  const models = [
    helloFrame,
    typing,
    bytesOf({ type: 'want', author: new Uint8Array(32), visit: new Uint8Array(16), from: 1 }),
    bytesOf({ type: 'vector', rows: [], last: true }),
    bytesOf({
      type: 'entries',
      entries: [{ header: new Uint8Array(50), signature: new Uint8Array(64), body: null }],
    }),
  ]
  const known = new Set(['typing', 'want', 'vector', 'entries'])
  let set = await open()
  for (let i = 0; i < 20_000; i++) {
    const model = models[i % models.length] ?? typing
    const frame = i % 3 ? new Uint8Array(model) : Uint8Array.from({ length: byte() }, byte)
    for (let flips = 0; i % 3 && flips <= i % 4; flips++) frame[Math.floor(random() * frame.length)] = byte()
    set.events.message(i % 7 ? frame : frame.subarray(0, Math.floor(random() * frame.length)), i % 2 === 0)
    for (const heard of set.told) assert.ok(known.has(heard) || heard === 'end garbage' || heard === 'end bye', heard)
    if (set.told.some((heard) => heard.startsWith('end'))) set = await open()
    set.told.length = 0
  }
})

test('on waking the other is asked for a sign at once; without one ICE is restarted in seconds, and the link ends', async () => {
  const { link, told, sent, time, destroyed } = await open()
  await time.pass(1_500)
  sent.length = 0
  link.wake(false)
  assert.ok(sent.includes('fleeting'))
  await time.pass(2_400)
  assert.deepEqual(told, [])
  await time.pass(200)
  assert.deepEqual(told, ['shaky'])
  assert.ok(sent.includes('restart'))
  await time.pass(7_000)
  assert.deepEqual(told, ['shaky', 'end silent'])
  assert.equal(destroyed(), 1)
})

test('on waking a link over which something is heard stays as it is', async () => {
  const { link, told, sent, time, events } = await open()
  link.wake(false)
  for (let i = 0; i < 20; i++) {
    await time.pass(1_000)
    events.message(bytesOf({ type: 'beat' }), true)
  }
  assert.deepEqual(told, [])
  assert.ok(!sent.includes('restart'))
})

test('when the network changed ICE is restarted without waiting for silence', async () => {
  const { link, sent, time } = await open()
  await time.pass(5_000)
  link.wake(true)
  assert.ok(sent.includes('restart'))
})

test('a ping is answered by a beat at once', async () => {
  const { events, sent, told } = await open()
  sent.length = 0
  events.message(bytesOf({ type: 'ping' }), true)
  assert.deepEqual(sent, ['fleeting'])
  assert.deepEqual(told, [])
})
