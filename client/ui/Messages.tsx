import type { Message } from '../room/types.ts'
import { movedText, words } from '../texts/page/text.ts'
import { EmptyRoom } from './EmptyRoom.tsx'
import { MessageItem } from './MessageItem.tsx'
import { startOfToday } from './minute.ts'
import { useReaderPlace } from './reader-place.ts'
import { rowsOf } from './rows.ts'
import { Standing } from './Standing.tsx'
import type { RoomState } from './state.ts'
import { ToTheEnd } from './ToTheEnd.tsx'

const ACTIONS = '.message-actions'

/** Arrow keys lead from a message, or a button of it, to what one can do with its neighbours; Enter opens that of a message. */
function moveBetweenMessages(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const { target, currentTarget, key } = event
  if (!(target instanceof HTMLElement) || !target.matches('article, article button')) return
  if (key === 'Enter' && target.matches('article')) target.querySelector<HTMLElement>(ACTIONS)?.click()
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return
  event.preventDefault()
  const all = [...currentTarget.querySelectorAll('article')]
  const at = all.findIndex((each) => each.contains(target))
  // What was deleted has none.
  const ways = key === 'ArrowUp' ? all.slice(0, Math.max(0, at)).reverse() : all.slice(at + 1)
  ways
    .find((each) => each.querySelector(ACTIONS))
    ?.querySelector<HTMLElement>(ACTIONS)
    ?.focus()
}

/** Whether one can do something with a message: it was signed, and is still there. */
const hasActions = ({ kind, id, deleted }: Message): boolean => kind === 'text' && id !== null && !deleted

/** The conversation. */
export function Messages({ state, joinByCode }: { state: RoomState; joinByCode: () => void }) {
  const { box, content, keeper } = useReaderPlace(state)
  const all = state.messages.value
  const { start, end } = state.range.value
  const drawn = all.slice(start, end)
  const focused = state.focused.value
  const stop = drawn.some(({ key }) => key === focused) ? focused : drawn.findLast(hasActions)?.key
  // Unfolding a long message at the end must not carry its reader away.
  const holdPlace = (target: EventTarget | null) => {
    if (!(target instanceof Element) || !target.closest('.unfold')) return
    keeper.current?.hold()
    state.stay()
  }
  return (
    <div class="conversation">
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      {/* biome-ignore-start lint/a11y/useKeyWithClickEvents: the click is that of a button inside */}
      <div
        ref={box}
        class="messages"
        role="log"
        aria-label={words.messages}
        aria-relevant="additions"
        aria-live={state.quiet.value ? 'off' : 'polite'}
        tabIndex={0}
        onScroll={() => keeper.current?.scrolled()}
        onClickCapture={({ target }) => holdPlace(target)}
        onKeyDown={moveBetweenMessages}
        onFocusIn={({ target }) => {
          const article = target instanceof Element ? target.closest('article') : null
          if (!article?.dataset.key) return
          // The browser scrolls to what takes the focus: drawing it anew must not take that back.
          queueMicrotask(() => keeper.current?.scrolled())
          state.focused.value = article.dataset.key
        }}
        onFocusOut={({ relatedTarget, currentTarget }) => {
          if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) state.focused.value = null
        }}
      >
        <div ref={content} class="messages-content">
          {all.length === 0 && <EmptyRoom state={state} joinByCode={joinByCode} />}
          {start > 0 && (
            <button type="button" class="button more" onClick={state.showEarlier}>
              {words.earlier}
            </button>
          )}
          {rowsOf(drawn, startOfToday.value, { newFrom: state.newFrom.value }).flatMap(
            ({ message, day, grouped, lastMine }) => [
              message.key === state.newFrom.value && (
                // biome-ignore lint/a11y/useSemanticElements: a line with words in it
                <div key={`new ${message.key}`} role="separator" class="day new" aria-label={words.newMessages}>
                  <span>{words.newMessages}</span>
                </div>
              ),
              day !== null && (
                <p key={`day ${message.key}`} class="day">
                  <span>{day}</span>
                </p>
              ),
              message.kind === 'moved' ? (
                <p key={message.key} class="event">
                  {movedText(message)} <Standing verified={message.verified} caution={message.caution} />
                </p>
              ) : (
                <MessageItem
                  key={message.key}
                  message={message}
                  grouped={grouped}
                  lastMine={lastMine}
                  isStop={message.key === stop}
                  state={state}
                />
              ),
            ],
          )}
          {end < all.length && (
            <button type="button" class="button more" onClick={state.showLater}>
              {words.later}
            </button>
          )}
        </div>
      </div>
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: see above */}
      {/* biome-ignore-end lint/a11y/useKeyWithClickEvents: see above */}
      <ToTheEnd state={state} box={box} />
    </div>
  )
}
