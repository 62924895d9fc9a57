import { useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import { RoomError } from '../room/types.ts'
import { forgetText, keepingText, laterWords } from '../texts/page/later-text.ts'
import type { RoomState } from './state.ts'

/** Says what forgetting does, and does it. */
function ForgetForm({ state, onCancel }: { state: RoomState; onCancel: () => void }) {
  const cancel = useRef<HTMLButtonElement>(null)
  const problem = useSignal('')
  useEffect(() => cancel.current?.focus(), [])
  const forget = async (event: Event) => {
    event.preventDefault()
    problem.value = ''
    try {
      await state.room.forget()
    } catch (error) {
      if (!(error instanceof RoomError)) throw error
      problem.value = error.message
    }
  }
  return (
    <form class="stack" noValidate onSubmit={forget}>
      <p>{forgetText(state.room)}</p>
      <p class="problem" role="alert">
        {problem.value}
      </p>
      <div class="button-row">
        <button type="submit" class="button primary danger">
          {laterWords.forgetNow}
        </button>
        <button ref={cancel} type="button" class="button" onClick={onCancel}>
          {laterWords.cancel}
        </button>
      </div>
    </form>
  )
}

/** What of the room stays on this device, and whether it does. */
export function KeepingSettings({ state }: { state: RoomState }) {
  const id = useId()
  const forget = useRef<HTMLButtonElement>(null)
  const isForgetting = useSignal(false)
  const problem = useSignal('')
  const keeping = state.keeping.value
  const keep = async (input: HTMLInputElement) => {
    problem.value = ''
    try {
      await state.room.setKeeping(input.checked)
    } catch (error) {
      if (!(error instanceof RoomError)) throw error
      problem.value = error.message
    }
    // It shows what is so, whatever was asked for.
    input.checked = state.room.keeping.on
  }
  return (
    <section class="dialog-part" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{laterWords.keeping}</h3>
      <label class="choice">
        <input
          type="checkbox"
          checked={keeping.on}
          aria-describedby={`${id}-what`}
          onInput={({ currentTarget }) => void keep(currentTarget)}
        />
        <span>{laterWords.keep}</span>
      </label>
      <p id={`${id}-what`}>{keepingText(keeping, state.messages.value.length, state.room)}</p>
      <p class="problem" role="alert">
        {problem.value}
      </p>
      <p class="hint">{laterWords.keptAnyway}</p>
      <button
        ref={forget}
        type="button"
        class="button danger"
        aria-expanded={isForgetting.value}
        onClick={() => {
          isForgetting.value = !isForgetting.value
        }}
      >
        {laterWords.forget}
      </button>
      {isForgetting.value && (
        <ForgetForm
          state={state}
          onCancel={() => {
            isForgetting.value = false
            forget.current?.focus()
          }}
        />
      )}
    </section>
  )
}
