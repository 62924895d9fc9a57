import assert from 'node:assert/strict'
import test from 'node:test'
import { colours, initials, shapes, signOf } from './names.ts'

test('initials are one or two whole characters', () => {
  assert.equal(initials('quiet otter'), 'QO')
  assert.equal(initials('Ada'), 'A')
  assert.equal(initials('Ada King of Lovelace'), 'AL')
  assert.equal(initials('👩‍👩‍👧‍👦 family'), '👩‍👩‍👧‍👦F')
  assert.equal(initials(`Z${'\u0351'.repeat(50)}algo`), 'Z')
  assert.equal(initials(''), 'S')
})

test('an author has the same sign each time, and authors have different ones', () => {
  const id = 'c0ffee'.repeat(10)
  assert.deepEqual(signOf(id), signOf(id))
  const seen = new Set<string>()
  for (let i = 0; i < 1_000; i++) {
    const { colour, shape } = signOf(`${id}${i}`)
    assert.ok(colour >= 0 && colour < colours && shape >= 0 && shape < shapes)
    seen.add(`${colour} ${shape}`)
  }
  assert.equal(seen.size, colours * shapes)
})
