import { useSignal } from '@preact/signals'
import type { Ref } from 'preact'
import { useId } from 'preact/hooks'
import { words } from '../texts/page/text.ts'

interface Props {
  field: Ref<HTMLInputElement>
  problem?: string
  onInput?: () => void
  label?: string
  hint?: string
  /** `new-password` where one is chosen: it can be shown then, as a mistake would lock people out. */
  autocomplete?: 'current-password' | 'new-password'
}

/** A field for a password, with what is wrong with it, and what it is for. */
export function PasswordField({
  field,
  problem = '',
  onInput,
  label = words.password,
  hint,
  autocomplete = 'current-password',
}: Props) {
  const id = useId()
  const isShown = useSignal(false)
  const attributes = {
    ref: field,
    id,
    class: 'field',
    autocomplete,
    autocapitalize: 'none',
    spellcheck: false,
    'aria-describedby': hint ? `${id}-problem ${id}-hint` : `${id}-problem`,
    'aria-invalid': problem !== '',
    onInput,
  } as const
  return (
    <div class="join-form">
      <label class="label" for={id}>
        {label}
      </label>
      {isShown.value ? <input {...attributes} type="text" /> : <input {...attributes} type="password" />}
      {autocomplete === 'new-password' && (
        <label class="choice" for={`${id}-shown`}>
          <input
            id={`${id}-shown`}
            type="checkbox"
            onInput={({ currentTarget }) => {
              isShown.value = currentTarget.checked
            }}
          />
          {words.showPassword}
        </label>
      )}
      <p id={`${id}-problem`} class="problem" role="alert">
        {problem}
      </p>
      {hint && (
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      )}
    </div>
  )
}
