import { changedPerson, type KnownPerson, surplusPeople } from './known-person.ts'
import type { ListedRoom } from './listed-room.ts'
import { MemoryRooms } from './memory-room.ts'
import type { Profile, Store } from './store.ts'

/**
 * A store that keeps everything for as long as this page or process lives. `isLasting`: it stands for a disk, in a
 * simulation whose pages end before it does.
 */
export function createMemoryStore({ isLasting = false } = {}): Store {
  let identity: Promise<unknown> | null = null
  let profile: Profile | null = null
  const people = new Map<string, KnownPerson>()
  const rooms = new MemoryRooms()
  const list = new Map<string, ListedRoom>()
  return {
    isLasting,
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
    async saveProfile(change) {
      profile = { ...profile, ...change }
    },
    people: async () => [...people.values()],
    async savePeople(changes) {
      for (const change of changes) people.set(change.author, changedPerson(people.get(change.author) ?? null, change))
      for (const { author } of surplusPeople([...people.values()])) people.delete(author)
    },
    rooms: async () => [...list.values()],
    async saveRoom(room) {
      list.set(room.url, room)
    },
    async removeRoom(url) {
      list.delete(url)
    },
    room: (topic) => rooms.open(topic),
  }
}
