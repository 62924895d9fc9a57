import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { nodeIdentity, nodeSuite } from './node.ts'
import { safetyNumber } from './safety-number.ts'
import { createSubtleSuite } from './subtle.ts'

const key = (byte: number) => new Uint8Array(32).fill(byte)

test('the number of two keys is frozen', async () => {
  const number = '42734 83976 71041 21223 99463 29755 63459 93467 96590 37896 87660 32174'
  assert.equal(await safetyNumber(nodeSuite, key(1), key(2)), number)
  assert.equal(await safetyNumber(createSubtleSuite(), key(1), key(2)), number)
})

test('it is the same from both sides: twelve groups of five digits', async () => {
  const [one, other] = [nodeIdentity().author, nodeIdentity().author]
  const number = await safetyNumber(nodeSuite, one, other)
  assert.match(number, /^\d{5}( \d{5}){11}$/)
  assert.equal(await safetyNumber(nodeSuite, other, one), number)
})

test('half of it depends on one key alone, and is computed in whole numbers', async () => {
  for (let n = 0; n < 50; n++) {
    const [one, other] = [nodeIdentity().author, nodeIdentity().author]
    const number = (await safetyNumber(nodeSuite, one, other)).replaceAll(' ', '')
    for (const author of [one, other]) {
      const hash = createHash('sha256').update('earshot safety number 1').update(author).digest()
      const digits = [0, 1, 2, 3, 4, 5].map((group) =>
        String(BigInt(`0x${hash.subarray(group * 5, group * 5 + 5).toString('hex')}`) % 100_000n).padStart(5, '0'),
      )
      assert.ok([number.slice(0, 30), number.slice(30)].includes(digits.join('')))
    }
  }
})
