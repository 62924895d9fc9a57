/** Identities in plain JavaScript: the seed is kept as it is, since the platform offers nothing to hide it in. */
import * as v from 'valibot'
import { type Bytes, concat, equal, randomBytes } from './bytes.ts'
import { PKCS8_PREFIX } from './ed25519.ts'
import { additionalFor, formatFile, KeyError, type Keys, keyFor, mustSignAs, newLock, parseFile } from './keys.ts'
import { nobleIdentity } from './noble.ts'
import { bytes } from './schema.ts'
import type { Suite } from './suite.ts'

const keptSchema = v.object({ seed: bytes(32) })

/** Keys over noble. */
export function createNobleKeys(suite: Suite): Keys {
  const seedOf = (kept: unknown): Bytes => {
    const parsed = v.safeParse(keptSchema, kept)
    if (!parsed.success) throw new KeyError('damaged')
    return parsed.output.seed
  }
  return {
    create: async () => ({ seed: randomBytes(32) }),
    open: async (kept) => nobleIdentity(seedOf(kept)),
    async lock(kept, password) {
      const seed = seedOf(kept)
      const lock = newLock(password)
      const { author } = nobleIdentity(seed)
      const key = await keyFor(suite, password, lock)
      const sealed = await suite.seal(key, lock.nonce, additionalFor(author), concat(PKCS8_PREFIX, seed))
      return formatFile({ earshot: 'identity', v: 1, author, ...lock, sealed })
    },
    async unlock(text, password) {
      const file = parseFile(text)
      const key = await keyFor(suite, password, file)
      const opened = await suite.open(key, file.nonce, additionalFor(file.author), file.sealed)
      if (!opened) throw new KeyError('password')
      const seed = opened.slice(PKCS8_PREFIX.length)
      if (!equal(opened.subarray(0, PKCS8_PREFIX.length), PKCS8_PREFIX)) throw new KeyError('damaged')
      await mustSignAs(suite, file.author, nobleIdentity(seed))
      return { seed }
    },
  }
}
