import { displayName } from '../texts/page/name-text.ts'
import { connectionMark, connectionText, relaysText } from '../texts/page/status-text.ts'
import { words } from '../texts/page/text.ts'
import { Logo, OpenRoomIcon, RelayIcon } from './Icons.tsx'
import { follow, tryPassword } from './pages.ts'
import { RoomActions, type RoomActionsProps } from './RoomActions.tsx'

interface Props extends RoomActionsProps {
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
export function RoomHeader({ inspect, ...actions }: Props) {
  const { state } = actions
  const connection = state.connection.value
  return (
    <header class="room-header">
      <a class="home" href="/" onClick={follow} aria-label={`${words.product}, ${words.startPage}`}>
        <Logo />
      </a>
      <h1 class="name" title={displayName(state.label.value ?? state.room.name)}>
        {displayName(state.label.value ?? state.room.name)}
      </h1>
      <RoomActions {...actions} />
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
