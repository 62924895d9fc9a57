import assert from 'node:assert/strict'
import test from 'node:test'
import { type Connection, RoomError } from '../../room/types.ts'
import { connectionMark, connectionText, relaysText } from './status-text.ts'

const connection = (change: Partial<Connection>): Connection => ({
  server: 'connected',
  people: 0,
  indirect: 0,
  routes: {},
  connecting: 0,
  relays: 'any',
  problem: null,
  ...change,
})
const keyed = { isOpen: false, hasPassword: false }

test('that relays only are used is said, and that there is none, with what can be done about it here', () => {
  assert.equal(relaysText(connection({}), { fixed: false }), '')
  assert.match(relaysText(connection({ relays: 'only' }), { fixed: true }), /don't see your address/)
  assert.match(relaysText(connection({ relays: 'missing' }), { fixed: false }), /Turn it off in the settings/)
  assert.doesNotMatch(relaysText(connection({ relays: 'missing' }), { fixed: true }), /settings/)
})

test('the status tells how one is connected', () => {
  const said: [Partial<Connection>, string][] = [
    [{ server: 'preparing' }, 'Connecting…'],
    [{ server: 'connecting' }, 'Connecting…'],
    [{}, "You're the only one here. If you expected others, check the link with whoever sent it."],
    [{ connecting: 1 }, 'Connecting to 1 person…'],
    [{ connecting: 2 }, 'Connecting to 2 people…'],
    [{ people: 1 }, 'Connected directly to 1 person.'],
    [{ people: 2 }, 'Connected directly to 2 people.'],
    [{ people: 2, connecting: 1 }, 'Connected directly to 2 people. Connecting to 1 more…'],
    [{ server: 'connecting', people: 2 }, 'Connected directly to 2 people.'],
    [{ server: 'away', people: 3 }, "Server away. You're still connected to 3 people."],
    [{ people: 2, routes: { network: 1, 'relay-tls': 1 } }, 'Connected to 2 people.'],
    [{ people: 2, routes: { network: 1, nat: 1 } }, 'Connected directly to 2 people.'],
    [{ people: 9, indirect: 6 }, 'Connected directly to 9 people, and to 6 through others.'],
    [{ server: 'away', people: 9, indirect: 6 }, "Server away. You're still connected to 15 people."],
    [{ server: 'away' }, "Can't reach the server. Trying again…"],
    [{ server: 'away', connecting: 2 }, "Can't reach the server. Trying again…"],
  ]
  for (const [change, text] of said) assert.equal(connectionText(connection(change), keyed), text)
})

test('where a secret is stretched the status says so, and alone with a password it says what to check', () => {
  for (const room of [
    { ...keyed, isOpen: true },
    { ...keyed, hasPassword: true },
  ])
    assert.equal(connectionText(connection({ server: 'preparing' }), room), "Working out the room's secret…")
  assert.equal(
    connectionText(connection({}), { ...keyed, hasPassword: true }),
    "You're the only one here. If you expected others, check the password and the link with whoever sent it.",
  )
})

test('a problem is told, and a refusal takes the place of "trying again"', () => {
  const unreachable = new RoomError('refused', 'The room is full.')
  assert.equal(connectionText(connection({ server: 'away', problem: unreachable }), keyed), 'The room is full.')
  assert.equal(
    connectionText(connection({ server: 'away', people: 1, problem: unreachable }), keyed),
    "Server away. You're still connected to 1 person. The room is full.",
  )
})

test('the mark agrees with the words', () => {
  assert.equal(connectionMark(connection({ server: 'preparing' })), 'busy')
  assert.equal(connectionMark(connection({ server: 'connecting' })), 'busy')
  assert.equal(connectionMark(connection({})), 'alone')
  assert.equal(connectionMark(connection({ connecting: 1 })), 'busy')
  assert.equal(connectionMark(connection({ people: 1 })), 'good')
  assert.equal(connectionMark(connection({ people: 2, routes: { network: 1, 'relay-tls': 1 } })), 'relayed')
  assert.equal(connectionMark(connection({ server: 'away', people: 1 })), 'away')
})
