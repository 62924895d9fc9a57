import { useSignal } from '@preact/signals'
import { useId, useRef } from 'preact/hooks'
import { parseRoomUrl } from '../earshot.ts'
import { words } from '../texts/page/text.ts'
import { Card } from './Card.tsx'
import { lazy } from './lazy.tsx'
import { MissingDialog } from './MissingDialog.tsx'
import { NewRoom } from './NewRoom.tsx'
import { closing } from './opened.ts'
import { goTo } from './pages.ts'
import { roomUrlFor } from './route.ts'

/** The form that leads to the open room of a name, or to the room of a pasted link. */
function JoinForm() {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const problem = useSignal('')
  const join = (event: Event) => {
    event.preventDefault()
    const typed = field.current?.value ?? ''
    const url = roomUrlFor(typed, location.origin)
    const parsed = parseRoomUrl(url)
    problem.value = typed.trim() === '' ? words.noRoomName : parsed.ok ? '' : parsed.fault.message
    if (problem.value === '') goTo(url)
    else field.current?.focus()
  }
  return (
    <form class="join-form" noValidate onSubmit={join}>
      <label class="label" for={id}>
        {words.roomName}
      </label>
      <div class="field-row">
        <input
          ref={field}
          id={id}
          class="field"
          type="text"
          dir="auto"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          placeholder={words.roomNamePlaceholder}
          aria-describedby={`${id}-problem ${id}-hint`}
          aria-invalid={problem.value !== ''}
          onInput={() => {
            problem.value = ''
          }}
        />
        <button type="submit" class="button">
          {words.join}
        </button>
      </div>
      <p id={`${id}-problem`} class="problem" role="alert">
        {problem.value}
      </p>
      <p id={`${id}-hint`} class="hint">
        {words.openRoomHint}
      </p>
    </form>
  )
}

const YourRooms = lazy(
  (later) => later.YourRooms,
  () => null,
)
const NetworkDialog = lazy((later) => later.NetworkDialog, MissingDialog)

/** The start page: a new room, or an open one by its name. */
export function Start() {
  /** Another object each time that the network is checked. */
  const check = useSignal<object | null>(null)
  const facts = (
    <dl class="start-facts">
      {words.facts.map(([term, meaning]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  )
  return (
    <Card title={words.tagline} footer={facts}>
      <YourRooms />
      <p class="start-pitch">{words.pitch}</p>
      <NewRoom />
      <p class="start-or">{words.or}</p>
      <JoinForm />
      <button
        type="button"
        class="button quiet start-check"
        onClick={() => {
          check.value = {}
        }}
      >
        {words.checkNetwork}
      </button>
      {check.value && <NetworkDialog key={check.value} onClose={closing(check, check.value)} />}
    </Card>
  )
}
