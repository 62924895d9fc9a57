import type { Message } from '../room/types.ts'
import { messageWords, reactionLabel } from '../texts/page/message-text.ts'
import type { RoomState } from './state.ts'

interface Props {
  message: Message
  state: RoomState
  tabIndex: number
}

/** The emoji that people reacted with: each adds one's own, or takes it back. */
export function Reactions({ message, state, tabIndex }: Props) {
  const { id, reactions } = message
  if (id === null || reactions.length === 0) return null
  return (
    <ul class="reactions" aria-label={messageWords.reactions}>
      {reactions.map((reaction) => {
        const { emoji, people, mine } = reaction
        const label = reactionLabel(reaction, state.room.me.id)
        return (
          <li key={emoji}>
            <button
              type="button"
              class="reaction"
              tabIndex={tabIndex}
              aria-label={label}
              title={label}
              aria-pressed={mine}
              onClick={() => state.act((room) => room.react(id, emoji, !mine))}
            >
              <span class="emoji" aria-hidden="true">
                {emoji}
              </span>{' '}
              {people.length}
            </button>
          </li>
        )
      })}
    </ul>
  )
}
