import assert from 'node:assert/strict'
import test from 'node:test'
import { parseRoomUrl } from '../net/room-url.ts'
import { canonicalUrl, roomUrlFor, routeOf } from './route.ts'

const origin = 'https://host.example'
const key = 'AAECAwQFBgcICQoLDA0ODw'

test('the start page is where no room is named', () => {
  for (const path of ['/', '/r', '/r/', '/r#', '/#standup']) assert.equal(routeOf(origin + path).kind, 'start', path)
})

test('a room URL leads to its room', () => {
  for (const path of ['/r#standup', `/r#standup/${key}`, `/r#standup/${key}?p`, '/r#b%C3%BCro'])
    assert.deepEqual(routeOf(origin + path), { kind: 'room', url: origin + path })
})

test('a room URL that can not be says why', () => {
  for (const path of ['/r#standup/short', '/r#%E0%A4%A', `/r#${'x'.repeat(65)}`]) {
    const route = routeOf(origin + path)
    assert.equal(route.kind, 'fault', path)
    assert.ok(route.kind === 'fault' && route.message.length > 0)
  }
})

test('what follows /r/ moves behind the #, and a canonical URL stays', () => {
  assert.equal(new URL(canonicalUrl(`${origin}/r/standup`) ?? '', origin).href, `${origin}/r#standup`)
  for (const path of ['/', '/r#standup', `/r#standup/${key}`]) assert.equal(canonicalUrl(origin + path), null, path)
})

test('"Join" leads to the open room of the name, whatever its characters', () => {
  assert.equal(roomUrlFor(' standup ', origin), `${origin}/r#standup`)
  for (const name of ['a/b', 'a?p', '100 %', 'bü#ro', '#']) {
    const route = routeOf(roomUrlFor(name, origin))
    assert.ok(route.kind === 'room' && !route.url.slice(`${origin}/r#`.length).match(/[/?#]/), name)
  }
})

test('a pasted room link leads to that room', () => {
  const link = `https://other.example/r#standup/${key}`
  assert.equal(roomUrlFor(` ${link} `, origin), link)
})

test('part of a room link leads to that room, too', () => {
  const room = `${origin}/r#standup/${key}`
  for (const part of [
    `<${room}>`,
    `host.example/r#standup/${key}`,
    `/r#standup/${key}`,
    `r#standup/${key}`,
    `standup/${key}`,
  ])
    assert.equal(roomUrlFor(part, origin), room, part)
  assert.equal(roomUrlFor(`${origin}/r/standup`, origin), `${origin}/r#standup`)
})

test('a damaged link is no name of a room: what is wrong with it can be said', () => {
  for (const link of [
    `${origin}/r#standup/${key.slice(3)}`,
    `${origin}/`,
    'https://x.example',
    `host.example/r#standup/x`,
  ])
    assert.equal(parseRoomUrl(roomUrlFor(link, origin)).ok, false, link)
})
