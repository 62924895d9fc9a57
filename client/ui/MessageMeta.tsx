import type { Signal } from '@preact/signals'
import type { Message } from '../room/types.ts'
import { messageStateText, words } from '../texts/page/text.ts'
import { DeliveredIcon, KeptIcon, SendingIcon, SentIcon } from './Icons.tsx'
import { MessageTime } from './MessageTime.tsx'

/** What of a message is unfolded below it. */
export type Unfolded = 'receivers' | 'versions' | null

interface Props {
  message: Message
  /** Its state is spelled out. */
  isSpelled: boolean
  unfolded: Signal<Unfolded>
  /** The id of what is unfolded. */
  id: string
  tabIndex: number
}

/** When a message was said, whether it was edited, and for one's own how far it got: marks and words, which open more. */
export function MessageMeta({ message, isSpelled, unfolded, id, tabIndex }: Props) {
  const { state, reached, versions } = message
  const text = messageStateText(message)
  const toggle = (what: Unfolded) => () => {
    unfolded.value = unfolded.value === what ? null : what
  }
  const Mark = { sending: SendingIcon, sent: reached === 0 ? KeptIcon : SentIcon, delivered: DeliveredIcon }
  const StateMark = state === 'received' ? null : Mark[state]
  return (
    <span class="message-meta">
      {versions.length > 0 && (
        <button
          type="button"
          class="message-state"
          tabIndex={tabIndex}
          aria-expanded={unfolded.value === 'versions'}
          aria-controls={id}
          onClick={toggle('versions')}
        >
          {words.edited}
        </button>
      )}
      <MessageTime at={message.at} />
      {StateMark && (
        <button
          type="button"
          class={`message-state ${state}`}
          tabIndex={tabIndex}
          title={text}
          aria-expanded={unfolded.value === 'receivers'}
          aria-controls={id}
          onClick={toggle('receivers')}
        >
          <StateMark />
          <span class={isSpelled ? 'state-word' : 'visually-hidden'}>{text}</span>
        </button>
      )}
    </span>
  )
}
