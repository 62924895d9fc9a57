import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstLine, inOneLine } from './first-line.ts'

const KEY = 'xAmc2gWq0fTzN4yR7bLkDg'

test('a link with the key of a room is a phrase in previews, whatever its origin and however it was written', () => {
  const links = [
    `https://chat.example/r#otters/${KEY}`,
    `http://127.0.0.1:8080/r#otters/${KEY}?m=${'0a'.repeat(32)}`,
    `https://chat.example/r/otters/${KEY}`,
    `https://chat.example/earshot/r#otters/${KEY}?p&relay`,
    `www.chat.example/r#%F0%9F%A6%A6/${KEY}`,
  ]
  for (const shorten of [firstLine, inOneLine])
    for (const link of links) {
      assert.equal(shorten(link), 'a link to a room')
      assert.equal(shorten(`*Come* (${link}), or ${link}.`), 'Come (a link to a room), or a link to a room.')
      assert.equal(shorten(`\`${link}\``), 'a link to a room')
      assert.equal(shorten(`[here](${link})`), 'here')
    }
})

test('a link to a room that is cut off has lost its key before', () => {
  for (const shorten of [firstLine, inOneLine])
    for (let before = 60; before < 150; before++)
      assert.doesNotMatch(shorten(`${'a '.repeat(before / 2)}https://a.example/r#otters/${KEY}`), /xAm|https/)
})

test('other links, and rooms that are open to all, are shown as they were written', () => {
  for (const text of [
    'see https://a.example/b#c/d',
    'https://a.example/r/programming/comments',
    'https://a.example/r#standup',
    'mail ada@a.example',
    'www.a.example',
  ])
    for (const shorten of [firstLine, inOneLine]) assert.equal(shorten(text), text)
})

test('a quotation is the first line, a preview all of them in one, both without markup and cut', () => {
  assert.equal(firstLine('**one** two\nthree'), 'one two')
  assert.equal(inOneLine('**one** two\n\nthree'), 'one two three')
  assert.equal(firstLine('a'.repeat(200)), `${'a'.repeat(140)}…`)
  assert.equal(inOneLine('a'.repeat(200)), 'a'.repeat(120))
})
