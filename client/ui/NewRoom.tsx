import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { newRoomUrl } from '../earshot.ts'
import { words } from '../texts/page/text.ts'
import { PasswordField } from './PasswordField.tsx'
import { goTo } from './pages.ts'

/** The button that makes a room and leads there; on wish, the room asks for a password. */
export function NewRoom() {
  const field = useRef<HTMLInputElement>(null)
  const wantsPassword = useSignal(false)
  const problem = useSignal('')
  const start = (event: Event) => {
    event.preventDefault()
    if (!wantsPassword.value) return goTo(newRoomUrl(location.origin))
    const password = field.current?.value ?? ''
    if (password.trim() !== '') return goTo(newRoomUrl(location.origin, undefined, { password: true }), password)
    problem.value = words.noPassword
    field.current?.focus()
  }
  return (
    <form class="stack" noValidate onSubmit={start}>
      <button type="submit" class="button primary large">
        {words.newRoom}
      </button>
      <p class="hint">{words.newRoomHint}</p>
      <details
        class="disclosure"
        onToggle={({ currentTarget }) => {
          wantsPassword.value = currentTarget.open
          if (currentTarget.open) field.current?.focus()
        }}
      >
        <summary>{words.askPassword}</summary>
        <PasswordField
          field={field}
          autocomplete="new-password"
          hint={words.askPasswordHint}
          problem={problem.value}
          onInput={() => {
            problem.value = ''
          }}
        />
      </details>
    </form>
  )
}
