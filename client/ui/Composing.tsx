import type { RefObject } from 'preact'
import { messageWords, replyingText } from '../texts/page/message-text.ts'
import { firstLine } from './first-line.ts'
import { CloseIcon } from './Icons.tsx'
import { EditIcon, ReplyIcon } from './MenuIcons.tsx'
import type { RoomState } from './state.ts'

interface Props {
  state: RoomState
  /** Where one writes. */
  field: RefObject<HTMLElement | null>
}

/** Stands over the field while one answers a message or edits one: which, and a way out. */
export function Composing({ state, field }: Props) {
  const composing = state.composing.value
  state.messages.value
  const message = composing && state.room.message(composing.id)
  if (!composing || !message) return null
  const isReply = composing.kind === 'reply'
  return (
    <div class="composing">
      {isReply ? <ReplyIcon /> : <EditIcon />}
      <p>
        <strong>{isReply ? replyingText(message.name) : messageWords.editing}</strong>{' '}
        <span dir="auto">{firstLine(message.text)}</span>
      </p>
      <button
        type="button"
        class="button quiet icon-only"
        aria-label={isReply ? messageWords.cancelReply : messageWords.cancelEdit}
        onClick={() => {
          // The button goes, and the focus must not go with it.
          field.current?.focus()
          state.compose(null)
        }}
      >
        <CloseIcon />
      </button>
    </div>
  )
}
