/**
 * Earshot for a browser page: `import { joinRoom } from 'https://your.host/earshot.js'`. The page of this project uses
 * this file and has no other way in.
 */
import type { NetworkReport } from './net/network-verdict.ts'
import { signalUrl } from './net/room-url.ts'
import { systemTime } from './net/time.ts'
import { joinRoom as join } from './room/room.ts'
import type { Room, RoomOptions } from './room/types.ts'
import { openIndexedDbStore } from './store/indexeddb.ts'
import type { ListedRoom } from './store/listed-room.ts'
import type { Store } from './store/store.ts'

export type { Answer, CheckedServer, Nat, NetworkReport, NetworkVerdict } from './net/network-verdict.ts'
export { canonicalRoomUrl, formatRoomUrl, parseRoomUrl } from './net/room-url.ts'
export { MAX_TEXT } from './room/entry.ts'
export { MAX_NAME, pickRoomName } from './room/names.ts'
export { newRoomUrl } from './room/new-room.ts'
export * from './room/types.ts'
export type { ListedRoom } from './store/listed-room.ts'

/**
 * Joins the room of a URL, with identity and name kept in this browser, and leaves it when the page is closed.
 * See `Room` for what can be done with it.
 * @throws RoomError as `client/room/room.ts` says
 */
export function joinRoom(url: string, options: RoomOptions = {}): Room {
  const room = join(url, { ...options, store: options.store ?? openIndexedDbStore() })
  const listeners = new AbortController()
  const { signal } = listeners
  const wake = () => room.wake()
  // A page that is being closed, or put into the back-forward cache, is a visit that ends.
  addEventListener('pagehide', () => void room.leave({ hurry: true }), { signal })
  addEventListener('pageshow', wake, { signal })
  // Chromium freezes pages in the background: https://wicg.github.io/page-lifecycle/
  document.addEventListener('resume', wake, { signal })
  const changed = () => room.wake({ network: true })
  addEventListener('online', changed, { signal })
  if ('connection' in navigator && navigator.connection instanceof EventTarget)
    navigator.connection.addEventListener('change', changed, { signal })
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && wake(), { signal })
  room.on('left', () => listeners.abort())
  return room
}

/**
 * Finds out what this network lets through, before a room is joined: whether the signaling server of the page at `origin`
 * answers, which of its STUN and TURN servers do, and what kind of NAT is on the way. `changed` is told as more is known, the
 * last time with a `verdict`. Takes up to 20 s where nothing answers. Returns what ends it before.
 */
export function checkNetwork(origin: string, changed: (report: NetworkReport) => void): () => void {
  let stop: (() => void) | null = null
  let isStopped = false
  import('./net/network-check.ts').then(
    ({ checkNetwork: check }) => {
      if (isStopped) return
      const { WebSocket, RTCPeerConnection } = globalThis
      stop = check({ url: signalUrl(origin), WebSocket, RTCPeerConnection, time: systemTime, changed })
    },
    // What does it can't be had: neither can the server.
    () => changed({ signaling: 'silent', hasAddress: null, servers: [], nat: null, verdict: 'no-server' }),
  )
  return () => {
    isStopped = true
    stop?.()
  }
}

/** One connection to the storage for what belongs to no room that is open. */
let shared: Store | null = null
function sharedStore(): Store {
  shared ??= openIndexedDbStore()
  return shared
}

/** The rooms in one's list in this browser, the one shown last first; empty where they can't be read. */
export async function listedRooms(): Promise<readonly ListedRoom[]> {
  const rooms = await sharedStore()
    .rooms()
    .catch(() => [])
  return [...rooms].sort((a, b) => b.shownAt - a.shownAt)
}

/** Puts a room into the list, in the place of the one with this URL. Rejects where nothing can be kept. */
export const listRoom = (room: ListedRoom): Promise<void> => sharedStore().saveRoom(room)

/** Takes the room with this URL off the list. Rejects where nothing can be kept. */
export const unlistRoom = (url: string): Promise<void> => sharedStore().removeRoom(url)

/** Removes all that this browser keeps of a room that is not open: its place in the list and its conversation. */
export async function forgetRoom({ url, topic }: Pick<ListedRoom, 'url' | 'topic'>): Promise<void> {
  const store = sharedStore()
  await store.removeRoom(url)
  await store.room(topic).forget()
}

/** Replaces one's identity in this browser by a new one, from the next room on. @throws RoomError `identity` */
export async function newIdentity(): Promise<void> {
  const identities = await import('./room/identity.ts')
  await identities.newIdentity(openIndexedDbStore())
}

/** The text of a file with this browser's identity, locked with a password of 8 characters or more. @throws RoomError `identity` */
export async function exportIdentity(password: string): Promise<string> {
  const identities = await import('./room/identity.ts')
  return identities.exportIdentity(openIndexedDbStore(), password)
}

/** Replaces one's identity in this browser by that of a file, from the next room on. @throws RoomError `identity` */
export async function importIdentity(file: string, password: string): Promise<void> {
  const identities = await import('./room/identity.ts')
  await identities.importIdentity(openIndexedDbStore(), file, password)
}
