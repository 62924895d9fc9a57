import { newRoomUrl } from '../earshot.ts'
import { PlusIcon } from './MenuIcons.tsx'
import { goTo } from './pages.ts'
import { roomsWords } from './texts/rooms-text.ts'
import { words } from './texts/text.ts'

/** Stands over the list of rooms beside a room, and leads to a new one. */
export function RoomsHead() {
  return (
    <header class="rooms-head">
      <h2>{roomsWords.yours}</h2>
      <button
        type="button"
        class="button quiet icon-only"
        aria-label={words.newRoom}
        title={words.newRoom}
        onClick={() => goTo(newRoomUrl(location.origin))}
      >
        <PlusIcon />
      </button>
    </header>
  )
}
