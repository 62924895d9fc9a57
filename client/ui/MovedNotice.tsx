import { goTo } from './pages.ts'
import type { RoomState } from './state.ts'
import { movedNotice, words } from './text.ts'

/** Says that somebody made a new link for the room and gave it to oneself, and leads there. */
export function MovedNotice({ state }: { state: RoomState }) {
  const move = state.move.value
  return (
    <div role="alert">
      {move && (
        <div class="notice moved">
          <p>{movedNotice(move.member)}</p>
          <div class="button-row">
            <button type="button" class="button primary" onClick={() => goTo(move.url)}>
              {words.goThere}
            </button>
            <button
              type="button"
              class="button"
              onClick={() => {
                state.move.value = null
              }}
            >
              {words.stay}
            </button>
          </div>
        </div>
      )}
    </div>
  )
}
