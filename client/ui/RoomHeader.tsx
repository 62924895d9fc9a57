import type { Signal } from '@preact/signals'
import type { Ref } from 'preact'
import { InviteIcon, Logo, OpenRoomIcon, PeopleIcon, RelayIcon, RoomsIcon, SearchIcon, SettingsIcon } from './Icons.tsx'
import { displayName } from './names.ts'
import { unreadInAll } from './open-rooms.ts'
import { follow, tryPassword } from './pages.ts'
import type { RoomState } from './state.ts'
import { connectionMark, connectionText, membersButtonText, number, relaysText, words } from './texts/text.ts'

interface Props {
  state: RoomState
  membersId: string
  membersOpen: Signal<boolean>
  membersButton: Ref<HTMLButtonElement>
  isSearching: Signal<boolean>
  searchButton: Ref<HTMLButtonElement>
  open: (dialog: 'invite' | 'rooms' | 'settings') => void
  /** Shows why somebody can't be reached who has not introduced themselves. */
  inspect: () => void
}

/** That relays only are used, or that there are none to be used. */
function Relays({ text }: { text: string }) {
  return (
    <div role="status" class="whole-row">
      {text && (
        <p class="open-room">
          <RelayIcon />
          {text}
        </p>
      )}
    </div>
  )
}

/** The room's name, how one is connected, and what one can do. */
export function RoomHeader({
  state,
  membersId,
  membersOpen,
  membersButton,
  isSearching,
  searchButton,
  open,
  inspect,
}: Props) {
  const connection = state.connection.value
  const unreadElsewhere = unreadInAll.value - (state.muted.value ? 0 : state.unread.value)
  return (
    <header class="room-header">
      <a class="home" href="/" onClick={follow} aria-label={`${words.product}, ${words.startPage}`}>
        <Logo />
      </a>
      <h1 class="name" title={displayName(state.label.value ?? state.room.name)}>
        {displayName(state.label.value ?? state.room.name)}
      </h1>
      <div class="room-actions">
        <button
          ref={membersButton}
          type="button"
          class="button quiet members-button"
          aria-label={membersButtonText(state.members.value.length)}
          aria-expanded={membersOpen.value}
          aria-controls={membersId}
          onClick={() => {
            membersOpen.value = !membersOpen.value
          }}
        >
          <PeopleIcon />
          <span>{state.members.value.length}</span>
        </button>
        <button type="button" class="button quiet rooms-button" aria-label={words.rooms} onClick={() => open('rooms')}>
          <RoomsIcon />
          {unreadElsewhere > 0 && <span class="count-badge">{number(unreadElsewhere)}</span>}
        </button>
        <button
          ref={searchButton}
          type="button"
          class="button quiet"
          aria-label={words.search}
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
      </div>
      <p class="room-status">
        <span class={`dot ${connectionMark(connection)}`} />
        <span role="status" aria-label={words.connection}>
          {connectionText(connection, state.room)}
        </span>
        {connection.problem?.code === 'unreachable' && (
          <button type="button" class="button quiet why" aria-label={words.whyUnreachable} onClick={inspect}>
            {words.why}
          </button>
        )}
      </p>
      {state.room.hasPassword && connectionMark(connection) === 'alone' && (
        <button type="button" class="button another-password" onClick={() => tryPassword()}>
          {words.anotherPassword}
        </button>
      )}
      {state.room.isOpen && (
        <p class="open-room">
          <OpenRoomIcon />
          {words.openRoom}
        </p>
      )}
      <Relays text={relaysText(connection, state.room.relaysOnly)} />
      {!isSecureContext && <p class="open-room">{words.plainHttp}</p>}
    </header>
  )
}
