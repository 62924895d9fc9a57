import { messageWords, quoteLabel } from '../texts/page/message-text.ts'
import { displayName } from '../texts/page/name-text.ts'
import { firstLine } from './first-line.ts'
import type { RoomState } from './state.ts'

/** What a message answers, in one line that leads there. */
export function Quote({ id, state, tabIndex }: { id: string; state: RoomState; tabIndex: number }) {
  // Drawn again when what it quotes comes or changes.
  state.messages.value
  const message = state.room.message(id)
  if (!message) return <p class="quote">{messageWords.quoteMissing}</p>
  if (message.deleted) return <p class="quote">{messageWords.quoteDeleted}</p>
  const text = firstLine(message.text)
  return (
    <button
      type="button"
      class="quote"
      tabIndex={tabIndex}
      aria-label={quoteLabel(message.name, text)}
      onClick={() => state.show(id)}
    >
      <span class="quote-name">{displayName(message.name)}</span> <span dir="auto">{text}</span>
    </button>
  )
}
