import type { Profile, Store } from './store.ts'

/** A store that keeps everything for as long as this page or process lives. */
export function createMemoryStore(): Store {
  let identity: Promise<unknown> | null = null
  let profile: Profile | null = null
  return {
    identity(create) {
      if (identity) return identity
      const made = create()
      identity = made
      // What failed once may work the next time.
      made.catch(() => {
        if (identity === made) identity = null
      })
      return made
    },
    async replaceIdentity(kept) {
      identity = Promise.resolve(kept)
    },
    profile: async () => profile,
    async saveProfile({ name }) {
      profile = { name }
    },
  }
}
