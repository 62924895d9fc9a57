import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isFull, neighbours } from './topology.ts'

const ids = (size: { min: number; max: number }) =>
  fc.uniqueArray(fc.stringMatching(/^[0-9a-f]{32}$/), { minLength: size.min, maxLength: size.max })

test('both sides of a link agree on whether it is needed', () => {
  fc.assert(
    fc.property(ids({ min: 2, max: 60 }), fc.boolean(), (members, full) => {
      for (const me of members)
        for (const other of neighbours(members, me, full)) assert.ok(neighbours(members, other, full).has(me))
    }),
    { numRuns: 30 },
  )
})

test('everybody is reached from everybody, over few links and in few hops', () => {
  fc.assert(
    fc.property(ids({ min: 2, max: 200 }), (members) => {
      const links = new Map(members.map((me) => [me, neighbours(members, me, false)]))
      const most = 4 * Math.ceil(Math.log2(members.length)) + 8
      for (const [me, others] of links) assert.ok(others.size <= most && !others.has(me), `${others.size} of ${most}`)
      const reached = new Set([members[0] ?? ''])
      for (let hops = 0; reached.size < members.length; hops++) {
        assert.ok(hops <= Math.ceil(Math.log2(members.length)) + 1)
        for (const id of [...reached]) for (const other of links.get(id) ?? []) reached.add(other)
      }
    }),
    { numRuns: 20 },
  )
})

test('everybody is linked to everybody up to twelve, and again below nine', () => {
  assert.equal(neighbours(['a', 'b', 'c'], 'd', true).size, 3)
  assert.deepEqual(
    [isFull(12, true), isFull(13, true), isFull(12, false), isFull(9, false), isFull(8, false)],
    [true, false, false, false, true],
  )
})

test('alone there is nobody to be linked to', () => {
  assert.equal(neighbours([], 'a', false).size, 0)
  assert.equal(neighbours(['a'], 'a', true).size, 0)
})
