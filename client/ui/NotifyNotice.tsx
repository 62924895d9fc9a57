import { useRef } from 'preact/hooks'
import { roomsWords } from '../texts/page/rooms-text.ts'
import { declined, mayAsk, turnOn } from './notifications.ts'

/** Gives the focus to what had it before, or to where one goes on in the room. */
function giveFocus(before: EventTarget | null): void {
  if (before instanceof HTMLElement) before.focus({ preventScroll: true })
  if (document.activeElement === before) return
  // On a touch screen the field would bring up the keyboard, over everything.
  const next = matchMedia('(hover: hover)').matches ? 'main textarea' : 'main [role="log"]'
  document.querySelector<HTMLElement>(next)?.focus({ preventScroll: true })
}

/** Asks once, after a message that nobody saw come, whether to tell of them. */
export function NotifyNotice() {
  /** What had the focus before a button here got it. */
  const before = useRef<EventTarget | null>(null)
  // With the answer the buttons go, and the focus would go with them.
  const answer = (act: () => unknown) => () => {
    giveFocus(before.current)
    act()
  }
  return (
    <div role="status" aria-label={roomsWords.notifications}>
      {mayAsk.value && (
        <div
          class="notice question"
          onFocusIn={({ currentTarget, relatedTarget }) => {
            const isInside = relatedTarget instanceof Node && currentTarget.contains(relatedTarget)
            if (!isInside) before.current = relatedTarget
          }}
        >
          <p>{roomsWords.ask}</p>
          <div class="button-row">
            <button type="button" class="button primary" onClick={answer(turnOn)}>
              {roomsWords.turnOn}
            </button>
            <button type="button" class="button" onClick={answer(declined)}>
              {roomsWords.notNow}
            </button>
          </div>
        </div>
      )}
    </div>
  )
}
