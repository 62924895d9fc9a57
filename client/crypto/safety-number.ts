import { type Bytes, concat, utf8 } from './bytes.ts'
import type { Suite } from './suite.ts'

const GROUPS = 6
const GROUP_BYTES = 5

/** 30 digits of one key: six groups of five. */
async function block(suite: Suite, author: Bytes): Promise<string> {
  const hash = await suite.sha256(concat(utf8('earshot safety number 1'), author))
  const groups = Array.from({ length: GROUPS }, (_, group) => {
    const number = hash
      .subarray(group * GROUP_BYTES, (group + 1) * GROUP_BYTES)
      // 40 bits: more than a bitwise operator holds.
      .reduce((number, byte) => number * 256 + byte, 0)
    return String(number % 100_000).padStart(5, '0')
  })
  return groups.join(' ')
}

/**
 * The safety number of two authors (public keys of 32 bytes): twelve groups of five digits, the same for both. It is 30
 * digits of each key, the two sorted, and never a hash of both: for that one could search keys on both sides at once.
 */
export async function safetyNumber(suite: Suite, one: Bytes, other: Bytes): Promise<string> {
  const blocks = await Promise.all([block(suite, one), block(suite, other)])
  return blocks.sort().join(' ')
}
