import type { Ref } from 'preact'
import { useId } from 'preact/hooks'
import { words } from './text.ts'

interface Props {
  field: Ref<HTMLInputElement>
  problem: string
  onInput: () => void
  label?: string
  hint?: string
  /** `new-password` where one is chosen. */
  autocomplete?: 'current-password' | 'new-password'
}

/** A field for a password, with what is wrong with it, and what it is for. */
export function PasswordField({ field, problem, onInput, label = words.password, hint, autocomplete }: Props) {
  const id = useId()
  return (
    <div class="join-form">
      <label class="label" for={id}>
        {label}
      </label>
      <input
        ref={field}
        id={id}
        class="field"
        type="password"
        autocomplete={autocomplete ?? 'current-password'}
        aria-describedby={`${id}-problem ${id}-hint`}
        aria-invalid={problem !== ''}
        onInput={onInput}
      />
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
