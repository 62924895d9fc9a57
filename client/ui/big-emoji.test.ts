import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOnlyEmoji } from './big-emoji.ts'

test('a few emoji alone are a picture, however each is put together', () => {
  for (const text of ['👍', '❤️', '👩🏽‍🚀', '🇳🇿', '1️⃣', '🎉🎉🎉', '👍 👎\n👍', '👨‍👩‍👧‍👦'.repeat(6)])
    assert.equal(isOnlyEmoji(text), true, text)
})

test('words, letters, digits, and many emoji are a text', () => {
  for (const text of ['', ' ', 'a', '👍 yes', '12', '#', '©', '™', '🎉'.repeat(7), '👍'.repeat(8_000)])
    assert.equal(isOnlyEmoji(text), false, text.slice(0, 20))
})
