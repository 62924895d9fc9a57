import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSettings, SettingsError } from './config.ts'

test('nothing set, or set to nothing, gives the defaults', () => {
  const settings = readSettings({ PORT: '', HOST: undefined, PATH: '/bin' })
  assert.deepEqual(settings, {
    port: 8080,
    host: null,
    logLevel: 'info',
    trustProxy: false,
    publicUrl: null,
    allowedOrigins: new Set(),
    maxFrameBytes: 65536,
    maxRoomMembers: 64,
    maxConnectionsPerAddress: 200,
    maxMessagesPerSecond: 100,
    maxUnsentBytes: 1048576,
    joinTimeout: 10_000,
    pingInterval: 10_000,
    rejoinGrace: 20_000,
  })
})

test('everything can be set; times are seconds with fractions', () => {
  const settings = readSettings({
    PORT: '0',
    HOST: '::1',
    LOG_LEVEL: 'debug',
    TRUST_PROXY: 'loopback, 10.0.0.0/8',
    PUBLIC_URL: 'https://Chat.example.org/',
    ALLOWED_ORIGINS: 'https://a.example, http://b.example:8000/',
    MAX_FRAME_BYTES: '2048',
    MAX_ROOM_MEMBERS: '2',
    MAX_CONNECTIONS_PER_ADDRESS: '1',
    MAX_MESSAGES_PER_SECOND: '5',
    MAX_UNSENT_BYTES: '4096',
    JOIN_TIMEOUT: '0.25',
    PING_INTERVAL: '0.2',
    REJOIN_GRACE: '0',
  })
  assert.equal(settings.port, 0)
  assert.equal(settings.publicUrl, 'https://chat.example.org')
  assert.deepEqual(settings.allowedOrigins, new Set(['https://a.example', 'http://b.example:8000']))
  assert.deepEqual([settings.joinTimeout, settings.pingInterval, settings.rejoinGrace], [250, 200, 0])
  assert.ok(settings.trustProxy !== false && settings.trustProxy('10.1.2.3', 5) && !settings.trustProxy('11.1.2.3', 0))
  assert.equal(readSettings({ ALLOWED_ORIGINS: '*' }).allowedOrigins, '*')
})

const BAD: [variable: string, value: string, expected: RegExp][] = [
  ['PORT', 'abc', /whole number from 0 to 65535/],
  ['PORT', '65536', /whole number from 0 to 65535/],
  ['PORT', '-1', /whole number/],
  ['PORT', '80.5', /whole number/],
  ['PORT', '1e3', /whole number/],
  ['HOST', 'a b', /an address or a host name/],
  ['HOST', 'http://x', /an address or a host name/],
  ['LOG_LEVEL', 'loud', /fatal, error, warn, info, debug, trace, silent/],
  ['TRUST_PROXY', 'yes', /true, false, how many proxies/],
  ['TRUST_PROXY', '10.0.0.0/99', /networks/],
  ['PUBLIC_URL', 'chat.example.org', /URL without a path/],
  ['PUBLIC_URL', 'ftp://chat.example.org', /URL without a path/],
  ['PUBLIC_URL', 'https://chat.example.org/earshot', /URL without a path/],
  ['PUBLIC_URL', 'https://me:secret@chat.example.org', /URL without a path/],
  ['ALLOWED_ORIGINS', 'https://a.example,', /list of origins/],
  ['ALLOWED_ORIGINS', 'https://a.example/x', /list of origins/],
  ['ALLOWED_ORIGINS', '*, https://a.example', /list of origins/],
  ['MAX_FRAME_BYTES', '10', /from 1024/],
  ['MAX_ROOM_MEMBERS', '1', /from 2/],
  ['MAX_CONNECTIONS_PER_ADDRESS', '0', /from 1/],
  ['MAX_MESSAGES_PER_SECOND', '0.5', /whole number/],
  ['MAX_UNSENT_BYTES', '2000', /at least MAX_FRAME_BYTES/],
  ['JOIN_TIMEOUT', '0', /seconds from 0.05/],
  ['PING_INTERVAL', '10s', /a number of seconds/],
  ['REJOIN_GRACE', 'NaN', /a number of seconds/],
]

for (const [variable, value, expected] of BAD)
  test(`${variable}=${value} is refused in one line that names it and says what is expected`, () => {
    assert.throws(
      () => readSettings({ [variable]: value }),
      (error: unknown) => {
        assert.ok(error instanceof SettingsError)
        assert.equal(error.code, 'bad-setting')
        assert.equal(error.variable, variable)
        assert.ok(error.message.startsWith(`${variable} is "${value}"`), error.message)
        assert.match(error.message, expected)
        assert.doesNotMatch(error.message, /\n/)
        return true
      },
    )
  })
