import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { ScrollKeeper } from './scroll.ts'
import type { RoomState } from './state.ts'

/** The element that shows the message of a key, or null. */
function elementOf(content: Element | null, key: string): HTMLElement | null {
  for (const element of content?.children ?? [])
    if (element instanceof HTMLElement && element.dataset.key === key) return element
  return null
}

/** A message that one came for is marked this long where it doesn't have the focus, in milliseconds. */
const MARKED = 4_000

/** Marks a message as the one that was asked for: until the focus leaves it, or for a while. */
function mark(goal: HTMLElement, hasFocus: boolean): void {
  const unmark = () => delete goal.dataset.goal
  goal.dataset.goal = ''
  if (hasFocus) goal.addEventListener('blur', unmark, { once: true })
  else setTimeout(unmark, MARKED)
}

/** Keeps the reader's place in the scrolling box of the conversation. */
export function useReaderPlace(state: RoomState) {
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
    const goal = elementOf(content.current, value.key)
    if (!goal) return
    goal.scrollIntoView({ block: 'center' })
    if (value.focus) goal.focus({ preventScroll: true })
    mark(goal, value.focus)
    keeper.current?.hold()
    keeper.current?.resized()
  }, [state.goal.value])
  // Back in the room, the reader finds the place that they left.
  useLayoutEffect(() => {
    const { place } = state
    const there = place && elementOf(content.current, place.key)
    if (place && there && box.current && !state.following.peek()) {
      box.current.scrollTop +=
        there.getBoundingClientRect().top - box.current.getBoundingClientRect().top - place.offset
      keeper.current?.hold()
    }
    return () => {
      state.place = keeper.current?.place() ?? null
    }
  }, [])
  useEffect(() => {
    const sizes = new ResizeObserver(() => {
      settle()
      keeper.current?.resized()
    })
    if (box.current) sizes.observe(box.current)
    if (content.current) sizes.observe(content.current)
    return () => sizes.disconnect()
  }, [])
  return { box, content, keeper }
}
