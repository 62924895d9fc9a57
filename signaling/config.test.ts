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
    stunPort: 3478,
    stunUrls: null,
    turn: null,
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
    STUN_PORT: '3479',
    STUN_URLS: 'stun:a.example, stun:b.example:19302',
    TURN_URLS: 'turn:turn.example.org, turns:turn.example.org:443',
    TURN_SECRET: '0123456789abcdef',
    TURN_TTL: '3600.5',
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
  assert.equal(settings.stunPort, 3479)
  assert.deepEqual(settings.stunUrls, ['stun:a.example:3478', 'stun:b.example:19302'])
  assert.deepEqual(settings.turn, {
    urls: [
      'turn:turn.example.org:3478?transport=udp',
      'turn:turn.example.org:3478?transport=tcp',
      'turns:turn.example.org:443?transport=tcp',
    ],
    secret: '0123456789abcdef',
    ttl: 3600,
  })
  assert.equal(readSettings({ ALLOWED_ORIGINS: '*' }).allowedOrigins, '*')
  assert.equal(readSettings({ STUN_PORT: '0' }).stunPort, null)
  assert.deepEqual(readSettings({ STUN_URLS: 'none' }).stunUrls, [])
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
  ['STUN_PORT', 'off', /whole number from 0/],
  ['STUN_URLS', 'stun.example.org', /none, or a comma-separated list of at most 8 such as stun:/],
  ['STUN_URLS', 'stun:a.example,', /none, or a comma-separated list/],
  ['STUN_URLS', 'stun:a.example,turn:b.example', /none, or a comma-separated list/],
  ['STUN_URLS', Array(9).fill('stun:a').join(), /at most 8/],
  ['TURN_URLS', 'turn.example.org', /comma-separated list of at most 8 such as turn:turn/],
  ['TURN_URLS', 'turns:a.example?transport=udp', /such as turn:turn/],
  ['TURN_URLS', 'turn:a.example,stun:b.example', /such as turn:turn/],
  ['TURN_TTL', '10', /seconds from 60 to 604800/],
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

test('TURN needs both its URLs and its secret', () => {
  assert.throws(() => readSettings({ TURN_URLS: 'turn:a.example' }), {
    message: /^TURN_SECRET is not set, but must be set where TURN_URLS is: the secret/,
  })
  assert.throws(() => readSettings({ TURN_SECRET: '0123456789abcdef' }), {
    message: /^TURN_URLS is not set, but must be set where TURN_SECRET is: a comma-separated list/,
  })
})

test('a secret that can not be used is not shown', () => {
  for (const TURN_SECRET of ['too short', 'long enough, but with blanks', 'a#comment-of-coturn', 'x'.repeat(257)])
    assert.throws(
      () => readSettings({ TURN_URLS: 'turn:a.example', TURN_SECRET }),
      (error: unknown) => {
        assert.ok(error instanceof SettingsError)
        assert.match(error.message, /^TURN_SECRET is set to something, but must be 16 to 256 letters/)
        assert.ok(!error.message.includes(TURN_SECRET.slice(0, 8)))
        return true
      },
    )
})
