import assert from 'node:assert/strict'
import test from 'node:test'
import { displayName, nameInSentence } from './name-text.ts'

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
