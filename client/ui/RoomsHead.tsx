import { newRoomUrl } from '../earshot.ts'
import { roomsWords } from '../texts/page/rooms-text.ts'
import { words } from '../texts/page/text.ts'
import { PlusIcon } from './MenuIcons.tsx'
import { goTo } from './pages.ts'

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
