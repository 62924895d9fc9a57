import { type Signal, useSignal } from '@preact/signals'
import type { Ref } from 'preact'
import { useEffect, useId } from 'preact/hooks'
import { membersButtonText, number, unreadText, words } from '../texts/page/text.ts'
import { InviteIcon, MoreIcon, PeopleIcon, RoomsIcon, SearchIcon, SettingsIcon } from './Icons.tsx'
import { lazy } from './lazy.tsx'
import { unreadInAll } from './open-rooms.ts'
import { closing } from './opened.ts'
import type { RoomMenuProps } from './RoomMenu.tsx'
import type { RoomState } from './state.ts'

const Menu = lazy(
  (later) => later.RoomMenu,
  ({ onMissing }: RoomMenuProps) => {
    useEffect(onMissing, [])
    return null
  },
)

export interface RoomActionsProps {
  state: RoomState
  membersId: string
  membersOpen: Signal<boolean>
  membersButton: Ref<HTMLButtonElement>
  isSearching: Signal<boolean>
  open: (dialog: 'invite' | 'rooms' | 'settings') => void
}

/** What one can do in a room. On a phone some of it stands in a menu. */
export function RoomActions({ state, membersId, membersOpen, membersButton, isSearching, open }: RoomActionsProps) {
  const menu = useSignal<{ readonly anchor: HTMLElement } | null>(null)
  const waitingId = useId()
  const unreadElsewhere = unreadInAll.value - (state.muted.value ? 0 : state.unread.value)
  const badge = unreadElsewhere > 0 && (
    <span class="count-badge" aria-hidden="true">
      {number(unreadElsewhere)}
    </span>
  )
  const { length } = state.members.value
  return (
    <div class="room-actions">
      <button
        ref={membersButton}
        type="button"
        class="button quiet members-button"
        aria-label={membersButtonText(length)}
        aria-expanded={membersOpen.value}
        aria-controls={membersId}
        onClick={() => {
          membersOpen.value = !membersOpen.value
        }}
      >
        <PeopleIcon />
        <span>{length}</span>
      </button>
      <button
        type="button"
        class="button quiet rooms-button roomy"
        aria-label={words.rooms}
        aria-describedby={waitingId}
        title={words.rooms}
        onClick={() => open('rooms')}
      >
        <RoomsIcon />
        {badge}
        <span id={waitingId} class="visually-hidden">
          {unreadElsewhere > 0 && unreadText(unreadElsewhere)}
        </span>
      </button>
      <button
        type="button"
        class="button quiet roomy"
        aria-label={words.search}
        title={words.search}
        aria-expanded={isSearching.value}
        onClick={() => {
          isSearching.value = !isSearching.value
        }}
      >
        <SearchIcon />
      </button>
      <button type="button" class="button quiet" aria-label={words.invite} onClick={() => open('invite')}>
        <InviteIcon />
        <span class="button-word">{words.invite}</span>
      </button>
      <button type="button" class="button quiet" aria-label={words.settings} onClick={() => open('settings')}>
        <SettingsIcon />
        <span class="button-word">{words.settings}</span>
      </button>
      <button
        type="button"
        class="button quiet more-button"
        aria-label={words.more}
        aria-haspopup="menu"
        aria-describedby={waitingId}
        onClick={({ currentTarget }) => {
          menu.value = { anchor: currentTarget }
        }}
      >
        <MoreIcon />
        {badge}
      </button>
      {menu.value && (
        <Menu
          key={menu.value}
          anchor={menu.value.anchor}
          search={() => {
            membersOpen.value = false
            isSearching.value = true
          }}
          onMissing={() => {
            menu.value = null
            state.trouble.value = words.notLoaded
          }}
          showRooms={() => open('rooms')}
          onClose={closing(menu, menu.value)}
        />
      )}
    </div>
  )
}
