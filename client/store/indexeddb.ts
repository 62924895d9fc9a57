import { type IDBPDatabase, openDB } from 'idb'
import * as v from 'valibot'
import { nameDamagedText, storageSilentText } from '../texts/store-fault-text.ts'
import { openIndexedDbRoom } from './indexeddb-room.ts'
import type { Schema } from './indexeddb-schema.ts'
import { changedPerson, type KnownPerson, MAX_PEOPLE, type PersonChange, surplusPeople } from './known-person.ts'
import { type ListedRoom, MAX_ROOMS } from './listed-room.ts'
import type { Store } from './store.ts'

const VERSION = 4
const OWN = 'own'
/** Some browsers never answer when their storage is damaged; the person must get in without it then. */
const OPENING_TAKES_MS = 10_000

const profileSchema = v.object({ name: v.exactOptional(v.string()), relaysOnly: v.exactOptional(v.boolean()) })
const time = v.pipe(v.number(), v.finite())
const personSchema = v.object({
  author: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  name: v.string(),
  names: v.array(v.string()),
  firstSeen: time,
  lastSeen: time,
  verifiedAt: v.nullable(time),
  hidden: v.boolean(),
})

/**
 * The store in this browser profile's IndexedDB, shared by all of its tabs. Everything rejects with an Error that says why
 * when the browser keeps nothing, or when what it kept is damaged. A damaged name is overwritten by the next that is saved.
 */
export function openIndexedDbStore(): Store {
  let opened: Promise<IDBPDatabase<Schema>> | null = null
  let identity: Promise<unknown> | null = null

  const database = () => {
    if (opened) return opened
    const opening = open(() => {
      if (opened === opening) opened = null
    })
    opened = opening
    return opening
  }

  return {
    isLasting: true,
    identity(create) {
      if (identity) return identity
      const loading = database().then((opened) => loadIdentity(opened, create))
      identity = loading
      // The storage may be back the next time: a full disk was cleared, a dialog answered.
      loading.catch(() => {
        identity = null
      })
      return loading
    },
    async replaceIdentity(kept) {
      await (await database()).put('identity', kept, OWN)
      identity = Promise.resolve(kept)
    },
    async profile() {
      const kept = await (await database()).get('profile', OWN)
      return kept === undefined ? null : checked(profileSchema, kept, nameDamagedText)
    },
    async saveProfile(change) {
      const { store, done } = (await database()).transaction('profile', 'readwrite')
      const kept = v.safeParse(profileSchema, await store.get(OWN))
      await Promise.all([store.put({ ...(kept.success ? kept.output : {}), ...change }, OWN), done])
    },
    people: async () => (await (await database()).getAll('people')).flatMap((kept) => knownPerson(kept) ?? []),
    savePeople: async (changes) => changePeople(await database(), changes),
    rooms: async () => listedRooms(await database()),
    async saveRoom(room) {
      const opened = await database()
      const changing = opened.transaction('list', 'readwrite')
      // Whatever breaks it is told below.
      changing.done.catch(() => {})
      changing.store.put(room, room.url).catch(() => {})
      // Goes on by itself from here, also when the page is closed now.
      changing.commit()
      await changing.done
      const all = [...(await listedRooms(opened))].sort((a, b) => b.shownAt - a.shownAt)
      for (const { url } of all.slice(MAX_ROOMS)) await opened.delete('list', url)
    },
    async removeRoom(url) {
      await (await database()).delete('list', url)
    },
    room: (topic) => openIndexedDbRoom(database, topic),
  }
}

/** Opens the database; `lost` is called when it can't be used any longer and the next one should be opened. */
async function open(lost: () => void): Promise<IDBPDatabase<Schema>> {
  let isLate = false
  const opening = openDB<Schema>('earshot', VERSION, {
    upgrade(database, from) {
      if (from < 1) {
        database.createObjectStore('identity')
        database.createObjectStore('profile')
      }
      if (from < 2) database.createObjectStore('people')
      if (from < 4) database.createObjectStore('list')
      if (from < 3) for (const name of ['rooms', 'entries', 'heard'] as const) database.createObjectStore(name)
    },
    // Another tab wants to delete the database, or to bring it to a later version.
    blocking(_version, _blockedVersion, event) {
      lost()
      if (event.target instanceof IDBDatabase) event.target.close()
    },
    terminated: lost,
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      isLate = true
      reject(new Error(storageSilentText))
    }, OPENING_TAKES_MS)
  })
  opening.then(
    (database) => isLate && database.close(),
    () => {},
  )
  try {
    return await Promise.race([opening, late])
  } catch (error) {
    lost()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** The kept identity; a new one where there is none. Tabs that do this at once all end up with the same. */
async function loadIdentity(database: IDBPDatabase<Schema>, create: () => Promise<unknown>): Promise<unknown> {
  const kept: unknown = await database.get('identity', OWN)
  return kept === undefined ? keepIdentity(database, await create()) : kept
}

/** Keeps a new identity, unless another tab was faster: then it is that tab's which is kept, and the answer. */
async function keepIdentity(database: IDBPDatabase<Schema>, made: unknown): Promise<unknown> {
  // One transaction for both, with nothing else awaited within: it would end by itself.
  const { store, done } = database.transaction('identity', 'readwrite')
  const first: unknown = await store.get(OWN)
  if (first === undefined) await store.add(made, OWN)
  await done
  return first === undefined ? made : first
}

const listedSchema = v.object({
  url: v.string(),
  topic: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  label: v.nullable(v.string()),
  muted: v.boolean(),
  shownAt: time,
  readTo: v.nullable(v.string()),
  last: v.nullable(v.object({ name: v.string(), text: v.string(), at: time })),
})

/** The rooms of the list that are not damaged. */
async function listedRooms(database: IDBPDatabase<Schema>): Promise<readonly ListedRoom[]> {
  return (await database.getAll('list')).filter((kept) => v.is(listedSchema, kept))
}

/** A remembered person; null when the record is damaged. */
function knownPerson(kept: unknown): KnownPerson | null {
  const parsed = v.safeParse(personSchema, kept, { abortEarly: true })
  return parsed.success ? parsed.output : null
}

/** Reads, changes and writes in one transaction: what another tab changed at the same time stays. */
async function changePeople(database: IDBPDatabase<Schema>, changes: readonly PersonChange[]): Promise<void> {
  const { store, done } = database.transaction('people', 'readwrite')
  // Whatever breaks it rejects the request below as well.
  done.catch(() => {})
  for (const change of changes)
    await store.put(changedPerson(knownPerson(await store.get(change.author)), change), change.author)
  if ((await store.count()) > MAX_PEOPLE) {
    const people = (await store.getAll()).flatMap((kept) => knownPerson(kept) ?? [])
    for (const { author } of surplusPeople(people)) await store.delete(author)
  }
  await done
}

function checked<Schema extends v.GenericSchema>(
  schema: Schema,
  kept: unknown,
  damaged: string,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, kept)
  if (!parsed.success) throw new Error(damaged)
  return parsed.output
}
