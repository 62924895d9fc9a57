import { words } from '../texts/page/text.ts'
import { CloseIcon } from './Icons.tsx'
import { later } from './lazy.tsx'
import type { RoomState } from './state.ts'

/** Short notices: what just happened, and what went wrong. */
export function Notices({ state }: { state: RoomState }) {
  return (
    <div class="notices">
      <p role="status" aria-label={words.notices} class={state.notice.value ? 'notice' : ''}>
        {state.notice.value}
      </p>
      <div role="alert">
        {[state.trouble, state.caution].map(
          (alert) =>
            alert.value && (
              <p class="notice trouble">
                {alert.value}
                <button
                  type="button"
                  class="button quiet icon-only"
                  aria-label={words.dismiss}
                  onClick={() => {
                    alert.value = ''
                  }}
                >
                  <CloseIcon />
                </button>
              </p>
            ),
        )}
      </div>
      {later.value && <later.value.MovedNotice state={state} />}
      {later.value && <later.value.NotifyNotice />}
    </div>
  )
}
