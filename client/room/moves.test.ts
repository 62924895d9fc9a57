import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseRoomUrl, type RoomAddress } from '../net/room-url.ts'
import { Moves } from './moves.ts'

const here: RoomAddress = {
  name: 'Bürö & friends',
  key: new Uint8Array(16).fill(1),
  password: false,
  relay: true,
  message: 'ab'.repeat(32),
}

function address(url: string): RoomAddress {
  const parsed = parseRoomUrl(url)
  assert.ok(parsed.ok)
  return parsed.address
}

test('a new link has the same name and way to connect, a fresh key, and leads all of them to one room', () => {
  const moves = new Moves('https://chat.example', () => 0)
  const { url, frame } = moves.make(here, true)
  assert.ok(url.startsWith('https://chat.example/r#'))
  const { key, ...rest } = address(url)
  assert.deepEqual(rest, { name: here.name, password: true, relay: true, message: null })
  assert.ok(key)
  assert.notDeepEqual(key, here.key)
  assert.notDeepEqual(moves.make(here, true).frame.key, frame.key)
  assert.equal(new Moves('https://chat.example', () => 0).receive('ada', frame, here), url)
})

test('of one author one new link a minute is heard, whatever others send', () => {
  let now = 1_000
  const moves = new Moves('https://chat.example', () => now)
  const { url, frame } = moves.make(here, false)
  assert.equal(moves.receive('ada', frame, here), url)
  assert.equal(moves.receive('ada', frame, here), null)
  assert.equal(moves.receive('bob', frame, here), url)
  now += 59_999
  assert.equal(moves.receive('ada', frame, here), null)
  now += 1
  assert.equal(moves.receive('ada', frame, here), url)
})

test('another room’s name leads nowhere, and none that no room can have', () => {
  const moves = new Moves('https://chat.example', () => 0)
  const { frame } = moves.make(here, false)
  assert.equal(moves.receive('ada', { ...frame, name: 'elsewhere' }, here), null)
  for (const name of ['', ' ', 'x'.repeat(65), 'a\u200bb', '\u202e', '\ud800'])
    assert.equal(moves.receive('ada', { ...frame, name }, { ...here, name }), null, JSON.stringify(name))
  for (const name of ['a/b?p', 'a#b', '%00'.slice(0, 1)]) {
    const url = moves.receive(name, { ...frame, name }, { ...here, name })
    assert.ok(url)
    assert.equal(address(url).name, name)
    assert.deepEqual(address(url).key, frame.key)
  }
})
