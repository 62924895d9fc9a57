import { effect } from '@preact/signals'
import { type OpenRoom, openRooms } from './open-rooms.ts'

/** Calls `watch` once for each room that one is in or enters later, and what it gave when that room is left. */
export function whileOpen(watch: (room: OpenRoom) => () => void): void {
  const watched = new Map<OpenRoom, () => void>()
  effect(() => {
    const open = openRooms.value
    for (const room of open) if (!watched.has(room)) watched.set(room, watch(room))
    for (const [room, stop] of watched)
      if (!open.includes(room)) {
        watched.delete(room)
        stop()
      }
  })
}
