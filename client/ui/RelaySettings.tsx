import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { RoomError } from '../room/types.ts'
import { laterWords } from '../texts/page/later-text.ts'
import { relaysText } from '../texts/page/status-text.ts'
import type { RoomState } from './state.ts'

/** Whether others may see one's address, or relays only are used. */
export function RelaySettings({ state }: { state: RoomState }) {
  const { room } = state
  const id = useId()
  const problem = useSignal('')
  const { fixed } = room.relaysOnly
  const isMissing = state.connection.value.relays === 'missing'
  const choose = async (input: HTMLInputElement) => {
    problem.value = ''
    try {
      await room.setRelaysOnly(input.checked)
    } catch (error) {
      if (!(error instanceof RoomError)) throw error
      problem.value = error.message
    }
    // It shows what is so, whatever was asked for.
    input.checked = room.relaysOnly.on
  }
  return (
    <section class="dialog-part" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{laterWords.relaying}</h3>
      <label class="choice">
        <input
          type="checkbox"
          checked={room.relaysOnly.on}
          disabled={fixed}
          aria-describedby={`${id}-what`}
          onInput={({ currentTarget }) => void choose(currentTarget)}
        />
        <span>{laterWords.relaysOnly}</span>
      </label>
      <p id={`${id}-what`} class="hint">
        {fixed ? laterWords.relaysOnlyFixed : laterWords.relaysOnlyWhat}
      </p>
      <p class="problem" role="alert">
        {problem.value || (isMissing ? relaysText(state.connection.value, room.relaysOnly) : '')}
      </p>
    </section>
  )
}
