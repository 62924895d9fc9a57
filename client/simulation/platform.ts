import { createNobleKeys } from '../crypto/noble-keys.ts'
import { nodeIdentity, nodeSuite } from '../crypto/node.ts'
import type { Platform } from '../crypto/platform.ts'
import type { Identity, Suite } from '../crypto/suite.ts'

/** Judgements that are remembered. */
const MOST_JUDGED = 20_000

const judged = new Map<string, Promise<boolean> | boolean>()

/** `node:crypto`, which answers at once. All members share one process, so what one of them verified is known to all. */
const suite: Suite = {
  ...nodeSuite,
  verify(author, signature, message) {
    const key = Buffer.concat([author, signature, message]).toString('latin1')
    const known = judged.get(key)
    if (known !== undefined) return known
    if (judged.size >= MOST_JUDGED) judged.clear()
    const isGood = nodeSuite.verify(author, signature, message)
    judged.set(key, isGood)
    return isGood
  },
}

const identities = new WeakMap<object, Identity>()

const nobleKeys = createNobleKeys(suite)

/** Cryptography for a simulation. */
export const platform: Platform = {
  suite,
  keys: {
    ...nobleKeys,
    // Signing the quick way, with the very seed that is kept.
    async open(kept) {
      const known = typeof kept === 'object' && kept ? identities.get(kept) : undefined
      if (known) return known
      const { author } = await nobleKeys.open(kept)
      const seed = typeof kept === 'object' && kept && 'seed' in kept ? kept.seed : null
      const identity = nodeIdentity(seed instanceof Uint8Array ? new Uint8Array(seed) : undefined)
      if (!Buffer.from(identity.author).equals(author)) throw new Error('the same seed is the same author')
      if (typeof kept === 'object' && kept) identities.set(kept, identity)
      return identity
    },
  },
}
