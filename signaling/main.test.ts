import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { performance } from 'node:perf_hooks'
import { after, before, describe, type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { makeBuild } from './testing/build.ts'
import { Client, newTopic } from './testing/client.ts'
import { within } from './testing/inbox.ts'
import { frame, openRaw, TEXT } from './testing/raw.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

/** How long the program may take to start, in milliseconds, on a machine that has much else to do. */
const START_PATIENCE = 60_000

let build: Awaited<ReturnType<typeof makeBuild>>
before(async () => {
  build = await makeBuild()
})
after(() => build.remove())

interface Run {
  readonly child: ChildProcess
  readonly out: () => string
  readonly err: () => string
  /** Resolves to the exit code. */
  readonly ended: Promise<number | null>
}

/** Starts the real program. */
function run(t: TestContext, env: Record<string, string>, folder: string | null = build.folder): Run {
  const args = ['--import', 'tsx', MAIN, ...(folder === null ? [] : [folder])]
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', STUN_PORT: '0', ...env },
  })
  t.after(() => child.kill('SIGKILL'))
  let out = ''
  let err = ''
  child.stdout.on('data', (data) => {
    out += data
  })
  child.stderr.on('data', (data) => {
    err += data
  })
  const ended = once(child, 'close').then(([code]) => code)
  return { child, out: () => out, err: () => err, ended }
}

/** Starts the real program and waits until it listens. */
async function listening(t: TestContext, env: Record<string, string> = {}): Promise<Run & { port: number }> {
  const started = run(t, env)
  while (!/A new room.*\n/.test(started.out()))
    await within(
      Promise.race([
        once(started.child.stdout ?? started.child, 'data'),
        started.ended.then((code) => assert.fail(`it ended with ${code}: ${started.err()}`)),
      ]),
      'the start of the program',
      START_PATIENCE,
    )
  const port = Number(/http:\/\/[^/]+:(\d+)/.exec(started.out())?.[1])
  return { ...started, port }
}

/** Runs the program to its end, which must be code 1 and one line, and returns the line. */
async function failure(t: TestContext, env: Record<string, string>, folder?: string | null): Promise<string> {
  const { ended, out, err } = run(t, env, folder)
  assert.equal(await within(ended, 'the end of the program', START_PATIENCE), 1)
  assert.equal(out(), '')
  assert.match(err(), /^[^\n]+\n$/)
  return err()
}

// Each spends most of its time waiting for Node to start.
describe('the program', { concurrency: 3 }, () => {
  test('under npm, it ends when the shell that npm started it in does', {
    skip: process.platform === 'win32',
  }, async (t) => {
    const words = [process.execPath, '--import', 'tsx', MAIN, build.folder].map((word) => `'${word}'`).join(' ')
    const env = { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', STUN_PORT: '0', npm_lifecycle_event: 'start' }
    const shell = spawn('sh', ['-c', `${words}; true`], { env })
    t.after(() => shell.kill('SIGKILL'))
    const ended = once(shell.stdout, 'end')
    await within(once(shell.stdout, 'data'), 'the start of the program', START_PATIENCE)
    shell.kill('SIGTERM')
    // Its end of the pipe is closed when the program itself is gone.
    await within(ended, 'the end of the program')
  })

  test('it prints the page and a fresh room; SIGTERM closes sockets with 1001 and ends it within 2 s, deaf clients or not', async (t) => {
    const { child, port, out, err, ended } = await listening(t)
    assert.match(out(), /^ {2}The page +http:\/\/127\.0\.0\.1:\d+\/$/m)
    assert.match(out(), /^ {2}A new room +http:\/\/127\.0\.0\.1:\d+\/r#lobby\/[\w-]{22}$/m)
    assert.doesNotMatch(out(), /network/)
    assert.equal((await fetch(`http://127.0.0.1:${port}/r/standup`)).status, 200)

    const topic = newTopic()
    const ada = await Client.join(port, topic)
    const bob = await Client.join(port, topic)
    await ada.next('joined')
    const deaf = await openRaw(port)
    deaf.pause()
    deaf.write(frame(TEXT, Buffer.from('{"type":"ping"}')))
    const start = performance.now()
    child.kill('SIGTERM')
    assert.deepEqual(await within(Promise.all([ada.closed, bob.closed]), 'the closes'), [1001, 1001])
    assert.equal(await within(ended, 'the end of the program'), 0)
    const took = performance.now() - start
    assert.ok(took < 2000, `it took ${took} ms`)
    for (const line of err().trim().split('\n')) assert.ok(JSON.parse(line))
    assert.match(err(), /"signal":"SIGTERM","msg":"stopping"/)
    deaf.destroy()
  })

  test('SIGINT ends it at once when nobody is there; PUBLIC_URL is what it prints', async (t) => {
    const { child, out, ended } = await listening(t, { PUBLIC_URL: 'https://chat.example', LOG_LEVEL: 'silent' })
    assert.match(out(), /The page +https:\/\/chat\.example\/\n {2}A new room +https:\/\/chat\.example\/r#lobby\//)
    child.kill('SIGINT')
    assert.equal(await within(ended, 'the end of the program'), 0)
  })

  test('an error that nothing caught is logged in one line, without its message, closes sockets and ends it with code 1', async (t) => {
    const fail = "process.on('SIGUSR2', () => { throw new TypeError(['secret', 'text'].join('-')) })"
    const { child, port, err, ended } = await listening(t, {
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(fail)}`,
    })
    const ada = await Client.join(port, newTopic())
    child.kill('SIGUSR2')
    assert.equal(await within(ada.closed, 'the close'), 1001)
    assert.equal(await within(ended, 'the end of the program'), 1)
    const fatal = err()
      .split('\n')
      .filter((line) => line.includes('"level":60'))
    assert.equal(fatal.length, 1)
    assert.match(fatal[0] ?? '', /"type":"TypeError".*"stack":"at .*"an error that nothing caught"/)
    assert.doesNotMatch(err(), /secret-text/)
  })

  test('a bad variable ends it with one line and code 1', async (t) => {
    assert.match(
      await failure(t, { MAX_ROOM_MEMBERS: 'many' }),
      /^MAX_ROOM_MEMBERS is "many", but must be a whole number/,
    )
    const TURN_SECRET = 'secret with blanks in it'
    const line = await failure(t, { TURN_URLS: 'turn:turn.example', TURN_SECRET })
    assert.match(line, /^TURN_SECRET is set to something, but must be 16 to 256/)
    assert.ok(!line.includes(TURN_SECRET))
  })

  test('a missing build ends it with one line and code 1', async (t) => {
    assert.match(await failure(t, {}, null), /^There is no build in .*: run "npm run build" first\.\n$/)
  })

  test('a port in use, or a host that is not here, ends it with one line and code 1', async (t) => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    assert.ok(address !== null && typeof address === 'object')
    assert.match(await failure(t, { PORT: String(address.port) }), new RegExp(`^Port ${address.port} is in use`))
    other.close()
    assert.match(await failure(t, { HOST: '203.0.113.1' }), /^HOST is "203\.0\.113\.1", but must be an address of this/)
  })
})
