import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { endWebRtc, RTCPeerConnection as NodePeerConnection } from '../../client/terminal/rtc.ts'
import { breakable } from './breakable.ts'

after(async () => {
  await endWebRtc()
  // Connections that a failed test left open would keep the process.
  setTimeout(() => process.exit(), 1_000).unref()
})

/** A channel between two ends, of which one can be broken. */
async function pair({ isAnswering = false, options = {} as RTCDataChannelInit } = {}) {
  const events: string[] = []
  const { RTCPeerConnection, breaker } = breakable(NodePeerConnection, ({ what }) => events.push(what), 300)
  const offering = new (isAnswering ? NodePeerConnection : RTCPeerConnection)()
  const answering = new (isAnswering ? RTCPeerConnection : NodePeerConnection)()
  let setDescribed = () => {}
  const described = new Promise<void>((resolve) => {
    setDescribed = resolve
  })
  for (const [one, other] of [
    [offering, answering],
    [answering, offering],
  ] as const)
    one.onicecandidate = async ({ candidate }) => {
      // Before the description they would be refused.
      await described
      if (candidate) await other.addIceCandidate(candidate)
    }
  const offered = offering.createDataChannel('chat', options)
  const answered = new Promise<RTCDataChannel>((resolve) => {
    answering.ondatachannel = ({ channel }) => resolve(channel)
  })
  const open = new Promise<void>((resolve) => {
    offered.onopen = () => resolve()
  })
  await answering.setRemoteDescription(await offering.createOffer())
  await offering.setRemoteDescription(await answering.createAnswer())
  setDescribed()
  await open
  const [mine, theirs] = isAnswering ? [await answered, offered] : [offered, await answered]
  const heard: Record<'mine' | 'theirs', string[]> = { mine: [], theirs: [] }
  const listen = (channel: RTCDataChannel, list: string[]) => {
    channel.binaryType = 'arraybuffer'
    channel.onmessage = ({ data }) => list.push(Buffer.from(data).toString())
  }
  listen(mine, heard.mine)
  listen(theirs, heard.theirs)
  const say = (channel: RTCDataChannel, text: string) => channel.send(new TextEncoder().encode(text))
  const end = () => {
    offering.close()
    answering.close()
  }
  const breakableOne = isAnswering ? answering : offering
  return { breaker, events, mine, theirs, heard, say, end, breakableOne }
}

async function until(what: () => boolean): Promise<void> {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 10))
}

for (const isAnswering of [false, true]) {
  const side = isAnswering ? 'the one that answers' : 'the one that offers'

  test(`what passes an unplugged end is held both ways, and goes on in its order (${side})`, async () => {
    const { breaker, mine, theirs, heard, say, end } = await pair({ isAnswering })
    say(mine, 'a')
    say(theirs, 'b')
    await until(() => heard.mine.length === 1 && heard.theirs.length === 1)
    breaker.unplug()
    for (const text of ['1', '2', '3']) {
      say(mine, text)
      say(theirs, text)
    }
    // The fleeting moment that it takes to cross has passed when another channel's words came.
    const other = await pair()
    other.say(other.theirs, 'x')
    await until(() => other.heard.mine.length === 1)
    assert.deepEqual(heard, { mine: ['b'], theirs: ['a'] })
    breaker.plug()
    say(mine, '4')
    say(theirs, '4')
    await until(() => heard.mine.length === 5 && heard.theirs.length === 5)
    assert.deepEqual(heard, { mine: ['b', '1', '2', '3', '4'], theirs: ['a', '1', '2', '3', '4'] })
    end()
    other.end()
  })

  test(`a muted connection passes nothing ever again, though it stays open, and plugging helps nothing (${side})`, async () => {
    const { breaker, mine, theirs, heard, say, end, breakableOne } = await pair({ isAnswering })
    const [its] = breaker.ends()
    breaker.mute(its?.id ?? 0)
    say(mine, '1')
    say(theirs, '1')
    breaker.plug()
    const other = await pair()
    other.say(other.theirs, 'x')
    await until(() => other.heard.mine.length === 1)
    assert.deepEqual(heard, { mine: [], theirs: [] })
    assert.equal(theirs.readyState, 'open')
    breakableOne.close()
    assert.deepEqual(breaker.ends(), [])
    assert.equal(theirs.readyState, 'open', 'the other end is not told')
    await until(() => theirs.readyState === 'closed')
    end()
    other.end()
  })
}

test('what was to be fleeting is lost while unplugged', async () => {
  const { breaker, mine, theirs, heard, say, end } = await pair({ options: { ordered: false, maxRetransmits: 0 } })
  breaker.unplug()
  say(mine, '1')
  say(theirs, '1')
  const other = await pair()
  other.say(other.theirs, 'x')
  await until(() => other.heard.mine.length === 1)
  breaker.plug()
  say(mine, '2')
  say(theirs, '2')
  await until(() => heard.mine.length > 0 && heard.theirs.length > 0)
  assert.deepEqual(heard, { mine: ['2'], theirs: ['2'] })
  end()
  other.end()
})

test('a connection that is broken off is seen to be closed by the other end, which is named by its fingerprints', async () => {
  const { breaker, theirs, events, end } = await pair()
  const [its] = breaker.ends()
  assert.equal(its?.isOpen, true)
  assert.match(its.local, /^sha-256 /)
  assert.notEqual(its.local, its.remote)
  breaker.close(its.id)
  await until(() => theirs.readyState === 'closed')
  assert.ok(events.some((what) => what.startsWith('broken')))
  end()
})
