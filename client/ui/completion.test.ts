import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeAt, isInCode, namesLike, unfinishedAt } from './completion.ts'

const atEnd = (text: string) => unfinishedAt(text, text.length)

test('a name after an @ and an emoji after a colon may be completed, from two letters on', () => {
  assert.deepEqual(atEnd('hi @Be'), { kind: 'mention', word: 'Be', from: 3 })
  assert.deepEqual(atEnd('(@Ben Ne'), { kind: 'mention', word: 'Ben Ne', from: 1 })
  assert.deepEqual(atEnd('so :ta'), { kind: 'emoji', word: 'ta', from: 3 })
  for (const text of ['', 'me@be', 'so :t', 'at 10:30', 'a::b', ':ta:']) assert.equal(atEnd(text), null, text)
})

test('nothing is completed with the caret within a word or before it', () => {
  const text = 'hi :smile and @Ben'
  assert.equal(unfinishedAt(text, 9)?.word, 'smile')
  for (const caret of [0, 4, 6, 8, 16]) assert.equal(unfinishedAt(text, caret), null, `${caret}`)
})

test('a code between colons is whole at its closing colon', () => {
  assert.deepEqual(codeAt('so :+1:', 7), { code: '+1', from: 3 })
  assert.deepEqual(codeAt('👍:tada:', 8), { code: 'tada', from: 2 })
  for (const text of ['so :tada', 'at 10:30:', '::', 'a :b c:']) assert.equal(codeAt(text, text.length), null, text)
})

test('colons in code stay what they are: behind a backtick or a fence that nothing closed yet', () => {
  for (const text of ['`a ', '``a ` b ', '```\na\n', '```js\n`x` ', 'a\n~~~\n``` ', '- `a\nb '])
    assert.ok(isInCode(text, text.length), text)
  for (const text of ['a ', '`a` ', '``a ` b`` ', '```\na\n```\n', '`a\n\nb ', '```\na\n````\nb '])
    assert.ok(!isInCode(text, text.length), text)
  assert.equal(codeAt('`:tada:', 7), null)
  assert.equal(atEnd('```\n:ta'), null)
})

test('names that begin like a word come first, then those of which another part does', () => {
  assert.deepEqual(namesLike(['Ada Bell', 'Ben', 'Cleo', 'ben', 'Ben'], 'be'), ['Ben', 'ben', 'Ada Bell'])
})
