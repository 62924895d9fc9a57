import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonicalRoomUrl, formatRoomUrl, parseRoomUrl, signalUrl } from './room-url.ts'

const KEY = 'AAECAwQFBgcICQoLDA0ODw'

/** Of all UTF-16 units, lone surrogates among them. */
const anyText = fc.array(fc.nat({ max: 0xffff }), { maxLength: 60 }).map((units) => String.fromCharCode(...units))

function address(url: string) {
  const parsed = parseRoomUrl(url)
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.fault.message)
  return parsed.address
}

function faultOf(url: string): string {
  const parsed = parseRoomUrl(url)
  assert.ok(!parsed.ok, url)
  assert.match(parsed.fault.message, /^[A-Z].*\.$/)
  return parsed.fault.code
}

test('name, key and options are read', () => {
  const { key, ...rest } = address(`https://chat.example.org/r#standup/${KEY}?p&relay&m=${'ab'.repeat(32)}&new=1`)
  assert.deepEqual(rest, { name: 'standup', password: true, relay: true, message: 'ab'.repeat(32) })
  assert.deepEqual(
    key && [...key],
    Array.from({ length: 16 }, (_, index) => index),
  )
  assert.deepEqual(address('#standup'), { name: 'standup', key: null, password: false, relay: false, message: null })
})

test('a name may be percent-encoded or not, and is the same in any Unicode form', () => {
  for (const written of ['Café', 'Caf%C3%A9', 'Cafe\u0301', 'Cafe%CC%81', '%20Café%20'])
    assert.equal(address(`https://a.example/r#${written}`).name, 'Café')
  assert.equal(address('#a%2Fb%3Fc%23d').name, 'a/b?c#d')
  assert.equal(address('#👩‍🚀').name, '👩‍🚀')
})

test('a name that is missing, too long, unreadable or invisible is refused', () => {
  for (const name of ['', '%20', 'n'.repeat(65), '%', '%E0%A4', '%ff', 'a%00b', 'a\u202eb', 'a\u200bb', '%ED%A0%80'])
    assert.equal(faultOf(`https://a.example/r#${name}`), 'bad-name', name)
  assert.equal(faultOf('https://a.example/r'), 'bad-name')
  assert.equal([...address(`#${'😀'.repeat(64)}`).name].length, 64)
})

test('joiners and selectors stay where they spell something, and are refused where they only hide', () => {
  for (const name of ['❤️', '1️⃣', '👩🏽‍🚀', '🏳️‍🌈', 'می‌خواهم', 'क्‍ष']) assert.equal(address(`#${name}`).name, name)
  for (const name of ['stand\u200dup', 'stand\u200cup', 'standup\ufe0f', '\u200d', 'a\u2800b', '\ufffd', 'a\u3164b'])
    assert.equal(faultOf(`#${name}`), 'bad-name', JSON.stringify(name))
})

test('a link survives chat and mail programs: nothing at its end looks like the end of a sentence', () => {
  const open = { key: null, password: false, relay: false, message: null }
  for (const name of ["it's (not) over!", 'really...', '*', 'half \ud800'])
    assert.match(formatRoomUrl('https://a.example', { name, ...open }), /#[A-Za-z0-9%._~-]*[A-Za-z0-9]$/)
})

test('a key that is not exactly 16 bytes of base64url is refused', () => {
  for (const key of [
    '',
    'AAAA',
    `${KEY}A`,
    `${KEY}==`,
    KEY.replace('A', '+'),
    KEY.replace('A', ' '),
    `${KEY}/`,
    KEY.slice(1),
  ])
    assert.equal(faultOf(`https://a.example/r#standup/${key}`), 'bad-key', key)
  // The last character of 22 has four bits that carry nothing: any other way to write them is another spelling.
  assert.equal(faultOf(`#standup/${KEY.slice(0, -1)}x`), 'bad-key')
})

test('unknown options, and a permalink that is none, are ignored', () => {
  assert.deepEqual(address('#standup?m=xyz&what&p=1&relayed'), address('#standup'))
})

test('whatever can be said in a room URL is read back as it was written', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 }),
      fc.option(fc.uint8Array({ minLength: 16, maxLength: 16 })),
      fc.boolean(),
      fc.boolean(),
      (raw, bytes, password, relay) => {
        const parsed = parseRoomUrl(`#${encodeURIComponent(raw)}`)
        fc.pre(parsed.ok)
        const key = bytes && new Uint8Array(bytes)
        const wanted = { name: parsed.address.name, key, password, relay, message: null }
        const url = formatRoomUrl('https://a.example', wanted)
        assert.deepEqual(address(url), wanted)
        assert.deepEqual(address(new URL(url).href), wanted, 'as a browser rewrites it')
      },
    ),
  )
})

test('no text at all makes it throw', () => {
  fc.assert(fc.property(anyText, (text) => void parseRoomUrl(`https://a.example/r#${text}`)))
})

test('a room typed behind /r/ is rewritten behind the #', () => {
  const cases: [string, string | null][] = [
    ['/r/standup', '/r#standup'],
    ['/r/standup/', '/r#standup'],
    [`/r/standup/${KEY}`, `/r#standup/${KEY}`],
    ['/r/standup?relay', '/r#standup?relay'],
    ['/r/Caf%C3%A9', '/r#Caf%C3%A9'],
    ['/r/#standup', '/r#standup'],
    ['/r#standup', null],
    ['/r', null],
    ['/r/', null],
    ['/', null],
    ['/#standup', null],
  ]
  assert.equal(canonicalRoomUrl('no URL'), null)
  for (const [typed, wanted] of cases) assert.equal(canonicalRoomUrl(`https://a.example${typed}`), wanted, typed)
})

test('the server is the one that the page came from', () => {
  assert.equal(signalUrl('https://a.example/r#standup'), 'wss://a.example/signal')
  assert.equal(signalUrl('http://localhost:8080/r#standup'), 'ws://localhost:8080/signal')
})
