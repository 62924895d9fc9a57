import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { mintCredentials } from './ice-servers.ts'
import { within } from './testing/inbox.ts'
import { lacks, runProgram } from './testing/program.ts'
import { tryTurn } from './testing/turn-client.ts'

const TURN = fileURLToPath(new URL('./turn.ts', import.meta.url))
const SECRET = 'north-south-east-west'
const HERE = '127.0.0.1'
const START_PATIENCE = 60_000
const withoutIpv6 = !Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'))

const inAnHour = () => Math.floor(Date.now() / 1000) + 3600

/** Ports that are free by TCP at this moment, and by UDP as good as surely. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, HERE))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  for (const server of servers) server.close()
  return ports
}

interface Run {
  readonly child: ChildProcess
  readonly out: () => string
  readonly err: () => string
  readonly ended: Promise<number | null>
}

/** Starts the command, with a folder of its own for what is temporary. */
function run(t: TestContext, env: Record<string, string | undefined>): Run {
  const child = spawn(process.execPath, ['--import', 'tsx', TURN], { env: { PATH: process.env.PATH, ...env } })
  t.after(() => child.kill('SIGTERM') && ended)
  let [out, err] = ['', '']
  child.stdout.on('data', (data) => {
    out += data
  })
  child.stderr.on('data', (data) => {
    err += data
  })
  const ended = once(child, 'close').then(([code]) => code)
  return { child, out: () => out, err: () => err, ended }
}

/** Waits until something takes connections at a port. */
async function untilOpen(port: number, host: string, ended: Promise<unknown>): Promise<void> {
  let over = false
  ended.then(() => {
    over = true
  })
  while (!over) {
    const socket = connect(port, host)
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true))
      socket.once('error', () => resolve(false))
    })
    socket.destroy()
    if (isOpen) return
    await setTimeout(50)
  }
}

/** A folder that is removed after the test, with a certificate for nobody in it. */
async function makeFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-turn-test-'))
  t.after(() => rm(folder, { recursive: true }))
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', join(folder, 'key.pem')]
  const cert = ['-x509', '-subj', '/CN=localhost', '-days', '2', '-out', join(folder, 'cert.pem')]
  assert.equal((await runProgram('openssl', ['req', ...key, ...cert])).code, 0)
  return folder
}

/** A coturn of `npm run turn` that listens. */
async function startTurn(t: TestContext, env: Record<string, string> = {}, host = HERE) {
  const folder = await makeFolder(t)
  const [plain = 0, tls = 0] = await freePorts(2)
  const started = run(t, {
    TMPDIR: folder,
    TURN_URLS: `turn:localhost:${plain},turns:localhost:${tls}`,
    TURN_SECRET: SECRET,
    TURN_CERT: join(folder, 'cert.pem'),
    TURN_KEY: join(folder, 'key.pem'),
    TURN_HOST: host,
    ...env,
  })
  await within(
    Promise.all([plain, tls].map((port) => untilOpen(port, host, started.ended))),
    'the start of coturn',
    START_PATIENCE,
  )
  return { ...started, folder, plain, tls }
}

describe('npm run turn', { concurrency: 2, skip: lacks('turnserver', 'turnutils_uclient', 'openssl') }, () => {
  test('credentials of the server are taken by UDP, TCP and TLS; wrong and expired ones are refused', async (t) => {
    const { plain, tls } = await startTurn(t)
    const good = mintCredentials(SECRET, 'ada', inAnHour())
    for (const [transport, port] of [
      ['udp', plain],
      ['tcp', plain],
      ['tls', tls],
    ] as const) {
      const target = { transport, host: HERE, port }
      assert.equal((await tryTurn(target, good)).allocated, 0, transport)
      const others = {
        'another secret': mintCredentials('another-secret-of-mine', 'ada', inAnHour()),
        'a changed name': { ...good, username: `${inAnHour() + 9}:ada` },
        'an end that has come': mintCredentials(SECRET, 'ada', inAnHour() - 3601),
      }
      for (const [name, credentials] of Object.entries(others))
        assert.equal((await tryTurn(target, credentials)).allocated, 401, `${name} by ${transport}`)
    }
  })

  test('it relays to the public Internet, and not to its own network; by a setting, there too', async (t) => {
    const peers = [
      '8.8.4.4',
      '1.1.1.1',
      '127.0.0.1',
      '0.0.0.0',
      '10.0.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '224.0.0.1',
    ]
    const credentials = mintCredentials(SECRET, 'ada', inAnHour())
    const closed = await startTurn(t)
    const target = { transport: 'udp', host: HERE, port: closed.plain } as const
    const asked = await tryTurn(target, credentials, peers)
    assert.deepEqual(asked, { allocated: 0, permissions: [0, 0, 403, 403, 403, 403, 403, 403] })
    const open = await startTurn(t, { TURN_ALLOWED_PEERS: '127.0.0.1,10.0.0.0/8' })
    const allowed = await tryTurn({ ...target, port: open.plain }, credentials, peers)
    assert.deepEqual(allowed.permissions, [0, 0, 0, 403, 0, 403, 403, 403])
  })

  test('the same by IPv6', { skip: withoutIpv6 && 'no IPv6 here' }, async (t) => {
    const { plain } = await startTurn(t, {}, '::1')
    const target = { transport: 'udp', host: '::1', port: plain } as const
    const peers = ['2a00:1450:4001::1', '::1', '::', 'fd00::1', 'fe80::1', '64:ff9b::a00:1', '2002:a00:1::1']
    const asked = await tryTurn(target, mintCredentials(SECRET, 'ada', inAnHour()), peers, 6)
    assert.deepEqual(asked, { allocated: 0, permissions: [0, 403, 403, 403, 403, 403, 403] })
  })

  test('coturn’s own client gets its packets through, from one relayed address to the other', async (t) => {
    const { plain } = await startTurn(t, { TURN_ALLOWED_PEERS: HERE })
    const { username, credential } = mintCredentials(SECRET, 'ada', inAnHour())
    const words = `-y -c -n 2 -m 1 -u ${username} -w ${credential} -p ${plain} ${HERE}`.split(' ')
    const { code, output } = await runProgram('turnutils_uclient', words, 60_000)
    assert.equal(code, 0, output)
    assert.match(output, /tot_send_msgs=4, tot_recv_msgs=4/)
  })

  test('its secret is in a file for nobody else, is not shown, and is gone with it; so is coturn', async (t) => {
    const { child, folder, plain, tls, out, err, ended } = await startTurn(t)
    const [inner = ''] = (await readdir(folder)).filter((name) => name.startsWith('earshot-turn-'))
    const file = join(folder, inner, 'turnserver.conf')
    assert.equal((await stat(file)).mode & 0o777, 0o600)
    assert.equal((await stat(join(folder, inner))).mode & 0o777, 0o700)
    for (const line of [
      `UDP ${plain}: TURN`,
      `TCP ${plain}: TURN`,
      `TCP ${tls}: TURN over TLS`,
      'UDP 49152-65535: what',
    ])
      assert.ok(out().includes(line), line)
    assert.match(out(), /This machine has no public IPv4 address: set EXTERNAL_IP/)
    child.kill('SIGTERM')
    assert.equal(await within(ended, 'its end'), 0)
    assert.ok(!`${out()}${err()}`.includes(SECRET))
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.startsWith('earshot-turn-')),
      [],
    )
    const socket = connect(plain, HERE)
    await assert.rejects(once(socket, 'connect'), { code: 'ECONNREFUSED' })
  })

  test('a port in use, a certificate that is not there and a bad setting end it with one line', async (t) => {
    const [port = 0] = await freePorts(1)
    const other = createSocket('udp4').bind(port, HERE)
    t.after(() => other.close())
    await once(other, 'listening')
    const env = { TURN_URLS: `turn:localhost:${port}`, TURN_SECRET: SECRET, TURN_HOST: HERE }
    const cases: [env: Record<string, string>, line: RegExp][] = [
      [env, new RegExp(`^UDP port ${port} is in use by another program: .* STUN_PORT to 0 .*\\.\\n$`)],
      [
        { ...env, TURN_URLS: 'turns:localhost:4430', TURN_CERT: '/nowhere.pem', TURN_KEY: '/nowhere.pem' },
        /^TURN_CERT is "\/nowhere.pem", but that can't be read by this user\.\n$/,
      ],
      [{ ...env, TURN_SECRET: 'short' }, /^TURN_SECRET is set to something, but must be 16 to 256 [^\n]*\n$/],
      [
        { ...env, TURN_HOST: '203.0.113.1' },
        /^TURN_HOST is "203.0.113.1", but must be an address of this machine\.\n$/,
      ],
    ]
    for (const [settings, line] of cases) {
      const { ended, err, out } = run(t, settings)
      assert.equal(await within(ended, 'its end', START_PATIENCE), 1)
      assert.match(err(), line)
      assert.equal(out(), '')
    }
  })
})

test('where coturn is not installed, it says how to get it', async (t) => {
  const { ended, err } = run(t, { PATH: '/nowhere', TURN_URLS: 'turn:localhost', TURN_SECRET: SECRET })
  assert.equal(await within(ended, 'its end', START_PATIENCE), 1)
  assert.match(err(), /^coturn is not installed: get it by "apt-get install coturn", [^\n]*\n$/)
})
