import { newRoomUrl } from '../earshot.ts'
import { roomsWords } from '../texts/page/rooms-text.ts'
import { words } from '../texts/page/text.ts'
import { Dialog } from './Dialog.tsx'
import { goTo } from './pages.ts'
import { RoomList } from './RoomList.tsx'

/** One's rooms, over the one that one is in. */
export function RoomsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={roomsWords.yours} onClose={onClose}>
      <RoomList onFollow={onClose} />
      <div class="button-row">
        <button
          type="button"
          class="button"
          onClick={() => {
            onClose()
            goTo(newRoomUrl(location.origin))
          }}
        >
          {words.newRoom}
        </button>
      </div>
    </Dialog>
  )
}
