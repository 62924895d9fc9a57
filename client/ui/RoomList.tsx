import { useSignal } from '@preact/signals'
import { displayName } from '../texts/page/name-text.ts'
import { lastText, roomOptionsText, roomsWords, whenText } from '../texts/page/rooms-text.ts'
import { connectionMark } from '../texts/page/status-text.ts'
import { number, unreadText } from '../texts/page/text.ts'
import { inOneLine } from './first-line.ts'
import { MoreIcon } from './Icons.tsx'
import { BellIcon, DeleteIcon, EditIcon, LeaveIcon, MutedIcon } from './MenuIcons.tsx'
import { aboutNow } from './minute.ts'
import { closing } from './opened.ts'
import { Popup, PopupItem, PopupLine } from './Popup.tsx'
import { follow, leaveRoom } from './pages.ts'
import { ForgetRoomDialog, RenameDialog } from './RoomDialogs.tsx'
import { muteRoom, type RoomRow, roomRows } from './room-list.ts'

/** One room: leads there, and opens what one can do with it. */
function RoomItem({
  row,
  options,
  onFollow,
}: {
  row: RoomRow
  options: (anchor: HTMLElement) => void
  onFollow?: (() => void) | undefined
}) {
  const { url, name, muted, last, unread, open, isShown } = row
  return (
    <li class={`room-item ${isShown ? 'shown' : ''} ${unread > 0 && !muted ? 'unread' : ''}`}>
      <a
        class="room-link"
        href={url}
        aria-current={isShown ? 'page' : undefined}
        onClick={(event) => {
          follow(event)
          onFollow?.()
        }}
      >
        <span class="room-title">
          <span class={`dot ${open ? connectionMark(open.state.connection.value) : 'alone'}`} />
          <span class="name">{displayName(name)}</span>
          {open && <span class="visually-hidden">{roomsWords.connected}</span>}
          {muted && <span class="hint">{roomsWords.muted}</span>}
          {last && <span class="room-when">{whenText(last.at, aboutNow.value)}</span>}
        </span>
        {last && (
          <span class="room-last" dir="auto">
            {lastText(last.name, inOneLine(last.text))}
          </span>
        )}
      </a>
      {unread > 0 && (
        <span class={`count-badge ${muted ? 'quiet' : ''}`}>
          <span aria-hidden="true">{number(unread)}</span>
          <span class="visually-hidden">{unreadText(unread)}</span>
        </span>
      )}
      <button
        type="button"
        class="button quiet icon-only"
        aria-label={roomOptionsText(name)}
        aria-haspopup="menu"
        onClick={({ currentTarget }) => options(currentTarget)}
      >
        <MoreIcon />
      </button>
    </li>
  )
}

/** One's rooms, those that one is in first. */
export function RoomList({ onFollow }: { onFollow?: () => void }) {
  const menu = useSignal<{ readonly row: RoomRow; readonly anchor: HTMLElement } | null>(null)
  const dialog = useSignal<{ readonly kind: 'rename' | 'forget'; readonly row: RoomRow } | null>(null)
  const rows = roomRows.value
  const chosen = menu.value?.row
  const asked = dialog.value
  const Asking = asked?.kind === 'rename' ? RenameDialog : ForgetRoomDialog
  const ask = (kind: 'rename' | 'forget', row: RoomRow) => () => {
    dialog.value = { kind, row }
  }
  return (
    <>
      <ul class="rooms" aria-label={roomsWords.rooms}>
        {rows.map((row) => (
          <RoomItem
            key={row.url}
            row={row}
            onFollow={onFollow}
            options={(anchor) => {
              menu.value = { row, anchor }
            }}
          />
        ))}
      </ul>
      {menu.value && chosen && (
        <Popup
          key={menu.value}
          label={roomOptionsText(chosen.name)}
          anchor={menu.value.anchor}
          onClose={closing(menu, menu.value)}
        >
          <PopupItem name={roomsWords.rename} Icon={EditIcon} onChoose={ask('rename', chosen)} />
          <PopupItem
            name={chosen.muted ? roomsWords.unmute : roomsWords.mute}
            Icon={chosen.muted ? BellIcon : MutedIcon}
            onChoose={() => muteRoom(chosen.url, !chosen.muted)}
          />
          {chosen.open && (
            <PopupItem
              name={roomsWords.leave}
              Icon={LeaveIcon}
              onChoose={() => chosen.open && leaveRoom(chosen.open)}
            />
          )}
          <PopupLine />
          <PopupItem name={roomsWords.forget} Icon={DeleteIcon} isDanger onChoose={ask('forget', chosen)} />
        </Popup>
      )}
      {asked && <Asking key={asked} row={asked.row} onClose={closing(dialog, asked)} />}
    </>
  )
}
