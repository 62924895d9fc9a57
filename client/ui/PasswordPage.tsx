import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { parseRoomUrl } from '../earshot.ts'
import { laterWords } from '../texts/page/later-text.ts'
import { displayName } from '../texts/page/name-text.ts'
import { words } from '../texts/page/text.ts'
import { Card } from './Card.tsx'
import { PasswordField } from './PasswordField.tsx'
import { follow, tryPassword } from './pages.ts'

/** Asks for the password of the room at a URL, and joins with it. */
export function PasswordPage({ url }: { url: string }) {
  const field = useRef<HTMLInputElement>(null)
  const problem = useSignal('')
  const parsed = parseRoomUrl(url)
  const name = parsed.ok ? parsed.address.name : ''
  useEffect(() => field.current?.focus(), [name])
  const join = (event: Event) => {
    event.preventDefault()
    const password = field.current?.value ?? ''
    if (password.trim() !== '') return tryPassword(password)
    problem.value = words.noPassword
    field.current?.focus()
  }
  return (
    <Card title={laterWords.passwordTitle}>
      <p class="start-pitch name">{displayName(name)}</p>
      <form class="stack" noValidate onSubmit={join}>
        <PasswordField
          field={field}
          problem={problem.value}
          hint={laterWords.passwordHint}
          onInput={() => {
            problem.value = ''
          }}
        />
        <div class="button-row">
          <button type="submit" class="button primary">
            {words.join}
          </button>
          <a class="button" href="/" onClick={follow}>
            {words.startPage}
          </a>
        </div>
      </form>
    </Card>
  )
}
