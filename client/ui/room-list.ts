import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { forgetRoom, type ListedRoom, listedRooms, listRoom, parseRoomUrl, unlistRoom } from '../earshot.ts'
import { forgetDraft } from './drafts.ts'
import { type OpenRoom, openRoom, openRooms } from './open-rooms.ts'
import { whileOpen } from './while-open.ts'

/** How long changes are gathered before they are written, in milliseconds. */
const GATHER = 500

/** One room as the list shows it. */
export interface RoomRow {
  readonly url: string
  readonly name: string
  readonly muted: boolean
  readonly last: ListedRoom['last']
  readonly unread: number
  /** One is in it. */
  readonly open: OpenRoom | null
  readonly isShown: boolean
}

/** What is kept, by URL. */
const kept = signal<ReadonlyMap<string, ListedRoom>>(new Map())

const nameOf = (url: string): string => {
  const parsed = parseRoomUrl(url)
  return parsed.ok ? parsed.address.name : ''
}

function lastOf({ state }: OpenRoom): ListedRoom['last'] {
  const last = state.messages.value.findLast(({ kind, deleted }) => kind === 'text' && !deleted)
  return last ? { name: last.name, text: last.text.slice(0, 200), at: last.at } : null
}

function openRow(open: OpenRoom): RoomRow {
  const { url, state } = open
  const name = state.label.value ?? state.room.name
  const [muted, unread, isShown] = [state.muted.value, state.unread.value, state.shown.value]
  return { url, name, muted, last: lastOf(open), unread, open, isShown }
}

/** All of one's rooms: those that one is in, then those that are kept, the one shown last first. */
export const roomRows: ReadonlySignal<readonly RoomRow[]> = computed(() => {
  const open = openRooms.value
  const urls = new Set(open.map(({ url }) => url))
  const closed = [...kept.value.values()]
    .filter(({ url }) => !urls.has(url))
    .sort((a, b) => b.shownAt - a.shownAt)
    .map(
      ({ url, label, muted, last }): RoomRow => ({
        ...{ url, name: label ?? nameOf(url), muted, last, unread: 0, open: null, isShown: false },
      }),
    )
  return [...open.map(openRow), ...closed]
})

function remember(room: ListedRoom): void {
  kept.value = new Map(kept.peek()).set(room.url, room)
  // Where nothing can be kept, the room says so itself.
  listRoom(room).catch(() => {})
}

function drop(url: string): void {
  const rest = new Map(kept.peek())
  if (!rest.delete(url)) return
  kept.value = rest
  unlistRoom(url).catch(() => {})
}

/** What is kept of an open room in the list; null while it isn't kept, or not known yet. */
function listed(open: OpenRoom): ListedRoom | null {
  const { url, state } = open
  const [label, muted, readTo] = [state.label.value, state.muted.value, state.readTo.value]
  const last = lastOf(open)
  if (!state.keeping.value.on || state.room.topic === '') return null
  return { url, topic: state.room.topic, label, muted, readTo, last, shownAt: open.shownAt }
}

/** Keeps the list true for as long as a room is open. Returns what ends that. */
function watch(open: OpenRoom): () => void {
  const { url, state } = open
  const known = kept.peek().get(url)
  if (known) {
    state.label.value ??= known.label
    state.muted.value ||= known.muted
    if (known.readTo !== null) state.sawBefore(known.readTo)
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  let next: ListedRoom | null = null
  let wasKept = false
  const write = () => {
    clearTimeout(timer)
    timer = undefined
    if (next) remember(next)
    next = null
  }
  const stop = effect(() => {
    const room = listed(open)
    // Nothing is known of it while the room is being opened.
    if (!room) {
      if (wasKept) drop(url)
      wasKept = false
      return
    }
    // One that had been read further is not forgotten for that its messages are not here yet.
    next = { ...room, readTo: room.readTo ?? kept.peek().get(url)?.readTo ?? null }
    timer ??= setTimeout(write, wasKept ? GATHER : 0)
    wasKept = true
  })
  addEventListener('pagehide', write)
  state.room.on('forgotten', () => {
    next = null
    drop(url)
  })
  return () => {
    removeEventListener('pagehide', write)
    stop()
    write()
  }
}

let isStarted = false

/** Reads the list, and keeps it true from now on. */
export async function startRoomList(): Promise<void> {
  if (isStarted) return
  isStarted = true
  const read = async () => {
    kept.value = new Map((await listedRooms()).map((room) => [room.url, room]))
  }
  await read()
  // Another tab may have changed it.
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void read())
  whileOpen(watch)
}

function change(url: string, how: Pick<ListedRoom, 'label'> | Pick<ListedRoom, 'muted'>): void {
  const room = kept.peek().get(url)
  if (room) remember({ ...room, ...how })
}

/** Calls a room otherwise on this device; by its own name when nothing is left of the text. */
export function renameRoom(url: string, text: string): void {
  const label = text.trim().slice(0, 64) || null
  const open = openRoom(url)
  if (open) open.state.label.value = label
  else change(url, { label })
}

export function muteRoom(url: string, muted: boolean): void {
  const open = openRoom(url)
  if (open) open.state.muted.value = muted
  else change(url, { muted })
}

/** Removes all that is kept of a room. Rejects when that can't be done. */
export async function forgetListed(url: string): Promise<void> {
  const open = openRoom(url)
  if (open) return open.state.room.forget()
  const room = kept.peek().get(url)
  if (room) await forgetRoom(room)
  forgetDraft(url)
  drop(url)
}
