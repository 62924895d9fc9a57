import { loadPlatform } from '../crypto/platform.ts'
import type { Time } from '../net/time.ts'
import type { Store } from '../store/store.ts'
import { laterNotLoadedText, notLoadedText } from '../texts/fault-text.ts'
import { nothingKeptText, unknownPeopleText } from '../texts/store-fault-text.ts'
import type { People } from './people.ts'
import { RoomError } from './types.ts'

/** Kept once it came: a room that follows doesn't wait. */
let parts: Promise<typeof import('./late-parts.ts')> | null = null

/** Rejects when they can't be had; the next call tries again. */
async function loadParts() {
  parts ??= import('./late-parts.ts')
  try {
    return await parts
  } catch (error) {
    parts = null
    throw error
  }
}

/** What is needed to connect, but not to begin typing. Rejects with `not-loaded`. */
export async function loadConnecting(RTCPeerConnection: typeof globalThis.RTCPeerConnection) {
  try {
    const [platform, { simplePeerTransport }, { Connections }] = await Promise.all([
      loadPlatform(),
      import('../net/transport.ts'),
      import('./connections.ts'),
    ])
    return { platform, transport: simplePeerTransport(RTCPeerConnection), Connections }
  } catch {
    throw new RoomError('not-loaded', notLoadedText)
  }
}

/** What a room can do without until somebody wants it. Rejects with `not-loaded`. */
export async function loadLater() {
  try {
    return await loadParts()
  } catch {
    throw new RoomError('not-loaded', laterNotLoadedText)
  }
}

/** Said when what is known of people isn't there. */
export const unknownPeople = new RoomError('store', unknownPeopleText)

/** Said instead of one complaint each. */
export const nothingKept = new RoomError('store', nothingKeptText)

interface PeopleWanted {
  readonly store: Store
  readonly time: Time
  /** Something about people changed. */
  changed(): unknown
  loaded(people: People): void
  warn(error: RoomError): void
}

/** Loads what is known of people. Never rejects: without it everybody is a stranger, and that is said. */
export async function loadPeople({ store, time, changed, loaded, warn }: PeopleWanted): Promise<void> {
  try {
    const { People } = await loadParts()
    const people = new People({ store, time, changed, warn: (message) => warn(new RoomError('store', message)) })
    await people.load()
    loaded(people)
  } catch {
    warn(unknownPeople)
  }
}
