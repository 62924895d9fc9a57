import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { AttemptLog, type Mark } from './attempt-log.ts'
import { type Observed, Observer } from './observe.ts'
import { timelineOf } from './timeline.ts'
import { VirtualTime } from './virtual-time.ts'

async function logOf(...marks: readonly [at: number, mark: Mark][]) {
  const time = new VirtualTime()
  const log = new AttemptLog(time, true, {})
  let now = 0
  for (const [at, mark] of marks) {
    await time.pass(at - now)
    now = at
    log.mark(mark)
  }
  return { time, log }
}

const shown = (log: AttemptLog) => timelineOf(log).steps.map(({ state, ms }) => `${state} ${ms}`)

test('each step takes the time since the one before it', async () => {
  const { log } = await logOf(
    [2, 'described-own'],
    [3, 'own'],
    [40, 'described-other'],
    [55, 'other'],
    [80, 'ice'],
    [100, 'secured'],
    [103, 'channel'],
    [110, 'open'],
  )
  assert.deepEqual(shown(log), ['done 40', 'done 15', 'done 25', 'done 20', 'done 3', 'done 7'])
  assert.equal(timelineOf(log).ms, 110)
})

test('a way that was found before the other side’s candidates came needed none of them', async () => {
  const { log } = await logOf([5, 'described-own'], [6, 'own'], [9, 'described-other'], [30, 'ice'], [70, 'other'])
  assert.deepEqual(shown(log).slice(0, 3), ['done 9', 'done 21', 'done 0'])
})

test('what is under way counts up, and is what failed when the attempt ends', async () => {
  const { log, time } = await logOf([2, 'described-own'], [3, 'own'], [40, 'described-other'], [55, 'other'])
  await time.pass(1_000)
  assert.deepEqual(shown(log), ['done 40', 'done 15', 'now 1000', 'waiting null', 'waiting null', 'waiting null'])
  await time.pass(1_000)
  log.end('timeout')
  await time.pass(5_000)
  assert.equal(shown(log)[2], 'failed 2000')
  assert.equal(timelineOf(log).ended, 'timeout')
})

test('a step that nobody saw is done once a later one is', async () => {
  const { log } = await logOf([5, 'described-own'], [9, 'described-other'], [20, 'own'], [60, 'channel'])
  assert.deepEqual(shown(log), ['done 9', 'done 51', 'done 0', 'done 0', 'done 0', 'now 0'])
})

test('what comes again later changes nothing, and what is noted is bounded', async () => {
  const { log, time } = await logOf([5, 'described-own'])
  await time.pass(100)
  log.see({ type: 'described', whose: 'own' })
  assert.equal(log.marks.get('described-own'), 5)
  for (let i = 0; i < 1_000; i++) {
    log.see({ type: 'ice', state: 'checking' })
    log.see({ type: 'refusal', refusal: { server: 'turn', over: 'udp', code: i, text: '' } })
    const facts = { kind: 'host', protocol: 'udp', address: 'mdns', family: null } as const
    log.see({ type: 'candidate', whose: 'other', facts })
  }
  const { ice, refusals, candidates } = timelineOf(log)
  assert.ok(ice.length <= 20 && refusals.length <= 12)
  assert.deepEqual(
    candidates.other.map(({ count }) => count),
    [1_000],
  )
})

/** A connection of which only events and statistics are wanted. */
class Connection extends EventTarget {
  iceConnectionState = 'new'
  connectionState = 'new'
  stats: unknown[] = []
  sctp = null
  async getStats() {
    return new Map(this.stats.map((entry, index) => [`${index}`, entry]))
  }
}

const name = fc.uuid().map((uuid) => `${uuid}.local`)
const address = fc.oneof(fc.ipV4(), fc.ipV6(), name, fc.domain())
const kind = fc.constantFrom('host', 'srflx', 'prflx', 'relay', 'x')
const seen = fc.record({
  address,
  raddr: address,
  kind,
  relayKind: kind,
  protocol: fc.constantFrom('udp', 'TCP', 'dccp'),
  url: fc
    .tuple(fc.constantFrom('turn', 'turns', 'stun', 'http', ''), address)
    .map(([scheme, host]) => `${scheme}:${host}:5`),
  code: fc.constantFrom(300, 401, 701),
  text: fc.oneof(
    address.map((one) => `TURN allocate request to ${one} failed`),
    address,
    fc.string(),
    fc.constant('STUN binding request timed out.'),
  ),
})

test('whatever was seen, the report of it holds no address', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(seen, { minLength: 1, maxLength: 6 }), async (all) => {
      const connection = new Connection()
      const servers = all.map(({ url }) => ({ urls: url, username: 'secret user', credential: 'secret word' }))
      const log = new AttemptLog(new VirtualTime(), true, { iceServers: servers })
      const observer = new Observer(connection as unknown as Observed, (sight) => log.see(sight))
      for (const { address, raddr, kind, relayKind, protocol, url, code, text } of all) {
        const candidate = `candidate:1 1 ${protocol} 5 ${address} 50123 typ ${kind} raddr ${raddr} rport 50124`
        observer.signal('own', { type: 'candidate', candidate: { candidate } })
        observer.signal('other', { type: 'description', description: { type: 'offer', sdp: `a=${candidate}\r\n` } })
        connection.dispatchEvent(
          Object.assign(new Event('icecandidateerror'), {
            url,
            errorCode: code,
            errorText: text,
            address,
            port: 50125,
          }),
        )
        connection.stats = [
          { type: 'transport', id: 'T', selectedCandidatePairId: 'P' },
          {
            type: 'candidate-pair',
            id: 'P',
            localCandidateId: 'L',
            remoteCandidateId: 'R',
            currentRoundTripTime: 0.01,
          },
          { type: 'local-candidate', id: 'L', candidateType: kind, address, port: 50126, relayProtocol: 'udp', url },
          { type: 'remote-candidate', id: 'R', candidateType: relayKind, ip: raddr, port: 50127, protocol },
        ]
      }
      const report = JSON.stringify({ path: await observer.look(), timeline: timelineOf(log) })
      for (const { address, raddr } of all)
        for (const one of [address, raddr]) assert.ok(one.length < 4 || !report.includes(one), `${one} in ${report}`)
      assert.doesNotMatch(report, /\d+\.\d+\.\d+\.\d+|[\da-f]+:[\da-f]*:|\.local|5012\d|secret/i)
    }),
    { numRuns: 300 },
  )
})

test('what a STUN or TURN server answered is noted in words', () => {
  const connection = new Connection()
  const log = new AttemptLog(new VirtualTime(), true, {})
  new Observer(connection as unknown as Observed, (sight) => log.see(sight))
  for (const [url, errorCode, errorText] of [
    ['turn:turn.example.org:3478?transport=tcp', 401, 'Unauthorized'],
    ['turns:turn.example.org:443', 701, 'TURN allocate request timed out.'],
    ['turns:turn.example.org:443', 701, 'TURN allocate request timed out.'],
    ['stun:203.0.113.1:3478', 701, ''],
  ])
    connection.dispatchEvent(Object.assign(new Event('icecandidateerror'), { url, errorCode, errorText }))
  assert.deepEqual(timelineOf(log).refusals, [
    { server: 'turn', over: 'tcp', code: 401, text: 'Unauthorized', count: 1 },
    { server: 'turn', over: 'tls', code: 701, text: 'TURN allocate request timed out.', count: 2 },
    { server: 'stun', over: 'udp', code: 701, text: '', count: 1 },
  ])
})
