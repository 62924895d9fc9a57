import assert from 'node:assert/strict'
import { performance } from 'node:perf_hooks'
import { describe, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { BUILD } from './testing/build.ts'
import { Client, newVisit } from './testing/client.ts'
import { within } from './testing/inbox.ts'
import { BINARY, frame, gone, openRaw, TEXT } from './testing/raw.ts'
import { pair } from './testing/server.ts'

/** Milliseconds until a promise resolves. */
async function time(promise: Promise<unknown>): Promise<number> {
  const start = performance.now()
  await promise
  return performance.now() - start
}

// Most of them spend most of their time waiting for a deadline.
describe('leaving', { concurrency: 8 }, () => {
  test('leave is announced at once, and the connection is closed', async (t) => {
    const { ada, bob } = await pair(t)
    bob.sendText('{"type":"leave"}')
    assert.equal((await ada.next('left')).peer, bob.peer)
    assert.equal(await within(bob.closed, 'the close'), 1000)
  })

  for (const code of [1000, 1001])
    test(`a close with ${code} is announced at once`, async (t) => {
      const { ada, bob } = await pair(t)
      bob.socket.close(code)
      assert.equal((await ada.next('left')).peer, bob.peer)
    })

  for (const [name, end] of Object.entries({
    'a broken socket': (client: Client) => client.break(),
    'a close without a code': (client: Client) => client.socket.close(),
    'a close with 4000': (client: Client) => client.socket.close(4000),
  }))
    test(`${name} keeps its seat for REJOIN_GRACE and is announced then`, async (t) => {
      const { ada, bob, health } = await pair(t, { REJOIN_GRACE: '0.6' })
      end(bob)
      await within(bob.closed, 'the end')
      const took = await time(ada.next('left'))
      assert.ok(took > 300, `announced after ${took} ms`)
      assert.deepEqual(await health(), { ...BUILD, rooms: 1, members: 1 })
    })

  test('a visit that is back within the grace is seen by nobody, however often, and is not announced later', async (t) => {
    const { port, topic, ada, bob } = await pair(t, { REJOIN_GRACE: '1' })
    let last = bob
    for (let round = 0; round < 3; round++) {
      last.break()
      await within(last.closed, 'the break')
      last = await Client.open(port)
      assert.deepEqual((await last.join(topic, bob.visit)).peers, [ada.peer])
    }
    // A stranger's grace, begun after those, ends after theirs would have.
    const stranger = await Client.join(port, topic)
    await Promise.all([ada.next('joined'), last.next('joined')])
    stranger.break()
    assert.equal((await ada.next('left')).peer, stranger.peer)
    assert.equal((await last.next('left')).peer, stranger.peer)
    await ada.heardNothing()
    ada.sendTo(bob.peer, Buffer.from('hello again'))
    assert.equal((await last.nextFrame()).body.toString(), 'hello again')
  })

  test('replaced: a rejoin while the old connection is open drops that one, seen by nobody', async (t) => {
    const { port, topic, ada, bob } = await pair(t)
    const again = await Client.join(port, topic, bob.visit)
    await bob.refused('replaced')
    await ada.heardNothing()
    ada.sendTo(bob.peer, Buffer.from('to the new one'))
    assert.equal((await again.nextFrame()).from, ada.peer)
  })

  test('a member that is not there for the moment gets nothing, and nothing breaks', async (t) => {
    const { port, topic, ada, bob } = await pair(t)
    bob.break()
    await within(bob.closed, 'the break')
    for (let index = 0; index < 10; index++) ada.sendTo(bob.peer, Buffer.from('lost'))
    await ada.heardNothing()
    const again = await Client.join(port, topic, bob.visit)
    await again.heardNothing()
  })

  test('a half-open member is cut, and announced REJOIN_GRACE after it was last heard', async (t) => {
    // In the proportion of the defaults: two pings take as long as the grace.
    const { port, topic, ada, bob } = await pair(t, { PING_INTERVAL: '1', REJOIN_GRACE: '2' })
    const half = await openRaw(port)
    half.write(frame(TEXT, Buffer.from(JSON.stringify({ type: 'join', v: 1, topic, ...newVisit() }))))
    const { peer } = await ada.next('joined')
    await bob.next('joined')
    // From here on it takes everything and says nothing, as a host without power behind a proxy that holds the line.
    half.resume()
    const died = performance.now()
    const cut = gone(half).then(() => performance.now())
    assert.equal((await ada.next('left')).peer, peer)
    const announced = performance.now()
    assert.ok(announced - died > 1_600, `announced after ${announced - died} ms`)
    // Not a whole grace after the cut: it had been silent for long by then.
    assert.ok(announced - (await within(cut, 'the cut')) < 1_100)
    await bob.next('left')
    await bob.heardNothing()
  })

  test('any frame counts as life, not only a pong', async (t) => {
    const { port, topic, ada } = await pair(t, { PING_INTERVAL: '1', REJOIN_GRACE: '0' })
    const raw = await openRaw(port)
    raw.write(frame(TEXT, Buffer.from(JSON.stringify({ type: 'join', v: 1, topic, ...newVisit() }))))
    const { peer } = await ada.next('joined')
    raw.resume()
    for (let beats = 0; beats < 15; beats++) {
      raw.write(frame(BINARY, Buffer.alloc(20)))
      await setTimeout(150)
    }
    await ada.heardNothing()
    assert.equal((await ada.next('left')).peer, peer)
  })

  test('a seat is not kept for an address that has as many kept as it may have connections', async (t) => {
    const { port, ada, topic } = await pair(t, { MAX_CONNECTIONS_PER_ADDRESS: '3' })
    for (let index = 0; index < 4; index++) {
      const one = await Client.join(port, topic)
      await ada.next('joined')
      one.break()
      await within(one.closed, 'the break')
      if (index < 3) await ada.heardNothing()
      else assert.equal((await ada.next('left')).peer, one.peer)
    }
  })

  test('a seat that its visit took over again counts as kept no longer', async (t) => {
    const { port, topic, ada, bob } = await pair(t, { MAX_CONNECTIONS_PER_ADDRESS: '2' })
    let last = bob
    for (let round = 0; round < 4; round++) {
      last.break()
      await within(last.closed, 'the break')
      await ada.heardNothing()
      last = await Client.join(port, topic, bob.visit)
    }
    await ada.heardNothing()
  })
})
