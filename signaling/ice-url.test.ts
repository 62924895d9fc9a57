import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readHost, readIceUrls, writeIceUrl } from './ice-url.ts'

const GOOD: [text: string, urls: string[]][] = [
  ['stun:stun.example.org', ['stun:stun.example.org:3478']],
  ['STUN:Stun.Example.org.:19302', ['stun:stun.example.org:19302']],
  ['stun:[2001:db8::1]', ['stun:[2001:db8::1]:3478']],
  ['turn:192.0.2.1', ['turn:192.0.2.1:3478?transport=udp', 'turn:192.0.2.1:3478?transport=tcp']],
  ['turn:turn.example.org:443?transport=tcp', ['turn:turn.example.org:443?transport=tcp']],
  ['turns:turn.example.org', ['turns:turn.example.org:5349?transport=tcp']],
  ['turns:turn.example.org:443?transport=TCP', ['turns:turn.example.org:443?transport=tcp']],
]
for (const [text, urls] of GOOD)
  test(`${text} is ${urls.join(' and ')}`, () => {
    assert.deepEqual(readIceUrls(text)?.map(writeIceUrl), urls)
  })

const BAD = [
  '',
  'stun.example.org',
  'stun:',
  'stun://stun.example.org',
  'stun:stun.example.org?transport=udp',
  'stun:stun.example.org:0',
  'stun:stun.example.org:65536',
  'stun:2001:db8::1',
  'stun:[2001:db8::1',
  'stun:[fe80::1%eth0]',
  'stuns:stun.example.org',
  'turn:turn.example.org?transport=sctp',
  'turns:turn.example.org?transport=udp',
  'turn:user@turn.example.org',
  'turn:turn.example.org/path',
  'turn: turn.example.org',
  'http://turn.example.org',
]
for (const text of BAD)
  test(`"${text}" is no URL of such a server`, () => {
    assert.equal(readIceUrls(text), null)
  })

test('a host is a name or an address, and nothing that could end up as something else', () => {
  for (const host of ['localhost', 'a-b.example', '10.0.0.1', '[::1]']) assert.equal(readHost(host), host)
  for (const text of [
    '',
    '.',
    'a..b',
    '-a',
    'a b',
    'a/b',
    'a?b',
    'a:1',
    '::1',
    '[::1',
    '1.2.3',
    '256.1.1.1',
    'ä.example',
    `${'a'.repeat(64)}`,
  ])
    assert.equal(readHost(text), null, text)
})
