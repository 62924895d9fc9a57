import type { RefObject } from 'preact'
import { number, words } from '../texts/page/text.ts'
import { DownIcon } from './Icons.tsx'
import type { RoomState } from './state.ts'

/** A line of a mouse wheel that counts in lines, in CSS pixels. */
const LINE = 24

/** The button that leads back to the end, with how many messages wait there. */
export function ToTheEnd({ state, box }: { state: RoomState; box: RefObject<HTMLElement | null> }) {
  if (state.following.value) return null
  const unread = state.unread.value
  return (
    <button
      type="button"
      class={`button icon-only to-the-end ${unread > 0 ? 'primary' : ''}`}
      title={unread > 0 ? words.newMessages : words.latest}
      onClick={() => {
        state.follow()
        // The button goes away, and the focus must not go with it.
        box.current?.focus()
      }}
      // It lies over the messages: turning the wheel on it is meant for them.
      onWheel={({ deltaY, deltaMode }) => box.current?.scrollBy(0, deltaMode === 0 ? deltaY : deltaY * LINE)}
    >
      <DownIcon />
      <span class="visually-hidden">{unread > 0 ? words.newMessages : words.latest}</span>
      {unread > 0 && <span class="count-badge">{number(unread)}</span>}
    </button>
  )
}
