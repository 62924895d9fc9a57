import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Receipts } from './receipts.ts'

test('a message is sent once one other has it, delivered once every present one does', () => {
  const receipts = new Receipts()
  assert.deepEqual(receipts.of('mine'), { sent: 0, delivered: 0 })
  receipts.met('a', 'Ada')
  receipts.met('b', 'Ben')
  assert.deepEqual(receipts.covered('a', 'mine', 3), { author: 'Ada', after: 0 })
  assert.deepEqual(receipts.of('mine'), { sent: 3, delivered: 0 })
  receipts.covered('b', 'mine', 2)
  assert.equal(receipts.covered('a', 'mine', 1), null)
  assert.deepEqual(receipts.of('mine'), { sent: 3, delivered: 2 })
  assert.deepEqual(receipts.of('another'), { sent: 0, delivered: 0 })
  receipts.gone('b')
  assert.deepEqual(receipts.of('mine'), { sent: 3, delivered: 3 })
})

test('who left with a message still has it, and makes nothing delivered', () => {
  const receipts = new Receipts()
  receipts.met('a', 'Ada')
  receipts.covered('a', 'mine', 3)
  receipts.gone('a')
  assert.deepEqual(receipts.of('mine'), { sent: 3, delivered: 0 })
  assert.deepEqual(receipts.holders('mine', 3), ['Ada'])
  receipts.met('b', 'Ben')
  assert.deepEqual(receipts.of('mine'), { sent: 3, delivered: 0 })
})

test('a visit that was not met, such as another page of one’s own, counts for nothing', () => {
  const receipts = new Receipts()
  assert.equal(receipts.covered('own tab', 'mine', 5), null)
  assert.deepEqual(receipts.of('mine'), { sent: 0, delivered: 0 })
  receipts.met('a', 'Ada')
  receipts.covered('a', 'mine', 1)
  assert.deepEqual(receipts.of('mine'), { sent: 1, delivered: 1 })
})

test('people are told who hold a message, whatever the number of their visits', () => {
  const receipts = new Receipts()
  receipts.met('a1', 'Ada')
  receipts.met('a2', 'Ada')
  receipts.met('b', 'Ben')
  receipts.covered('a1', 'mine', 2)
  assert.deepEqual(receipts.covered('a2', 'mine', 1), { author: 'Ada', after: 0 })
  receipts.held('Cleo', 'mine', 1)
  assert.deepEqual([...receipts.holders('mine', 1)].sort(), ['Ada', 'Cleo'])
  assert.deepEqual(receipts.holders('mine', 2), ['Ada'])
  assert.deepEqual(receipts.holders('mine', 3), [])
})
