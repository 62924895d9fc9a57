import assert from 'node:assert/strict'
import test from 'node:test'
import { colours, displayName, initials, nameInSentence, shapes, signOf } from './names.ts'

test('a name is shown without what could reorder or hide its surroundings', () => {
  assert.equal(displayName('Ada'), 'Ada')
  assert.equal(displayName('\u202eAda\u2069 \n\t Love\u0000lace\u200b '), 'Ada Lovelace')
  assert.equal(displayName('می‌خواهم'), 'می‌خواهم', 'the joiner that Persian needs stays')
  assert.equal(displayName('👩‍🚀'), '👩‍🚀')
})

test('a name that looks like nothing is not nothing', () => {
  for (const name of ['', ' ', '\u200b', '\u3164', '\u2800\u115f', '\u200d', '\u0301'])
    assert.equal(displayName(name), 'Someone')
})

test('a right-to-left name is isolated inside a sentence, another stays as it is', () => {
  assert.equal(nameInSentence('عمر'), '\u2068عمر\u2069')
  assert.equal(nameInSentence('\u2069עדה'), '\u2068עדה\u2069')
  assert.equal(nameInSentence('Ada'), 'Ada')
})

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
