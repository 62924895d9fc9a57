import { roomsWords } from '../texts/page/rooms-text.ts'
import { RoomList } from './RoomList.tsx'
import { roomRows } from './room-list.ts'

/** One's rooms on the start page; nothing where there are none. */
export function YourRooms() {
  if (roomRows.value.length === 0) return null
  return (
    <section class="your-rooms" aria-label={roomsWords.yours}>
      <h2>{roomsWords.yours}</h2>
      <RoomList />
    </section>
  )
}
