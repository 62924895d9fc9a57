import { useSignal } from '@preact/signals'
import { useId, useRef } from 'preact/hooks'
import { MAX_NAME } from '../earshot.ts'
import { RoomError } from '../room/types.ts'
import { laterWords, nameTooLongText } from '../texts/page/later-text.ts'
import { shortcutWords } from '../texts/page/presence-text.ts'
import { Dialog } from './Dialog.tsx'
import { ExportSettings } from './ExportSettings.tsx'
import { IdentitySettings } from './IdentitySettings.tsx'
import { KeepingSettings } from './KeepingSettings.tsx'
import { NotifySettings } from './NotifySettings.tsx'
import { openRooms } from './open-rooms.ts'
import { PageCode } from './PageCode.tsx'
import { RelaySettings } from './RelaySettings.tsx'
import type { RoomState } from './state.ts'

function nameProblem(error: unknown, name: string): string {
  if (!(error instanceof RoomError)) throw error
  if (error.code === 'empty') return laterWords.noName
  return error.code === 'too-long' ? nameTooLongText(name.trim().length, MAX_NAME) : error.message
}

interface Props {
  state: RoomState
  onClose: () => void
  /** Shows which keys do what, in the place of this. */
  showShortcuts: () => void
}

/** One's own settings. The name is saved by Enter, "Save", or by leaving the field. */
export function SettingsDialog({ state, onClose, showShortcuts }: Props) {
  const { room } = state
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const name = useSignal(room.me.name)
  const problem = useSignal('')
  const saved = useSignal('')

  /** Returns whether the name is kept now. */
  const save = (): boolean => {
    try {
      if (name.value.trim() !== room.me.name) {
        room.setName(name.value)
        for (const { state: open } of openRooms.peek()) open.act((each) => each.setName(name.value))
        saved.value = laterWords.saved
      }
      problem.value = ''
      state.refresh()
      return true
    } catch (error) {
      saved.value = ''
      problem.value = nameProblem(error, name.value)
      return false
    }
  }
  const submit = (event: Event) => {
    event.preventDefault()
    if (save()) field.current?.closest('dialog')?.close()
    else field.current?.focus()
  }

  return (
    <Dialog title={laterWords.settingsTitle} onClose={onClose}>
      <form class="stack" noValidate onSubmit={submit}>
        <label class="label" for={id}>
          {laterWords.yourName}
        </label>
        <div class="field-row">
          <input
            ref={field}
            id={id}
            class="field"
            type="text"
            dir="auto"
            autocomplete="nickname"
            aria-describedby={`${id}-hint ${id}-problem`}
            aria-invalid={problem.value !== ''}
            value={name.value}
            onInput={({ currentTarget }) => {
              name.value = currentTarget.value
              saved.value = ''
            }}
            onBlur={save}
          />
          <button type="submit" class="button primary">
            {laterWords.save}
          </button>
        </div>
        <p id={`${id}-problem`} class="problem" role="alert">
          {problem.value}
        </p>
        <p id={`${id}-hint`} class="hint">
          {laterWords.yourNameHint}
        </p>
        <span role="status" class="visually-hidden">
          {saved.value}
        </span>
      </form>
      <NotifySettings />
      <KeepingSettings state={state} />
      <ExportSettings state={state} />
      <RelaySettings state={state} />
      <IdentitySettings />
      <PageCode />
      <section class="dialog-part">
        <button type="button" class="button" onClick={showShortcuts}>
          {shortcutWords.show}
        </button>
      </section>
    </Dialog>
  )
}
