import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import { type TestContext, test } from 'node:test'
import { StunResponder } from './stun.ts'
import { BINDING_REQUEST, readStun, writeStun, xorMappedAddress } from './stun-message.ts'
import { explainStunError, StunSockets, stunHost } from './stun-sockets.ts'
import { Client, newTopic, newVisit } from './testing/client.ts'
import { within } from './testing/inbox.ts'
import { lacks, runProgram } from './testing/program.ts'
import { startServer } from './testing/server.ts'
import { dice, mutant, request } from './testing/stun.ts'

const addresses = Object.values(networkInterfaces())
  .flatMap((list) => list ?? [])
  .map(({ address }) => address)
  .filter((address) => !address.startsWith('fe80'))
const withoutIpv6 = !addresses.includes('::1') && 'no IPv6 here'

/** Listens until the test ends; on every address of this machine by default. */
async function listen(t: TestContext, host: string | null = null): Promise<number> {
  const sockets = new StunSockets(new StunResponder(performance.now()))
  t.after(() => sockets.close())
  await sockets.listen(host, 0)
  return sockets.port ?? assert.fail('no port')
}

/** A client's socket at an address. */
async function clientAt(t: TestContext, address: string) {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
  t.after(() => socket.close())
  socket.bind(0, address)
  await once(socket, 'listening')
  return socket
}

/** Asks the server at an address, from the same address: what came back, and from where. */
async function ask(t: TestContext, address: string, port: number, others: readonly Buffer[] = []) {
  const client = await clientAt(t, address)
  const transaction = randomBytes(12)
  const answered = once(client, 'message')
  for (const other of others) client.send(other, port, address)
  const request = writeStun({ type: BINDING_REQUEST, transaction, attributes: [], fingerprint: true })
  const send = () => client.send(request, port, address)
  send()
  // One that comes when the system's buffer is full is lost (RFC 8489, section 6.2.1).
  const again = setInterval(send, 500)
  const [datagram, sender] = await within(answered, `an answer at ${address}`).finally(() => clearInterval(again))
  return { message: readStun(datagram), sender, transaction, mine: client.address() }
}

test('every address of this machine answers from itself, and tells the right address and port', async (t) => {
  const port = await listen(t)
  assert.ok(addresses.length > 0)
  for (const address of new Set(addresses)) {
    const { message, sender, transaction, mine } = await ask(t, address, port)
    assert.equal(sender.address.replace(/%.*/, ''), address)
    assert.deepEqual(message?.transaction, transaction)
    assert.deepEqual(message?.attributes, [xorMappedAddress(address, mine.port, transaction)])
  }
})

test('one socket for both families tells an IPv4 client an IPv4 address', { skip: withoutIpv6 }, async (t) => {
  const port = await listen(t, '::')
  const { message, transaction, mine } = await ask(t, '127.0.0.1', port)
  assert.deepEqual(message?.attributes, [xorMappedAddress('127.0.0.1', mine.port, transaction)])
})

test('garbage gets no answer, and what comes after it does', async (t) => {
  const port = await listen(t, '127.0.0.1')
  const response = writeStun({ type: 0x0101, transaction: randomBytes(12), attributes: [], fingerprint: true })
  const { message, transaction } = await ask(t, '127.0.0.1', port, [
    Buffer.alloc(0),
    randomBytes(1400),
    Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    response,
  ])
  assert.deepEqual(message?.transaction, transaction)
})

test('after 20,000 malformed and mutated datagrams from one address it still answers another', {
  skip: process.platform !== 'linux' && 'only Linux has all of 127.0.0.0/8',
}, async (t) => {
  const port = await listen(t, '127.0.0.1')
  const flooder = await clientAt(t, '127.0.0.2')
  let answers = 0
  flooder.on('message', () => {
    answers += 1
  })
  const roll = dice(1)
  const start = performance.now()
  for (let count = 0; count < 20_000; count++) {
    const datagram = count % 4 === 0 ? request() : mutant(roll)
    flooder.send(datagram, port, '127.0.0.1')
    // No faster than they are heard: what the system drops shows nothing.
    if (count % 10 === 9) await new Promise(setImmediate)
  }
  assert.ok((await ask(t, '127.0.0.1', port)).message)
  const seconds = (performance.now() - start) / 1000
  assert.ok(answers > 0 && answers <= 2000 + 200 * seconds, `${answers} answers in ${seconds} s`)
})

test('a port in use at one address is refused whole', async (t) => {
  const other = await clientAt(t, '127.0.0.1')
  const { port } = other.address()
  const sockets = new StunSockets(new StunResponder(0))
  await assert.rejects(sockets.listen(null, port), { code: 'EADDRINUSE' })
  assert.equal(sockets.port, null)
})

test('a host that is not here is an error', async () => {
  const sockets = new StunSockets(new StunResponder(0))
  await assert.rejects(sockets.listen('203.0.113.1', 0), { code: 'EADDRNOTAVAIL' })
})

test('behind a public URL, a page for a proxy on this machine does not keep STUN from everybody else', () => {
  const publicUrl = 'https://chat.example'
  for (const host of ['localhost', '127.0.0.1', '::1']) {
    assert.equal(stunHost({ host, publicUrl }), null)
    assert.equal(stunHost({ host, publicUrl: null }), host)
  }
  assert.equal(stunHost({ host: '192.0.2.1', publicUrl }), '192.0.2.1')
})

test('what can go wrong is said in one line that says what to do', () => {
  const error = (code: string) => Object.assign(new Error(), { code })
  assert.match(explainStunError(error('EADDRINUSE'), 3478), /^STUN is off: UDP port 3478 is in use .* STUN_PORT .*\.$/)
  assert.match(explainStunError(error('EACCES'), 80), /may not be opened by this user; set STUN_PORT/)
  assert.match(explainStunError(error('EADDRNOTAVAIL'), 80), /\(EADDRNOTAVAIL\); set STUN_PORT/)
})

/** A UDP port that is free at this moment. */
async function freePort(): Promise<number> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  await new Promise<void>((resolve) => socket.close(() => resolve()))
  return port
}

test('members are told of the server itself, under the name that they reached it by', async (t) => {
  const stunPort = await freePort()
  const { port } = await startServer(t, { STUN_PORT: `${stunPort}` })
  for (const [host, expected] of [
    [undefined, [{ urls: [`stun:127.0.0.1:${stunPort}`] }]],
    ['chat.example.org:8080', [{ urls: [`stun:chat.example.org:${stunPort}`] }]],
    ['what is this', []],
  ] as const) {
    const client = await Client.open(port, { headers: host === undefined ? {} : { host } })
    assert.deepEqual((await client.join(newTopic(), newVisit())).iceServers, expected)
  }
  assert.ok((await ask(t, '127.0.0.1', stunPort)).message)
})

test('a port in use is a warning, and members are told of no STUN', async (t) => {
  const other = await clientAt(t, '127.0.0.1')
  const { port, log } = await startServer(t, { STUN_PORT: `${other.address().port}` })
  const client = await Client.open(port)
  assert.deepEqual((await client.join(newTopic(), newVisit())).iceServers, [])
  const warnings = log()
    .split('\n')
    .filter((line) => line.includes('"level":40'))
  assert.equal(warnings.length, 1)
  assert.match(warnings[0] ?? '', /STUN is off: UDP port \d+ is in use by another program; set STUN_PORT/)
})

for (const address of ['127.0.0.1', '::1'])
  test(`turnutils_stunclient of coturn understands the answer at ${address}`, {
    skip: lacks('turnutils_stunclient') || (isIPv6(address) && withoutIpv6),
  }, async (t) => {
    const port = await listen(t)
    const { code, output } = await runProgram('turnutils_stunclient', ['-p', `${port}`, address])
    assert.equal(code, 0, output)
    assert.match(output, new RegExp(`UDP reflexive addr: ${address.replaceAll('.', '\\.')}:\\d+`))
  })
