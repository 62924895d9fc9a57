import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { LOW_WATER, simplePeerTransport, type Transport, type TransportEnd } from '../net/transport.ts'
import { endWebRtc, RTCPeerConnection } from './rtc.ts'

after(async () => {
  await endWebRtc()
  // Connections that a failed test left open would keep the process.
  setTimeout(() => process.exit(), 1_000).unref()
})

/** Gives what was said of something, once: the first value that it got. */
function once<T>() {
  let settle: (value: T) => void = () => {}
  const value = new Promise<T>((resolve) => {
    settle = resolve
  })
  return { value, settle }
}

interface Side {
  readonly transport: Transport
  readonly open: Promise<void>
  readonly ended: Promise<TransportEnd>
  /** That falling low was told, while it was low: the library's own thread may have sent all there was between two frames. */
  readonly drained: Promise<void>
  /** The next frame. */
  next(): Promise<{ data: Uint8Array; fleeting: boolean }>
}

function side(initiator: boolean, config: RTCConfiguration, other: () => Side): Side {
  const [open, ended, drained] = [once<void>(), once<TransportEnd>(), once<void>()]
  const frames: { data: Uint8Array; fleeting: boolean }[] = []
  const waiting: ((frame: { data: Uint8Array; fleeting: boolean }) => void)[] = []
  const transport = simplePeerTransport(RTCPeerConnection)(initiator, config, {
    signal: (signal) => setImmediate(() => other().transport.signal(signal)),
    open: open.settle,
    message: (data, fleeting) => {
      const taker = waiting.shift()
      if (taker) taker({ data, fleeting })
      else frames.push({ data, fleeting })
    },
    drain: () => transport.unsent <= LOW_WATER && drained.settle(),
    quiet() {},
    end: ended.settle,
  })
  return {
    transport,
    open: open.value,
    ended: ended.value,
    drained: drained.value,
    next: () =>
      new Promise((resolve) => {
        const frame = frames.shift()
        if (frame) resolve(frame)
        else waiting.push(resolve)
      }),
  }
}

/** Two sides with open channels between them. */
async function connected(config: RTCConfiguration = {}): Promise<{ offering: Side; answering: Side }> {
  const sides: { offering: Side; answering: Side } = {
    offering: side(true, config, () => sides.answering),
    answering: side(false, config, () => sides.offering),
  }
  await Promise.all([sides.offering.open, sides.answering.open])
  return sides
}

/** A frame with its bytes in a plain array: simple-peer gives a Buffer of its own. */
const plain = <T extends { data: Uint8Array }>(frame: T) => ({ ...frame, data: new Uint8Array(frame.data) })

const bytes = (length: number, value = 7) => new Uint8Array(length).fill(value)

test('frames of up to 64 KiB cross both ways, reliable and fleeting', async () => {
  const { offering, answering } = await connected()
  for (const [from, to] of [
    [offering, answering],
    [answering, offering],
  ] as const) {
    for (const length of [1, 1_000, 65_536]) {
      from.transport.send(bytes(length))
      assert.deepEqual(plain(await to.next()), { data: bytes(length), fleeting: false })
    }
    from.transport.sendFleeting(bytes(3, 9))
    assert.deepEqual(plain(await to.next()), { data: bytes(3, 9), fleeting: true })
  }
  offering.transport.destroy()
  answering.transport.destroy()
})

test('both sides see the same two descriptions, with a fingerprint in each', async () => {
  const { offering, answering } = await connected()
  const fingerprint = (sdp = '') => /^a=fingerprint:(\S+ \S+)/m.exec(sdp)?.[1]
  const [a, b] = [offering.transport.descriptions, answering.transport.descriptions]
  assert.ok(fingerprint(a?.local))
  assert.equal(fingerprint(a?.local), fingerprint(b?.remote))
  assert.equal(fingerprint(a?.remote), fingerprint(b?.local))
  assert.notEqual(fingerprint(a?.local), fingerprint(a?.remote))
  offering.transport.destroy()
  answering.transport.destroy()
})

test('the way that packets take is known, with its round-trip time in milliseconds', async () => {
  const { offering, answering } = await connected()
  for (const { transport } of [offering, answering]) {
    const path = await transport.look()
    // Addresses of this machine only: on one network, or both public.
    assert.match(path?.route ?? '', /^(network|direct)$/)
    assert.equal(path?.own.kind, 'host')
    assert.ok(path?.rtt !== undefined && path.rtt !== null && path.rtt < 2_000, `${path?.rtt}`)
  }
  offering.transport.destroy()
  answering.transport.destroy()
  assert.equal(await offering.transport.look(), null)
})

test('an offer holds no candidates, however quickly they are gathered: the other would connect before it is known here', async () => {
  for (let round = 0; round < 30; round++) {
    const connection = new RTCPeerConnection()
    connection.createDataChannel('chat')
    const { sdp } = await connection.createOffer()
    connection.close()
    assert.doesNotMatch(sdp ?? '', /^a=candidate/m)
  }
})

test('what is unsent is counted, and falling low is told', async () => {
  const { offering, answering } = await connected()
  for (let n = 0; n < 100; n++) offering.transport.send(bytes(65_536))
  assert.ok(offering.transport.unsent > LOW_WATER)
  await offering.drained
  for (let n = 0; n < 100; n++) assert.equal((await answering.next()).data.length, 65_536)
  offering.transport.destroy()
  answering.transport.destroy()
})

test('the last that is sent before closing arrives', async () => {
  const { offering, answering } = await connected()
  offering.transport.send(bytes(1_000, 1))
  offering.transport.destroy()
  assert.equal((await answering.next()).data.length, 1_000)
  assert.equal(await answering.ended, 'remote')
})

test('a side that closes is seen to, and what is sent to it meanwhile throws nothing', async () => {
  const { offering, answering } = await connected()
  offering.transport.destroy()
  const sending = setInterval(() => {
    answering.transport.send(bytes(1_000))
    answering.transport.sendFleeting(bytes(10))
    assert.equal(typeof answering.transport.unsent, 'number')
  }, 1)
  assert.equal(await answering.ended, 'remote')
  clearInterval(sending)
  answering.transport.send(bytes(1))
  answering.transport.destroy()
})

test('a second offer, as for an ICE restart, is refused by both sides without a throw', async () => {
  const offers = new RTCPeerConnection()
  offers.createDataChannel('chat')
  const offer = await offers.createOffer()
  await assert.rejects(offers.createOffer({ iceRestart: true }), /described already/)
  const answers = new RTCPeerConnection()
  await answers.setRemoteDescription(offer)
  await answers.createAnswer()
  await assert.rejects(answers.setRemoteDescription(offer), /described already/)
  offers.close()
  answers.close()
})

test('candidates that can not be used are passed over', async () => {
  const answers = new RTCPeerConnection()
  const offers = new RTCPeerConnection()
  offers.createDataChannel('chat')
  await answers.setRemoteDescription(await offers.createOffer())
  for (const candidate of [
    'candidate:1 1 udp 1 0d1e2f3a-0000-4000-8000-000000000000.local 5000 typ host',
    'candidate:1 1 udp 1 nowhere.invalid 5000 typ host',
    'candidate:1 1 tcp 1 127.0.0.1 9 typ host tcptype active',
    'not a candidate',
    '',
  ])
    await answers.addIceCandidate({ candidate, sdpMid: '0', sdpMLineIndex: 0 })
  offers.close()
  answers.close()
})

test('relays with names and passwords of any characters are taken, and what is no server is refused', async () => {
  const iceServers = [
    { urls: 'stun:127.0.0.1:9' },
    {
      urls: ['turn:127.0.0.1:9', 'turn:127.0.0.1:9?transport=tcp'],
      username: '1795432230:ada',
      credential: 'a/b+c=@:?#',
    },
  ]
  const { offering, answering } = await connected({ iceServers })
  offering.transport.destroy()
  answering.transport.destroy()
  const failed = side(true, { iceServers: [{ urls: 'http://example.org' }] }, () => failed)
  assert.equal(await failed.ended, 'failed')
})
