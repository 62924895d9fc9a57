import type { KnownPerson, PersonChange } from './known-person.ts'
import type { ListedRoom } from './listed-room.ts'
import type { RoomStore } from './room-store.ts'

/** What is remembered of the person on this device. */
export interface Profile {
  readonly name?: string
  /** They want to be reached through relays only. */
  readonly relaysOnly?: boolean
}

/** What stays on this device. A store that can't keep anything rejects; callers go on in memory and say so. */
export interface Store {
  /** Whether what it keeps is there after this page or process ended. Where it isn't, no room is kept. */
  readonly isLasting: boolean
  /**
   * The identity of this browser profile in its kept form (see `Keys`), not checked: made by `create` and kept at the first
   * call, the same one ever after, in all tabs.
   */
  identity(create: () => Promise<unknown>): Promise<unknown>
  /** Keeps another identity in its place. Rooms that are joined already go on with the one they have. */
  replaceIdentity(kept: unknown): Promise<void>
  profile(): Promise<Profile | null>
  /** Remembers what is given; what isn't stays as it was. */
  saveProfile(change: Profile): Promise<void>
  /** Everybody who is remembered, in no order. Records that are damaged are left out. */
  people(): Promise<readonly KnownPerson[]>
  /** Makes all of these changes at once, and forgets whom it must (`surplusPeople`). */
  savePeople(changes: readonly PersonChange[]): Promise<void>
  /** The rooms in one's list, in no order. Records that are damaged are left out. */
  rooms(): Promise<readonly ListedRoom[]>
  /** Puts a room into the list, in the place of the one with this URL. */
  saveRoom(room: ListedRoom): Promise<void>
  /** Takes the room with this URL off the list. What is kept of its conversation stays. */
  removeRoom(url: string): Promise<void>
  /** What is kept of the room with this topic, in hex: for one visit, to be closed with it. */
  room(topic: string): RoomStore
}
