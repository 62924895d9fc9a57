import { movedNotice, words } from '../texts/page/text.ts'
import { moveTo } from './pages.ts'
import { Standing } from './Standing.tsx'
import type { RoomState } from './state.ts'

/** Says that somebody made a new link for the room and gave it to oneself, and leads there. */
export function MovedNotice({ state }: { state: RoomState }) {
  const move = state.move.value
  // What is known of them may be known better by now.
  const member = state.members.value.find(({ id }) => id === move?.member.id) ?? move?.member
  return (
    <div role="alert">
      {move && member && (
        <div class="notice question urgent">
          <p>
            {movedNotice(member)} <Standing verified={member.verified} caution={member.caution} />
          </p>
          <div class="button-row">
            <button
              type="button"
              class={`button ${member.caution ? '' : 'primary'}`}
              onClick={() => moveTo(state, move.url)}
            >
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
