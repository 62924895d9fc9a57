import { type Signal, useSignal } from '@preact/signals'
import type { Ref } from 'preact'
import { useId } from 'preact/hooks'
import { InviteIcon, MoreIcon, PeopleIcon, RoomsIcon, SearchIcon, SettingsIcon } from './Icons.tsx'
import { later } from './lazy.tsx'
import { unreadInAll } from './open-rooms.ts'
import type { RoomState } from './state.ts'
import { membersButtonText, number, words } from './texts/text.ts'

export interface RoomActionsProps {
  state: RoomState
  membersId: string
  membersOpen: Signal<boolean>
  membersButton: Ref<HTMLButtonElement>
  isSearching: Signal<boolean>
  /** What leads to the search: a button of its own, or on a phone that of the menu. */
  searchButton: Ref<HTMLButtonElement>
  moreButton: Ref<HTMLButtonElement>
  open: (dialog: 'invite' | 'rooms' | 'settings') => void
}

/** What one can do in a room. On a phone some of it stands in a menu. */
export function RoomActions({
  state,
  membersId,
  membersOpen,
  membersButton,
  isSearching,
  searchButton,
  moreButton,
  open,
}: RoomActionsProps) {
  const menu = useSignal<HTMLElement | null>(null)
  const moreId = useId()
  const unreadElsewhere = unreadInAll.value - (state.muted.value ? 0 : state.unread.value)
  const badge = unreadElsewhere > 0 && <span class="count-badge">{number(unreadElsewhere)}</span>
  const Menu = later.value?.RoomMenu
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
        title={words.rooms}
        onClick={() => open('rooms')}
      >
        <RoomsIcon />
        {badge}
      </button>
      <button
        ref={searchButton}
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
        ref={moreButton}
        type="button"
        class="button quiet more-button"
        aria-label={words.more}
        aria-haspopup="menu"
        aria-describedby={moreId}
        onClick={({ currentTarget }) => {
          menu.value = currentTarget
        }}
      >
        <MoreIcon />
        <span id={moreId}>{badge}</span>
      </button>
      {Menu && menu.value && (
        <Menu
          anchor={menu.value}
          search={() => {
            isSearching.value = true
          }}
          showRooms={() => open('rooms')}
          onClose={() => {
            menu.value = null
          }}
        />
      )}
    </div>
  )
}
