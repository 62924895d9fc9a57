import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Hello } from '../crypto/hello.ts'
import { VirtualTime } from '../net/virtual-time.ts'
import { Members, visitOf } from './members.ts'

const hello = (author: number, name: string): Hello => ({
  v: 1,
  author: new Uint8Array(32).fill(author),
  nonce: new Uint8Array(16),
  tokenHash: new Uint8Array(32),
  name,
  signature: new Uint8Array(64),
})

function room() {
  const time = new VirtualTime()
  const typing: unknown[] = []
  const members = new Members(time, (event) => event && typing.push(event.typing))
  members.setMe({ id: '00'.repeat(32), name: 'Me' })
  const open = (peer: string, author: number, name: string) =>
    members.open(peer, hello(author, name), visitOf(hello(author, name), peer))
  return { time, typing, members, open }
}

const shown = (members: Members) => members.list.map(({ name, state }) => `${name} ${state}`)

test('oneself is first, the others follow by name', () => {
  const { members, open } = room()
  open('a1', 1, 'Zoe')
  open('b1', 2, 'Ada')
  assert.deepEqual(shown(members), ['Me me', 'Ada connected', 'Zoe connected'])
})

test('two pages of one person are one member, who is there as long as one of them is', () => {
  const { members, open } = room()
  open('a1', 1, 'Ada')
  open('a2', 1, 'Ada')
  assert.deepEqual(shown(members), ['Me me', 'Ada connected'])
  members.closed('a1', true)
  assert.deepEqual(shown(members), ['Me me', 'Ada connected'])
  members.gone('a1')
  members.shaky('a2', true)
  assert.deepEqual(shown(members), ['Me me', 'Ada shaky'])
  members.gone('a2')
  assert.deepEqual(shown(members), ['Me me'])
})

test('a person’s way is that of their best page, and gone with the link', () => {
  const { members, open } = room()
  const ada = () => members.list.find(({ name }) => name === 'Ada')
  members.routed('a1', 'nat')
  open('a1', 1, 'Ada')
  assert.equal(ada()?.route, null)
  members.routed('a1', 'relay-tls')
  assert.equal(ada()?.route, 'relay-tls')
  open('a2', 1, 'Ada')
  members.routed('a2', 'network')
  members.shaky('a1', true)
  assert.equal(ada()?.route, 'network')
  assert.deepEqual(members.routes, { network: 1 })
  members.gone('a2')
  members.closed('a1', true)
  assert.equal(ada()?.route, null)
  assert.deepEqual(members.routes, {})
})

test('why somebody can’t be reached stands at them until they are', () => {
  const { members, open } = room()
  const verdict = { code: 'needs-relay', why: 'w', help: 'h' } as const
  const ada = () => members.list.find(({ name }) => name === 'Ada')
  members.unreached('a1', verdict)
  open('a1', 1, 'Ada')
  members.unreached('a1', verdict)
  assert.equal(ada()?.verdict, null)
  members.closed('a1', true)
  members.unreached('a1', verdict)
  assert.equal(ada()?.verdict?.code, 'needs-relay')
  members.closed('a1', false)
  open('a1', 1, 'Ada')
  assert.equal(ada()?.verdict, null)
})

test('who is known by a lease only is there: to be linked, or reached through others', () => {
  const { members, open } = room()
  const visit = { author: '01'.repeat(32), chain: `${'01'.repeat(32)}a1` }
  members.leased('a1', visit, 'Ada', true)
  assert.deepEqual(shown(members), ['Me me', 'Ada connecting'])
  members.leased('a1', visit, 'Ada', false)
  assert.deepEqual(shown(members), ['Me me', 'Ada indirect'])
  assert.equal(members.indirect, 1)
  open('a1', 1, 'Ada')
  assert.deepEqual(shown(members), ['Me me', 'Ada connected'])
  members.closed('a1', false)
  assert.deepEqual(shown(members), ['Me me', 'Ada indirect'])
  members.gone('a1')
  assert.deepEqual(shown(members), ['Me me'])
})

test('a new name in a lease is taken; an old one that was long on its way is not', () => {
  const { members, open } = room()
  const visit = { author: '01'.repeat(32), chain: `${'01'.repeat(32)}a1` }
  open('a1', 1, 'Ada')
  members.leased('a1', visit, 'Ada', true)
  members.rename(visit.chain, 'Zed')
  members.leased('a1', visit, 'Ada', true)
  assert.deepEqual(shown(members), ['Me me', 'Zed connected'])
  members.leased('a1', visit, 'Yan', true)
  assert.deepEqual(shown(members), ['Me me', 'Yan connected'])
})

test('another page of one’s own is oneself, not another member, and not somebody one is connected to', () => {
  const { members, open } = room()
  open('a1', 0, 'Me')
  assert.deepEqual(shown(members), ['Me me'])
  assert.equal(members.connected, 0)
})

test('a name given in the room replaces that of the hello, which is cleaned of what can’t be seen', () => {
  const { members, open } = room()
  open('a1', 1, 'Ada\u202e  K.')
  assert.deepEqual(shown(members), ['Me me', 'Ada K. connected'])
  members.rename(`${'01'.repeat(32)}a1`, 'Ada L.')
  assert.deepEqual(shown(members), ['Me me', 'Ada L. connected'])
  members.rename(`${'01'.repeat(32)}zz`, 'of an earlier visit')
  assert.deepEqual(shown(members), ['Me me', 'Ada L. connected'])
})

test('typing that isn’t said again ends after 5 s', async () => {
  const { members, open, time, typing } = room()
  open('a1', 1, 'Ada')
  members.typing('a1', true)
  await time.pass(4_000)
  members.typing('a1', true)
  await time.pass(4_000)
  assert.deepEqual(typing, [true])
  await time.pass(2_000)
  assert.deepEqual(typing, [true, false])
})

test('a person of two pages has the name that was given last, and keeps it when either page closes', () => {
  const { members, open } = room()
  open('a1', 1, 'Ada')
  open('a2', 1, 'Ada')
  members.rename(`${'01'.repeat(32)}a2`, 'Zed')
  assert.deepEqual(shown(members), ['Me me', 'Zed connected'])
  // The first page takes the name over, and says so.
  members.rename(`${'01'.repeat(32)}a1`, 'Zed')
  members.gone('a2')
  assert.deepEqual(shown(members), ['Me me', 'Zed connected'])
})
