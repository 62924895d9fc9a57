import type { Keys } from '../crypto/keys.ts'
import type { Platform } from '../crypto/platform.ts'
import { deriveSecrets, type RoomSecrets } from '../crypto/secrets.ts'
import type { Identity, Suite } from '../crypto/suite.ts'
import { createVisit, type Visit } from '../crypto/visit.ts'
import type { RoomAddress } from '../net/room-url.ts'
import type { Store } from '../store/store.ts'
import { nameNotKeptText, noIdentityText } from '../texts/store-fault-text.ts'
import { pickName } from './names.ts'
import { RoomError } from './types.ts'

/** All that one needs to enter a room. */
export interface Arrival {
  readonly suite: Suite
  readonly identity: Identity
  readonly secrets: RoomSecrets
  readonly visit: Visit
  readonly name: string
  /** They want to be reached through relays only, wherever they are. */
  readonly relaysOnly: boolean
}

/**
 * Loads who one is and derives the room's secrets. A store that fails is reported to `warn`, and replaced by an identity
 * for this visit only. `name` gives the name that one took by now, if any. A damaged identity is never overwritten: it may be the only copy of who somebody is.
 */
export async function arrive(
  { suite, keys }: Platform,
  address: RoomAddress,
  store: Store,
  { name: givenName, password }: { name(): string | undefined; readonly password?: string | undefined },
  warn: (error: RoomError) => void,
): Promise<Arrival> {
  const [identity, profile, secrets] = await Promise.all([
    identityFrom(store, keys).catch(async () => {
      warn(new RoomError('store', noIdentityText))
      return keys.open(await keys.create())
    }),
    store.profile().catch(() => null),
    deriveSecrets(suite, {
      name: address.name,
      key: address.key,
      ...(address.password && password !== undefined ? { password } : {}),
    }),
  ])
  // One may have taken a name while all this was loading.
  const name = givenName() ?? profile?.name ?? pickName()
  if (name !== profile?.name) keepName(store, name, warn)
  return {
    suite,
    identity,
    secrets,
    visit: await createVisit(suite, secrets.topic, identity.author),
    name,
    relaysOnly: profile?.relaysOnly ?? false,
  }
}

/** Remembers one's name on this device. A store that fails is reported to `warn`. */
export function keepName(store: Store, name: string, warn: (error: RoomError) => void): void {
  store.saveProfile({ name }).catch(() => {
    warn(new RoomError('store', nameNotKeptText))
  })
}

/** The identity that a store keeps. Rejects when the store fails, or what it kept is damaged. */
export const identityFrom = async (store: Store, keys: Keys): Promise<Identity> =>
  keys.open(await store.identity(() => keys.create()))
