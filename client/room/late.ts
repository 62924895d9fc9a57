import { loadPlatform } from '../crypto/platform.ts'
import type { Time } from '../net/time.ts'
import type { Store } from '../store/store.ts'
import type { People } from './people.ts'
import { RoomError } from './types.ts'

/** Kept once it came: a room that follows doesn't wait. */
let peopleModule: Promise<typeof import('./people.ts')> | null = null

/** What is needed to connect, but not to begin typing. Rejects with `not-loaded`. */
export async function loadConnecting(RTCPeerConnection: typeof globalThis.RTCPeerConnection) {
  try {
    const [platform, { simplePeerTransport }] = await Promise.all([loadPlatform(), import('../net/transport.ts')])
    // For when the server is away, and can't give it any more.
    loadInvitations().catch(() => {})
    return { platform, transport: simplePeerTransport(RTCPeerConnection) }
  } catch {
    throw new RoomError('not-loaded', 'A part of this page could not be loaded. Load the page again.')
  }
}

/** What links are made with by codes that people carry. Rejects with `not-loaded`. */
export async function loadInvitations() {
  try {
    return await import('./invitations.ts')
  } catch {
    throw new RoomError(
      'not-loaded',
      'A part of this page could not be loaded. Load the page again while the server is there.',
    )
  }
}

/** Said when what is known of people isn't there. */
export const unknownPeople = new RoomError(
  'store',
  "The people you know can't be told from strangers. Reload the page.",
)

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
    peopleModule ??= import('./people.ts')
    const { People } = await peopleModule
    const people = new People({ store, time, changed, warn: (message) => warn(new RoomError('store', message)) })
    await people.load()
    loaded(people)
  } catch {
    peopleModule = null
    warn(unknownPeople)
  }
}
