import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { RoomState } from './state.ts'

/** Rooms that one is in at once; the one that was on the screen longest ago is left for a new one. */
const MOST_OPEN = 8

/** A room that one is in. */
export interface OpenRoom {
  /** Without the message that it may point at. */
  readonly url: string
  readonly state: RoomState
  /** Tells two visits of one room apart. */
  readonly visit: number
  /** When it came on the screen last, in milliseconds since the epoch. */
  shownAt: number
}

const rooms = signal<readonly OpenRoom[]>([])
let visits = 0

/** All rooms that one is in, in the order in which they were opened. */
export const openRooms: ReadonlySignal<readonly OpenRoom[]> = rooms

/** How many messages wait in all of them that are not muted. */
export const unreadInAll: ReadonlySignal<number> = computed(() =>
  rooms.value.reduce((sum, { state }) => sum + (state.muted.value ? 0 : state.unread.value), 0),
)

/** The open room with this URL, or null. */
export const openRoom = (url: string): OpenRoom | null => rooms.peek().find((room) => room.url === url) ?? null

/** Adds a room that one just entered. */
export function addRoom(url: string, state: RoomState): OpenRoom {
  const room: OpenRoom = { url, state, visit: ++visits, shownAt: Date.now() }
  const others = [...rooms.peek()].sort((a, b) => a.shownAt - b.shownAt)
  for (const other of others.slice(0, Math.max(0, others.length + 1 - MOST_OPEN))) closeRoom(other)
  rooms.value = [...rooms.peek(), room]
  return room
}

/** Leaves a room. */
export function closeRoom(room: OpenRoom): void {
  rooms.value = rooms.peek().filter((other) => other !== room)
  room.state.close()
}

/** The room that is on the screen now; null when something else is. */
export function bringForward(room: OpenRoom | null): void {
  for (const other of rooms.peek()) other.state.shown.value = other === room
  if (room) room.shownAt = Date.now()
}
