import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { EmptyRoom } from './EmptyRoom.tsx'
import { DownIcon } from './Icons.tsx'
import { MessageItem } from './MessageItem.tsx'
import { rowsOf } from './rows.ts'
import { Standing } from './Standing.tsx'
import { ScrollKeeper } from './scroll.ts'
import type { RoomState } from './state.ts'
import { movedText, number, words } from './text.ts'

/** A line of a mouse wheel that counts in lines, in CSS pixels. */
const LINE = 24

/** Keeps the reader's place in the scrolling box of the conversation. */
function useReaderPlace(state: RoomState) {
  const box = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const keeper = useRef<ScrollKeeper>(null)
  const settle = () => keeper.current?.settle(state.following.peek())

  // Before the browser draws: what was inserted above must not be seen to push.
  useLayoutEffect(() => {
    if (!keeper.current && box.current)
      keeper.current = new ScrollKeeper(box.current, {
        end: (isAtEnd) => {
          const isAll = state.range.peek().end === state.messages.peek().length
          if (isAtEnd && isAll) state.follow()
          else state.stay()
        },
        near: (edge) => (edge === 'top' ? state.showEarlier() : state.showLater()),
      })
    settle()
  })
  // Drawn already: what was asked for is among it.
  useLayoutEffect(() => {
    const { value } = state.goal
    if (!value) return
    const goal = [...(content.current?.children ?? [])].find(
      (element) => element instanceof HTMLElement && element.dataset.key === value.key,
    )
    if (!(goal instanceof HTMLElement)) return
    goal.scrollIntoView({ block: 'center' })
    goal.focus({ preventScroll: true })
    keeper.current?.hold()
  }, [state.goal.value])
  useEffect(() => {
    const sizes = new ResizeObserver(settle)
    if (box.current) sizes.observe(box.current)
    if (content.current) sizes.observe(content.current)
    return () => sizes.disconnect()
  }, [])
  return { box, content, keeper }
}

/** Arrow keys lead from what one can do with a message to the same of its neighbours. */
function moveBetweenMessages(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const { target, currentTarget, key } = event
  if (!(target instanceof HTMLElement) || !target.matches('.message-actions, article')) return
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return
  const all = [...currentTarget.querySelectorAll<HTMLElement>('.message-actions')]
  const own = target.querySelector('.message-actions')
  const next = all[all.findIndex((each) => each === target || each === own) + (key === 'ArrowUp' ? -1 : 1)]
  event.preventDefault()
  next?.focus()
}

/** The button that leads back to the end, with how many messages wait there. */
function ToTheEnd({ state, box }: { state: RoomState; box: RefObject<HTMLElement | null> }) {
  if (state.following.value) return null
  const unread = state.unread.value
  return (
    <button
      type="button"
      class={`button to-the-end ${unread > 0 ? 'primary' : ''}`}
      onClick={() => {
        state.follow()
        // The button goes away, and the focus must not go with it.
        box.current?.focus()
      }}
      // It lies over the messages: turning the wheel on it is meant for them.
      onWheel={({ deltaY, deltaMode }) => box.current?.scrollBy(0, deltaMode === 0 ? deltaY : deltaY * LINE)}
    >
      <DownIcon />
      {unread > 0 ? words.newMessages : words.latest}
      {unread > 0 && <span class="badge">{number(unread)}</span>}
    </button>
  )
}

/** The conversation. */
export function Messages({ state, joinByCode }: { state: RoomState; joinByCode: () => void }) {
  const { box, content, keeper } = useReaderPlace(state)
  const all = state.messages.value
  const { start, end } = state.range.value
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
      >
        <div ref={content} class="messages-content">
          {all.length === 0 && <EmptyRoom state={state} joinByCode={joinByCode} />}
          {start > 0 && (
            <button type="button" class="button more" onClick={state.showEarlier}>
              {words.earlier}
            </button>
          )}
          {rowsOf(all.slice(start, end), Date.now()).flatMap(({ message, day, grouped, lastMine }, index) => [
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
                isLast={index === end - start - 1}
                state={state}
              />
            ),
          ])}
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
