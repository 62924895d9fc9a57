import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RoomError } from '../../room/types.ts'
import { keepingText, sizeText } from './later-text.ts'

test('sizes are told in units that people know', () => {
  assert.deepEqual([0, 1, 999, 1_001, 380_000, 999_999, 1_234_567].map(sizeText), [
    '0 KB',
    '1 KB',
    '1 KB',
    '2 KB',
    '380 KB',
    '1,000 KB',
    '1.2 MB',
  ])
})

test('the settings say what is kept, and why nothing is', () => {
  const keeping = { on: true, entries: 1_300, bytes: 380_000, problem: null }
  assert.match(keepingText(keeping, 1_204, { isOpen: false }), /^1,204 messages, 380 KB\./)
  assert.match(keepingText(keeping, 1, { isOpen: false }), /^1 message, 380 KB\./)
  const off = { on: false, entries: 0, bytes: 0, problem: null }
  assert.match(keepingText(off, 5, { isOpen: true }), /Open rooms keep nothing unless you ask/)
  assert.match(keepingText(off, 5, { isOpen: false }), /^Nothing is kept/)
  const problem = new RoomError('store', 'The disk is full.')
  assert.equal(keepingText({ ...off, problem }, 5, { isOpen: false }), 'The disk is full.')
})
