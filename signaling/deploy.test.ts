/** The examples in deploy/, with the real programs in front of the server. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client, newTopic, newVisit } from './testing/client.ts'
import { within } from './testing/inbox.ts'
import { lacks, runProgram } from './testing/program.ts'
import { startServer } from './testing/server.ts'

const NAME = 'chat.example.org'
const START_PATIENCE = 60_000

const example = (name: string) => readFile(fileURLToPath(new URL(`./deploy/${name}`, import.meta.url)), 'utf8')

/** The text with each word in place of another, all of which must be there. */
function replaced(text: string, words: Readonly<Record<string, string>>): string {
  return Object.entries(words).reduce((so, [from, to]) => {
    assert.ok(so.includes(from), `the example has no "${from}"`)
    return so.replaceAll(from, to)
  }, text)
}

/** A TCP port that is free at this moment. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

interface Site {
  readonly folder: string
  readonly port: number
  /** Of the port for plain http. */
  readonly plainPort: number
  readonly backend: number
}

/** A program and its arguments. */
type Command = [program: string, ...args: string[]]

async function caddy({ folder, port, plainPort, backend }: Site): Promise<Command> {
  const options = `{\n\tadmin off\n\tlocal_certs\n\tskip_install_trust\n\thttp_port ${plainPort}\n\thttps_port ${port}\n\tstorage file_system ${folder}\n}\n`
  const text = replaced(await example('Caddyfile'), { '127.0.0.1:8080': `127.0.0.1:${backend}` })
  await writeFile(join(folder, 'Caddyfile'), options + text)
  return ['caddy', 'run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')]
}

async function nginx({ folder, port, plainPort, backend }: Site): Promise<Command> {
  const pem = [join(folder, 'cert.pem'), join(folder, 'key.pem')] as const
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', pem[1]]
  assert.equal((await runProgram('openssl', ['req', ...key, '-x509', '-subj', `/CN=${NAME}`, '-out', pem[0]])).code, 0)
  const text = replaced(await example('nginx.conf'), {
    '127.0.0.1:8080': `127.0.0.1:${backend}`,
    'listen [::]:443 ssl;': '',
    'listen [::]:80;': '',
    'listen 443 ssl': `listen 127.0.0.1:${port} ssl`,
    'listen 80': `listen 127.0.0.1:${plainPort}`,
    '/etc/letsencrypt/live/chat.example.org/fullchain.pem': pem[0],
    '/etc/letsencrypt/live/chat.example.org/privkey.pem': pem[1],
  })
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  )
  const around = `daemon off;\nerror_log stderr;\npid ${folder}/pid;\nevents {}\nhttp {\naccess_log off;\n${paths.join('\n')}\n${text}}\n`
  await writeFile(join(folder, 'nginx.conf'), around)
  return ['nginx', '-c', join(folder, 'nginx.conf')]
}

/** A proxy as the example has it, in front of a server that lets one connection of an address in. Gives its port for https. */
async function start(t: TestContext, prepare: (site: Site) => Promise<Command>): Promise<Site> {
  const { port: backend } = await startServer(t, {
    PUBLIC_URL: `https://${NAME}`,
    TRUST_PROXY: 'loopback',
    MAX_CONNECTIONS_PER_ADDRESS: '1',
  })
  const folder = await mkdtemp(join(tmpdir(), 'earshot-proxy-'))
  const site = { folder, port: await freePort(), plainPort: await freePort(), backend }
  const [program, ...args] = await prepare(site)
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: folder } })
  let said = ''
  child.stderr.on('data', (data) => {
    said += data
  })
  const ended = once(child, 'close')
  t.after(async () => {
    child.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true })
  })
  ended.then(() => {
    if (!t.signal.aborted && child.exitCode !== 0) t.diagnostic(said)
  })
  await within(untilReady(site.port), `the start of ${program}`, START_PATIENCE)
  return site
}

/** Resolves once https is answered: a certificate may take a moment longer than the port. */
async function untilReady(port: number): Promise<void> {
  for (;;) {
    const isReady = await get(port).then(
      () => true,
      () => false,
    )
    if (isReady) return
    await setTimeout(50)
  }
}

/** Fetches a path by https; the page by default. */
function get(port: number, path = '/', headers: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
    const options = { host: '127.0.0.1', port, servername: NAME, rejectUnauthorized: false, agent: false }
    const sent = request({ ...options, path, headers: { host: NAME, ...headers } }, (response) => {
      response.resume()
      resolve({ status: response.statusCode ?? 0, headers: response.headers })
    })
    sent.on('error', reject)
    sent.end()
  })
}

/** What the proxy says on its port for plain http. */
async function getPlain(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(`GET /r HTTP/1.1\r\nHost: ${NAME}\r\nConnection: close\r\n\r\n`)
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  await within(once(socket, 'close'), 'the answer by plain http')
  return Buffer.concat(chunks).toString()
}

for (const [name, prepare, programs] of [
  ['Caddy', caddy, ['caddy']],
  ['nginx', nginx, ['nginx', 'openssl']],
] as const)
  describe(`behind ${name}, as the example has it`, { skip: lacks(...programs) }, () => {
    test('the page comes by https with all its headers, and plain http leads there', async (t) => {
      const { port, plainPort } = await start(t, prepare)
      const { status, headers } = await get(port)
      assert.equal(status, 200)
      assert.match(String(headers['strict-transport-security']), /max-age=\d+/)
      assert.equal(headers['cross-origin-opener-policy'], 'same-origin')
      assert.match(String(headers['content-security-policy']), /default-src 'none'.*wss:\/\/chat\.example\.org/)
      assert.match(
        await getPlain(plainPort),
        /^HTTP\/1\.1 30[18] [\s\S]*\r\nLocation: https:\/\/chat\.example\.org\/r\r\n/,
      )
    })

    test('WebSockets get through, and each address is counted as itself, whatever it claims to be', async (t) => {
      const { port } = await start(t, prepare)
      const topic = newTopic()
      const base = { servername: NAME, headers: { host: NAME, origin: `https://${NAME}` } }
      const ada = await Client.open(port, { ...base, localAddress: '127.0.0.1' })
      await ada.join(topic, newVisit())
      const liar = {
        ...base.headers,
        'x-forwarded-for': '203.0.113.9',
        'x-real-ip': '203.0.113.9',
        forwarded: 'for=203.0.113.9',
      }
      const again = await Client.open(port, { ...base, localAddress: '127.0.0.1', headers: liar })
      await again.refused('too-many-connections')
      const bob = await Client.open(port, { ...base, localAddress: '127.0.0.2' })
      assert.deepEqual((await bob.join(topic, newVisit())).peers, [ada.peer])
      await ada.next('joined')
      const body = Buffer.alloc(60_000, 7)
      bob.sendTo(ada.peer, body)
      assert.deepEqual(await ada.nextFrame(), { from: bob.peer, body })
      for (const client of [ada, bob]) await client.close()
    })

    test('a page of another origin is not let in', async (t) => {
      const { port } = await start(t, prepare)
      const upgrade = { connection: 'upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' }
      const headers = { ...upgrade, 'sec-websocket-key': randomBytes(16).toString('base64') }
      assert.equal((await get(port, '/signal', { ...headers, origin: 'https://evil.example' })).status, 403)
    })
  })
