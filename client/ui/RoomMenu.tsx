import { words } from '../texts/page/text.ts'
import { RoomsIcon, SearchIcon } from './Icons.tsx'
import { Popup, PopupItem } from './Popup.tsx'

export interface RoomMenuProps {
  anchor: HTMLElement
  search: () => void
  showRooms: () => void
  onClose: () => void
  /** It could not be loaded. */
  onMissing: () => void
}

/** What a phone's header has no room for. */
export function RoomMenu({ anchor, search, showRooms, onClose }: RoomMenuProps) {
  return (
    <Popup label={words.more} anchor={anchor} onClose={onClose}>
      <PopupItem name={words.search} Icon={SearchIcon} onChoose={search} />
      <PopupItem name={words.rooms} Icon={RoomsIcon} onChoose={showRooms} />
    </Popup>
  )
}
