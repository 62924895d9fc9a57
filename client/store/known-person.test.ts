import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changedPerson, type KnownPerson, MAX_PEOPLE, surplusPeople } from './known-person.ts'

const ada = { author: 'aa'.repeat(32), name: 'Ada' }

test('somebody new is neither verified nor hidden', () => {
  assert.deepEqual(changedPerson(null, { ...ada, at: 5 }), {
    ...ada,
    names: [],
    firstSeen: 5,
    lastSeen: 5,
    verifiedAt: null,
    hidden: false,
  })
})

test('a change leaves alone what it does not name', () => {
  const verified = changedPerson(null, { ...ada, at: 5, verified: true })
  const hidden = changedPerson(verified, { ...ada, at: 9, hidden: true })
  assert.equal(hidden.verifiedAt, 5)
  assert.equal(hidden.hidden, true)
  assert.equal(hidden.lastSeen, 9)
  assert.equal(changedPerson(hidden, { ...ada, at: 10, verified: false }).verifiedAt, null)
})

test('time does not go back when a clock does', () => {
  const seen = changedPerson(changedPerson(null, { ...ada, at: 9 }), { ...ada, at: 5 })
  assert.equal(seen.firstSeen, 5)
  assert.equal(seen.lastSeen, 9)
})

test('the last three earlier names are kept, each once', () => {
  let person: KnownPerson | null = null
  for (const [at, name] of ['Ada', 'Bea', 'Ada', 'Cleo', 'Dora', 'Emma'].entries())
    person = changedPerson(person, { ...ada, name, at })
  assert.equal(person?.name, 'Emma')
  assert.deepEqual(person?.names, ['Dora', 'Cleo', 'Ada'])
})

test('the longest unseen are forgotten first, those verified or hidden last', () => {
  const people = Array.from({ length: MAX_PEOPLE + 2 }, (_, n) =>
    changedPerson(null, { author: String(n), name: 'Somebody', at: n, verified: n === 0, hidden: n === 1 }),
  )
  assert.deepEqual(
    surplusPeople(people).map(({ author }) => author),
    ['2', '3'],
  )
  assert.deepEqual(surplusPeople(people.slice(0, MAX_PEOPLE)), [])
})
