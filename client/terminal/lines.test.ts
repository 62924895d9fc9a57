import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Lines } from './lines.ts'

function linesOf(chunks: readonly Buffer[], limit = 1_000): (string | null)[] {
  const found: (string | null)[] = []
  const lines = new Lines(limit, (line) => found.push(line))
  for (const chunk of chunks) lines.push(chunk)
  lines.end()
  return found
}

test('wherever the bytes are cut, the lines are the same', () => {
  const text = 'eins\n\nzwei 🦦 drei\r\nvier, ohne Ende ü'
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 12 })), (sizes) => {
      let rest = Buffer.from(text)
      const chunks: Buffer[] = []
      for (const size of sizes) {
        chunks.push(rest.subarray(0, size))
        rest = rest.subarray(size)
      }
      assert.deepEqual(linesOf([...chunks, rest]), ['eins', '', 'zwei 🦦 drei', 'vier, ohne Ende ü'])
    }),
  )
})

test('of a line that is too long nothing is kept, and what follows is read', () => {
  const found = linesOf([Buffer.from('x'.repeat(6)), Buffer.from('x'.repeat(6)), Buffer.from('xx\nshort\n')], 10)
  assert.deepEqual(found, [null, 'short'])
  assert.deepEqual(linesOf([Buffer.from('x'.repeat(11))], 10), [null])
  assert.deepEqual(linesOf([Buffer.from(`${'x'.repeat(10)}\n`)], 10), ['x'.repeat(10)])
})

test('an empty input has no lines', () => {
  assert.deepEqual(linesOf([]), [])
  assert.deepEqual(linesOf([Buffer.from('one\n')]), ['one'])
})
