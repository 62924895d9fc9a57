import { useSignal } from '@preact/signals'
import { useId, useMemo } from 'preact/hooks'
import type { Message } from '../room/types.ts'
import { Avatar } from './Avatar.tsx'
import { DeliveredIcon, KeptIcon, SendingIcon, SentIcon } from './Icons.tsx'
import { MessageText } from './MessageText.tsx'
import { displayName } from './names.ts'
import { dateOf } from './rows.ts'
import { Standing } from './Standing.tsx'
import type { RoomState } from './state.ts'
import { messageLabel, messageStateText, receiversText } from './text.ts'

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' })

/** How far one's own message got: a mark and the words for it, which open who has it. */
function MessageState({
  message,
  isSpelled,
  isOpen,
  id,
  toggle,
}: {
  message: Message
  isSpelled: boolean
  isOpen: boolean
  id: string
  toggle: () => void
}) {
  const { state, reached } = message
  if (state === 'received') return null
  const Mark = { sending: SendingIcon, sent: reached === 0 ? KeptIcon : SentIcon, delivered: DeliveredIcon }[state]
  const text = messageStateText(message)
  return (
    <button
      type="button"
      class={`message-state ${state}`}
      title={text}
      aria-expanded={isOpen}
      aria-controls={id}
      onClick={toggle}
    >
      <Mark />
      <span class={isSpelled ? 'state-word' : 'visually-hidden'}>{text}</span>
    </button>
  )
}

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
  state: RoomState
}

/** One message: who, when, what, and for one's own how far it got. */
export function MessageItem({ message, grouped, lastMine, state: room }: Props) {
  const { author, name, mine, verified, caution, text, at, state, reached, id } = message
  const isOpen = useSignal(false)
  const receiversId = useId()
  const draw = () => {
    const date = dateOf(at)
    const time = date ? clock.format(date) : ''
    return (
      <article
        class={`message ${mine ? 'mine' : 'theirs'} ${grouped ? 'grouped' : ''}`}
        aria-label={messageLabel(name, mine, time)}
      >
        {!mine && !grouped && <Avatar id={author} name={name} />}
        <div class="bubble">
          {mine || grouped ? (
            <span class="visually-hidden">{displayName(name)}</span>
          ) : (
            <span class="message-author">
              <span class="name">{displayName(name)}</span> <Standing verified={verified} caution={caution} />
            </span>
          )}
          <div class="message-body">
            <MessageText text={text} />
            <span class="message-meta">
              {date && (
                <time dateTime={date.toISOString()} title={full.format(date)}>
                  {time}
                </time>
              )}
              <MessageState
                message={message}
                isSpelled={lastMine}
                isOpen={isOpen.value}
                id={receiversId}
                toggle={() => {
                  isOpen.value = !isOpen.value
                }}
              />
            </span>
          </div>
          {isOpen.value && <Receivers message={message} state={room} id={receiversId} />}
        </div>
      </article>
    )
  }
  // Hundreds of them stand still while one is added.
  return useMemo(draw, [
    author,
    name,
    mine,
    verified,
    caution,
    text,
    at,
    state,
    reached,
    id,
    grouped,
    lastMine,
    isOpen.value,
  ])
}
