import type { Identity } from '../crypto/suite.ts'
import type { Profile, Store } from './store.ts'

/** A store that forgets everything with the page or process. */
export function createMemoryStore(createIdentity: () => Promise<Identity>): Store {
  let identity: Promise<Identity> | null = null
  let profile: Profile | null = null
  return {
    identity: () => {
      identity ??= createIdentity()
      return identity
    },
    profile: async () => profile,
    saveProfile: async (next) => {
      profile = next
    },
  }
}
