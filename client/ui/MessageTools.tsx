import { words } from '../texts/page/text.ts'
import { MoreIcon } from './Icons.tsx'
import { ReplyIcon } from './MenuIcons.tsx'
import type { RoomState } from './state.ts'

function openMenu(state: RoomState, id: string, anchor: HTMLElement): void {
  state.menu.value = { id, anchor }
}

interface Props {
  /** Of the message. */
  id: string
  tabIndex: number
  /** A pointer was there: only then there is a button that only pointers need. */
  isPointedAt: boolean
  state: RoomState
}

/** Beside a message: answers it, and opens all that one can do with it. Pointers that can't hover tap the message instead. */
export function MessageTools({ id, tabIndex, isPointedAt, state }: Props) {
  return (
    <span class="message-tools">
      {isPointedAt && (
        <button
          type="button"
          class="message-tool"
          aria-label={words.reply}
          title={words.reply}
          // By keyboard it is the first in the menu.
          tabIndex={-1}
          onClick={() => state.compose({ kind: 'reply', id })}
        >
          <ReplyIcon />
        </button>
      )}
      <button
        type="button"
        class="message-tool message-actions"
        aria-label={words.actions}
        title={words.actions}
        aria-haspopup="menu"
        tabIndex={tabIndex}
        onClick={({ currentTarget }) => openMenu(state, id, currentTarget)}
      >
        <MoreIcon />
      </button>
    </span>
  )
}

/** The tap that closed a menu opens none. */
let wasOpen = false

/** To be called when a finger comes down on a message. */
export const touched = (state: RoomState): void => {
  wasOpen = state.menu.peek() !== null
}

/** Opens the menu of a message that was tapped, unless the tap was for something in it. */
export function tapped({ target, currentTarget }: MouseEvent, state: RoomState, id: string | null): void {
  if (wasOpen || id === null || !matchMedia('(hover: none)').matches) return
  if (!(target instanceof Element) || !(currentTarget instanceof HTMLElement)) return
  if (target.closest('a, button, pre') || getSelection()?.isCollapsed === false) return
  openMenu(state, id, currentTarget)
}
