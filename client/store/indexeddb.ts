import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import * as v from 'valibot'
import { createKeyPair, identityOf } from '../crypto/subtle.ts'
import type { Store } from './store.ts'

interface Schema extends DBSchema {
  identity: { key: 'own'; value: unknown }
  profile: { key: 'own'; value: unknown }
}

const keyPair = v.object({ publicKey: v.instance(CryptoKey), privateKey: v.instance(CryptoKey) })
const profileSchema = v.object({ name: v.string() })

/** The store in this browser profile's IndexedDB, shared by all its tabs. */
export function openIndexedDbStore(): Store {
  let database: Promise<IDBPDatabase<Schema>> | null = null
  const open = () => {
    database ??= openDB<Schema>('earshot', 1, {
      upgrade(db) {
        db.createObjectStore('identity')
        db.createObjectStore('profile')
      },
      blocking(_current, _blocked, event) {
        // A newer version in another tab wants to upgrade: this one opens it anew when it needs it.
        if (event.target instanceof IDBDatabase) event.target.close()
        database = null
      },
    })
    return database
  }
  return {
    async identity() {
      const db = await open()
      if ((await db.get('identity', 'own')) === undefined) {
        const pair = await createKeyPair()
        const transaction = db.transaction('identity', 'readwrite')
        // Another tab may have been first: its identity is the one.
        if ((await transaction.store.get('own')) === undefined) await transaction.store.add(pair, 'own')
        await transaction.done
      }
      return identityOf(v.parse(keyPair, await db.get('identity', 'own')))
    },
    async profile() {
      const kept = v.safeParse(profileSchema, await (await open()).get('profile', 'own'))
      return kept.success ? kept.output : null
    },
    async saveProfile(profile) {
      await (await open()).put('profile', { name: profile.name }, 'own')
    },
  }
}
