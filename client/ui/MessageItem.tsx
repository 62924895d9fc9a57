import { useSignal } from '@preact/signals'
import { useId, useMemo } from 'preact/hooks'
import type { Message } from '../room/types.ts'
import { displayName } from '../texts/page/name-text.ts'
import { deletedText, messageLabel, receiversText } from '../texts/page/text.ts'
import { clockTime, dateOf } from '../texts/page/time-text.ts'
import { Avatar } from './Avatar.tsx'
import { isOnlyEmoji } from './big-emoji.ts'
import { later } from './lazy.tsx'
import { MessageMeta, type Unfolded } from './MessageMeta.tsx'
import { MessageText } from './MessageText.tsx'
import { mayBeMarkup } from './markup.ts'
import { Standing } from './Standing.tsx'
import type { RoomState } from './state.ts'

/** Who has one's own message. */
function Receivers({ message, state, id }: { message: Message; state: RoomState; id: string }) {
  // Drawn again when somebody comes or leaves, and with every change of the message.
  state.members.value
  return (
    <p id={id} class="receivers">
      {receiversText(message.id === null ? [] : state.room.receivers(message.id))}
    </p>
  )
}

interface Props {
  message: Message
  grouped: boolean
  lastMine: boolean
  /** What one can do with it are stops of the Tab key: of one message only, arrow keys lead to the others. */
  isStop: boolean
  state: RoomState
}

/** One message: who, when, what, and for one's own how far it got. */
export function MessageItem({ message, grouped, lastMine, isStop, state: room }: Props) {
  const { author, name, mine, verified, caution, deleted, id, reply } = message
  const unfolded = useSignal<Unfolded>(null)
  const isPointedAt = useSignal(false)
  const detailsId = useId()
  const parts = later.value
  const tabIndex = isStop ? 0 : -1
  const draw = () => {
    const date = dateOf(message.at)
    const isPicture = !deleted && isOnlyEmoji(message.text)
    const isMarkedUp = !deleted && mayBeMarkup(message.text)
    return (
      <article
        class={`message ${mine ? 'mine' : 'theirs'} ${grouped ? 'grouped' : ''}`}
        aria-label={messageLabel(name, mine, date ? clockTime(date) : '')}
        data-key={message.key}
        tabIndex={-1}
        onPointerEnter={() => {
          isPointedAt.value = true
        }}
      >
        {!mine && !grouped && <Avatar id={author} name={name} />}
        {/* biome-ignore-start lint/a11y/useKeyWithClickEvents: by keyboard the button beside it does the same */}
        {/* biome-ignore-start lint/a11y/noStaticElementInteractions: see above */}
        <div
          class={`bubble ${isPicture ? 'picture' : ''}`}
          onPointerDown={() => parts?.touched(room)}
          onClick={(event) => parts?.tapped(event, room, id)}
        >
          {mine || grouped ? (
            <span class="visually-hidden">{displayName(name)}</span>
          ) : (
            <span class="message-author">
              <span class="name">{displayName(name)}</span> <Standing verified={verified} caution={caution} />
            </span>
          )}
          {parts && reply !== null && <parts.Quote id={reply} state={room} tabIndex={tabIndex} />}
          <div class={`message-body ${isMarkedUp ? 'marked' : ''}`} dir="auto">
            {deleted ? (
              <p class="message-deleted">{deletedText(message)}</p>
            ) : (
              <MessageText text={message.text} state={room} />
            )}
            <MessageMeta
              message={message}
              isSpelled={lastMine}
              unfolded={unfolded}
              id={detailsId}
              tabIndex={tabIndex}
            />
          </div>
          {unfolded.value === 'receivers' && <Receivers message={message} state={room} id={detailsId} />}
          {unfolded.value === 'versions' && parts && <parts.Versions message={message} id={detailsId} />}
        </div>
        {/* biome-ignore-end lint/a11y/useKeyWithClickEvents: see above */}
        {/* biome-ignore-end lint/a11y/noStaticElementInteractions: see above */}
        {parts && <parts.Reactions message={message} state={room} tabIndex={tabIndex} />}
        {parts && id !== null && !deleted && (
          <parts.MessageTools id={id} tabIndex={tabIndex} state={room} isPointedAt={isPointedAt.value} />
        )}
      </article>
    )
  }
  // Hundreds of them stand still while one is added.
  return useMemo(draw, [message, grouped, lastMine, isStop, parts, unfolded.value, isPointedAt.value])
}
