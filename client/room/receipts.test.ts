import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Receipts } from './receipts.ts'

test('a message is sent once one other has it, delivered once every present one does', () => {
  const receipts = new Receipts()
  assert.deepEqual(receipts.of('mine'), { sent: 0, delivered: 0 })
  receipts.met('a')
  receipts.met('b')
  receipts.covered('a', 'mine', 3)
  assert.deepEqual(receipts.of('mine'), { sent: 3, delivered: 0 })
  receipts.covered('b', 'mine', 2)
  receipts.covered('a', 'mine', 1)
  assert.deepEqual(receipts.of('mine'), { sent: 3, delivered: 2 })
  assert.deepEqual(receipts.of('another'), { sent: 0, delivered: 0 })
  receipts.gone('b')
  assert.deepEqual(receipts.of('mine'), { sent: 3, delivered: 3 })
  receipts.gone('a')
  assert.deepEqual(receipts.of('mine'), { sent: 0, delivered: 0 })
})

test('a visit that was not met, such as another page of one’s own, counts for nothing', () => {
  const receipts = new Receipts()
  receipts.covered('own tab', 'mine', 5)
  assert.deepEqual(receipts.of('mine'), { sent: 0, delivered: 0 })
  receipts.met('a')
  receipts.covered('a', 'mine', 1)
  assert.deepEqual(receipts.of('mine'), { sent: 1, delivered: 1 })
})
