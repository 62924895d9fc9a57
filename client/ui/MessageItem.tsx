import { useMemo } from 'preact/hooks'
import type { Message } from '../room/types.ts'
import { Avatar } from './Avatar.tsx'
import { DeliveredIcon, SendingIcon, SentIcon } from './Icons.tsx'
import { MessageText } from './MessageText.tsx'
import { displayName } from './names.ts'
import { dateOf } from './rows.ts'
import { Standing } from './Standing.tsx'
import { messageLabel, messageStateText } from './text.ts'

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' })

/** How far one's own message got: a mark, and the word for it. */
function MessageState({ state, isSpelled }: { state: Message['state']; isSpelled: boolean }) {
  if (state === 'received') return null
  const Mark = { sending: SendingIcon, sent: SentIcon, delivered: DeliveredIcon }[state]
  return (
    <span class={`message-state ${state}`} title={messageStateText(state)}>
      <Mark />
      <span class={isSpelled ? 'state-word' : 'visually-hidden'}>{messageStateText(state)}</span>
    </span>
  )
}

interface Props {
  message: Message
  grouped: boolean
  lastMine: boolean
}

function draw(
  { author, name, mine, verified, caution, text, at, state }: Message,
  grouped: boolean,
  lastMine: boolean,
) {
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
            <MessageState state={state} isSpelled={lastMine} />
          </span>
        </div>
      </div>
    </article>
  )
}

/** One message: who, when, what, and for one's own how far it got. */
export function MessageItem({ message, grouped, lastMine }: Props) {
  const { author, name, mine, verified, caution, text, at, state } = message
  // Hundreds of them stand still while one is added.
  return useMemo(
    () => draw(message, grouped, lastMine),
    [author, name, mine, verified, caution, text, at, state, grouped, lastMine],
  )
}
