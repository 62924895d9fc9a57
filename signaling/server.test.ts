import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { routePath } from './server.ts'
import { BUILD, FILES } from './testing/build.ts'
import { Client, newTopic, newVisit } from './testing/client.ts'
import { type Answer, get } from './testing/http.ts'
import { within } from './testing/inbox.ts'
import { frame, openRaw, TEXT } from './testing/raw.ts'
import { startServer } from './testing/server.ts'

test('the page answers at /, at /r, and at everything below /r', async (t) => {
  const { port } = await startServer(t)
  const names = ['', 'r', 'r/', 'r/standup', 'r?x', 'r/a/b/c', `r/${'x'.repeat(5000)}`, 'r/%zz', 'r/%00', 'r/a%2Fb?q=1']
  for (const name of names) {
    const { status, headers, body } = await get(port, `/${name}`)
    assert.equal(status, 200, name)
    assert.equal(headers['content-type'], 'text/html; charset=utf-8')
    assert.equal(headers['cache-control'], 'no-cache')
    assert.equal(body.toString(), FILES['index.html'])
  }
  assert.equal((await get(port, '/r/standup', {}, 'HEAD')).status, 200)
})

test('a room never gets into the server: below /r all paths are /r', () => {
  for (const url of ['/r', '/r/', '/r/standup', '/r/%zz', '/r/a?b', '/r?b']) assert.equal(routePath(url), '/r')
  assert.equal(routePath('/rooms'), '/rooms')
  assert.equal(routePath('/%zz'), '/not-found')
  assert.equal(routePath('http://chat.example/r/standup?b'), '/r')
  assert.equal(routePath('HTTPS://chat.example/x'), '/x')
})

test('files with a hash are immutable, others are asked for again, and get 304 when they are the same', async (t) => {
  const { port } = await startServer(t)
  for (const path of ['/assets/main-ABCD1234.js', '/assets/main-ABCD1234.css'])
    assert.equal((await get(port, path)).headers['cache-control'], 'public, max-age=31536000, immutable')
  for (const path of ['/', '/earshot.js', '/favicon.svg']) {
    const { headers } = await get(port, path)
    assert.equal(headers['cache-control'], 'no-cache')
    const etag = headers.etag ?? ''
    assert.notEqual(etag, '')
    assert.equal((await get(port, path, { 'If-None-Match': etag })).status, 304)
  }
})

test('files are sent compressed to those who take it', async (t) => {
  const { port } = await startServer(t)
  for (const [name, text] of Object.entries(FILES)) {
    const path = name === 'index.html' ? '/r/standup' : `/${name}`
    const plain = await get(port, path)
    const brotli = await get(port, path, { 'Accept-Encoding': 'gzip, deflate, br' })
    const gzip = await get(port, path, { 'Accept-Encoding': 'gzip' })
    assert.deepEqual(
      [plain, brotli, gzip].map((answer) => answer.headers['content-encoding']),
      [undefined, 'br', 'gzip'],
    )
    assert.equal(plain.body.toString(), text)
    assert.equal(brotliDecompressSync(brotli.body).toString(), text)
    assert.equal(gunzipSync(gzip.body).toString(), text)
    for (const { headers } of [plain, brotli, gzip]) {
      assert.equal(headers.vary, 'Accept-Encoding')
      assert.equal(headers['content-type'], plain.headers['content-type'])
    }
    assert.notEqual(brotli.headers.etag, gzip.headers.etag)
  }
})

test('scripts are sent as such', async (t) => {
  const { port } = await startServer(t)
  assert.match((await get(port, '/earshot.js')).headers['content-type'] ?? '', /javascript/)
  assert.match((await get(port, '/assets/main-ABCD1234.css')).headers['content-type'] ?? '', /text\/css/)
  assert.match((await get(port, '/favicon.svg')).headers['content-type'] ?? '', /image\/svg\+xml/)
})

test('/earshot.js may be loaded by pages of other origins, the rest may not', async (t) => {
  const { port } = await startServer(t)
  const { headers } = await get(port, '/earshot.js', { 'Accept-Encoding': 'br', Origin: 'https://other.example' })
  assert.equal(headers['access-control-allow-origin'], '*')
  assert.equal(headers['cross-origin-resource-policy'], 'cross-origin')
  for (const path of ['/', '/assets/main-ABCD1234.js', '/healthz']) {
    const other = (await get(port, path)).headers
    assert.equal(other['access-control-allow-origin'], undefined)
    assert.equal(other['cross-origin-resource-policy'], 'same-origin')
  }
})

test('what is not there is 404, traversal leads nowhere, and neither says what was asked for', async (t) => {
  const { port } = await startServer(t)
  const paths = [
    '/nothing',
    '/rooms',
    '/assets',
    '/assets/',
    '/assets/../../secret.txt',
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/..%5csecret.txt',
    '//secret.txt',
    '/%00',
    '/%zz',
    '/index.html%00.js',
    '/index.html.br',
    '/constructor',
    '/__proto__',
    `/${'a/'.repeat(3000)}`,
    `/${'a'.repeat(9000)}`,
  ]
  for (const path of paths) {
    const { status, headers, body } = await get(port, path)
    assert.equal(status, 404, path)
    assert.match(headers['content-type'] ?? '', /^text\/plain/)
    assert.equal(body.toString(), 'There is nothing here.\n')
  }
})

/** What Chromium sends when somebody opens a link. */
const BROWSER = { Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8' }

test('people find a page with a way home where nothing is, programs a line', async (t) => {
  const { port, log } = await startServer(t)
  const page = await get(port, '/nothing/secret', BROWSER)
  assert.equal(page.status, 404)
  assert.equal(page.headers['content-type'], 'text/html; charset=utf-8')
  assert.match(page.body.toString(), /<a class="button" href="\/">Start page<\/a>/)
  // The policy would stop both.
  assert.doesNotMatch(page.body.toString(), /<script|<style|style=|secret/)
  assert.equal((await get(port, '/another', BROWSER)).body.toString(), page.body.toString())
  assert.deepEqual(
    await get(port, '/nothing', BROWSER, 'HEAD').then(({ status, body }) => [status, body.length]),
    [404, 0],
  )
  for (const Accept of ['*/*', 'application/json', 'text/plain', '']) {
    const { status, headers, body } = await get(port, '/nothing', { Accept })
    assert.deepEqual([status, body.toString()], [404, 'There is nothing here.\n'], Accept)
    assert.match(headers['content-type'] ?? '', /^text\/plain/)
  }
  for (const headers of [BROWSER, {}]) {
    const answer = (await get(port, '/nothing', headers)).headers
    assert.deepEqual([answer.vary, answer['cache-control']], ['Accept', 'no-cache'])
  }
  assert.doesNotMatch(log(), /secret/)
})

test('only GET and HEAD are taken, and no body is read', async (t) => {
  const { port } = await startServer(t)
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])
    for (const path of ['/', '/healthz', '/nothing']) {
      const { status, headers } = await get(port, path, { 'Content-Type': 'application/json' }, method)
      assert.deepEqual([status, headers.allow], [405, 'GET, HEAD'], `${method} ${path}`)
    }
})

test('/healthz tells version, commit, the hashes of the page, rooms and members, and is never cached', async (t) => {
  const { port } = await startServer(t)
  const topic = newTopic()
  await Client.join(port, topic)
  await Client.join(port, topic)
  await Client.join(port, newTopic())
  await Client.open(port)
  const { headers, body } = await get(port, '/healthz')
  assert.deepEqual(JSON.parse(body.toString()), { ...BUILD, rooms: 2, members: 3 })
  assert.equal(headers['cache-control'], 'no-store')
  assert.match(headers['content-type'] ?? '', /^application\/json/)
})

/** The directives of a Content-Security-Policy. */
function directives({ headers }: Answer): Map<string, string> {
  const policy = String(headers['content-security-policy'])
  return new Map(
    policy.split(';').map((part): [string, string] => {
      const [name = '', ...values] = part.trim().split(' ')
      return [name, values.join(' ')]
    }),
  )
}

test('every answer has a strict Content-Security-Policy', async (t) => {
  const { port } = await startServer(t)
  const expected = new Map([
    ['default-src', "'none'"],
    ['script-src', "'self'"],
    ['style-src', "'self'"],
    ['img-src', "'self' data: blob:"],
    ['font-src', "'self'"],
    ['connect-src', `'self' ws://127.0.0.1:${port} wss://127.0.0.1:${port}`],
    ['media-src', "'self' blob:"],
    ['worker-src', "'self'"],
    ['manifest-src', "'self'"],
    ['base-uri', "'none'"],
    ['form-action', "'none'"],
    ['frame-ancestors', "'none'"],
    ['require-trusted-types-for', "'script'"],
    ['trusted-types', 'earshot'],
  ])
  for (const path of ['/', '/r/standup', '/assets/main-ABCD1234.js', '/healthz', '/nothing'])
    for (const headers of [{}, BROWSER]) assert.deepEqual(directives(await get(port, path, headers)), expected, path)
})

test('connect-src names the WebSockets of the host that was asked for, and of nothing that is no host', async (t) => {
  const { port } = await startServer(t, { TRUST_PROXY: 'loopback' })
  const connect = async (headers: Record<string, string>) =>
    directives(await get(port, '/', headers)).get('connect-src')
  assert.equal(await connect({ Host: 'chat.example' }), "'self' ws://chat.example wss://chat.example")
  const proxied = { Host: 'inner', 'X-Forwarded-Host': 'chat.example:8443' }
  assert.equal(await connect(proxied), "'self' ws://chat.example:8443 wss://chat.example:8443")
  for (const host of ['*', 'a b', "'unsafe-inline'", 'a;script-src *', 'a,b', '[::1]:8080', 'a/b', '-', 'x:99999999'])
    assert.equal(
      (await connect({ Host: 'inner', 'X-Forwarded-Host': host.replace(/,.*/, '') })) === "'self'" || host === 'a,b',
      true,
      host,
    )
})

test('every answer has the other security headers', async (t) => {
  const { port } = await startServer(t)
  for (const [path, accept] of [['/'], ['/earshot.js'], ['/nothing'], ['/nothing', BROWSER]] as const) {
    const { headers } = await get(port, path, accept)
    assert.equal(headers['referrer-policy'], 'no-referrer')
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['x-frame-options'], 'DENY')
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin')
    assert.match(String(headers['permissions-policy']), /camera=\(self\), .*geolocation=\(\), .*microphone=\(\)/)
    assert.equal(headers['strict-transport-security'], undefined)
    assert.equal(headers['x-powered-by'], undefined)
    assert.equal(headers.server, undefined)
  }
})

test('Cross-Origin-Opener-Policy is left out where a browser would only complain of it', async (t) => {
  const { port } = await startServer(t, { TRUST_PROXY: 'loopback' })
  const policy = async (headers: Record<string, string>) =>
    (await get(port, '/', headers)).headers['cross-origin-opener-policy']
  assert.equal(await policy({ Host: '192.168.1.5:8080' }), undefined)
  assert.equal(await policy({ Host: 'localhost.evil.example' }), undefined)
  for (const headers of [
    { Host: 'localhost:8080' },
    { Host: '[::1]:8080' },
    { Host: 'chat.example', 'X-Forwarded-Proto': 'https' },
    { Host: 'chat.example', 'Sec-Fetch-Mode': 'navigate' },
  ])
    assert.equal(await policy(headers), 'same-origin')
})

test('https is insisted on where the public URL is https, and only there', async (t) => {
  const secure = await startServer(t, { PUBLIC_URL: 'https://chat.example' })
  const answer = await get(secure.port, '/', { Host: 'chat.example' })
  assert.match(String(answer.headers['strict-transport-security']), /^max-age=31536000/)
  assert.equal(directives(answer).get('upgrade-insecure-requests'), '')
  assert.equal(answer.headers['cross-origin-opener-policy'], 'same-origin')
  const plain = await startServer(t, { PUBLIC_URL: 'http://chat.example' })
  assert.equal((await get(plain.port, '/')).headers['strict-transport-security'], undefined)
})

test('close ends open connections with 1001, cuts those that do not answer, and leaves no timer behind', async (t) => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  const timersBefore = timers()
  const server = await startServer(t, { REJOIN_GRACE: '3600' })
  const topic = newTopic()
  const ada = await Client.join(server.port, topic)
  const bob = await Client.join(server.port, topic)
  await ada.next('joined')
  const open = await Client.open(server.port)
  const deaf = await openRaw(server.port)
  deaf.write(frame(TEXT, Buffer.from(JSON.stringify({ type: 'join', v: 1, topic, ...newVisit() }))))
  await Promise.all([ada.next('joined'), bob.next('joined')])
  bob.break()
  await within(bob.closed, 'the break')
  await ada.heardNothing()
  await server.close()
  assert.deepEqual(await Promise.all([ada.closed, open.closed]), [1001, 1001])
  assert.equal(timers(), timersBefore)
  deaf.destroy()
})
