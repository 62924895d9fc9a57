import type { Keys } from './keys.ts'
import { createSubtleSuite, hasCrypto } from './subtle.ts'
import { createSubtleKeys } from './subtle-keys.ts'
import type { Suite } from './suite.ts'

/** The cryptography of this platform. */
export interface Platform {
  readonly suite: Suite
  readonly keys: Keys
}

/**
 * The platform's own where it has Ed25519; else, as on plain http and in old browsers, the same in plain JavaScript,
 * loaded now. Rejects when that can't be loaded.
 */
export async function loadPlatform(): Promise<Platform> {
  if (await hasCrypto()) return { suite: createSubtleSuite(), keys: createSubtleKeys() }
  const [{ createNobleSuite }, { createNobleKeys }, { stretchElsewhere }] = await Promise.all([
    import('./noble.ts'),
    import('./noble-keys.ts'),
    import('./stretch.ts'),
  ])
  const suite = createNobleSuite(stretchElsewhere)
  return { suite, keys: createNobleKeys(suite) }
}
