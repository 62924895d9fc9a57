import { useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import type { Member } from '../room/types.ts'
import { laterWords } from '../texts/page/later-text.ts'
import { displayName } from '../texts/page/name-text.ts'
import { memberStateText } from '../texts/page/status-text.ts'
import { words } from '../texts/page/text.ts'
import { PasswordField } from './PasswordField.tsx'
import { moveTo } from './pages.ts'
import { Standing } from './Standing.tsx'
import type { RoomState } from './state.ts'

const canBeTold = ({ state }: Member): boolean => state !== 'connecting'
/** Whose name may be borrowed, or who is hidden, is chosen knowingly or not at all. */
const isMeant = (member: Member): boolean => canBeTold(member) && !member.hidden && !member.caution

/** Makes a new link for the room, for the members that one chooses, and goes there. */
export function NewLink({ state, onBack }: { state: RoomState; onBack: () => void }) {
  const { room } = state
  const id = useId()
  const hint = useRef<HTMLParagraphElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const problem = useSignal('')
  const others = state.members.value.filter(({ me }) => !me)
  // Who comes only now was not meant: whoever should stay out may be just about to come in.
  const chosen = useSignal<ReadonlySet<string>>(new Set(others.filter(isMeant).map(({ id }) => id)))
  useEffect(() => hint.current?.focus(), [])

  const choose = (member: string, isChosen: boolean) => {
    const next = new Set(chosen.value)
    if (isChosen) next.add(member)
    else next.delete(member)
    chosen.value = next
  }
  const make = (event: Event) => {
    event.preventDefault()
    const password = field.current?.value ?? ''
    if (room.hasPassword && password.trim() === '') {
      problem.value = words.noPassword
      field.current?.focus()
      return
    }
    const url = room.newLink({ members: [...chosen.value], password: room.hasPassword })
    moveTo(state, url, room.hasPassword ? password : undefined)
  }

  return (
    <form class="stack" noValidate onSubmit={make}>
      <p ref={hint} class="hint" tabIndex={-1}>
        {laterWords.newLinkHint}
      </p>
      <fieldset class="choices">
        <legend class="label">{laterWords.newLinkMembers}</legend>
        {others.length === 0 && <p class="hint">{laterWords.newLinkNobody}</p>}
        {others.map((member) => (
          <label key={member.id} class="choice" for={`${id}-${member.id}`}>
            <input
              id={`${id}-${member.id}`}
              type="checkbox"
              disabled={!canBeTold(member)}
              checked={canBeTold(member) && chosen.value.has(member.id)}
              onInput={({ currentTarget }) => choose(member.id, currentTarget.checked)}
            />
            <span class="name">{displayName(member.name)}</span>
            {member.hidden && <span class="hint">{words.hidden}</span>}
            <Standing verified={member.verified && !member.hidden} caution={member.caution} />
            {!canBeTold(member) && <span class="hint">{memberStateText(member.state, member.route)}</span>}
          </label>
        ))}
      </fieldset>
      {room.hasPassword && (
        <PasswordField
          field={field}
          label={laterWords.newPassword}
          hint={laterWords.newPasswordHint}
          autocomplete="new-password"
          problem={problem.value}
          onInput={() => {
            problem.value = ''
          }}
        />
      )}
      <div class="button-row">
        <button type="submit" class="button primary">
          {laterWords.makeNewLink}
        </button>
        <button type="button" class="button" onClick={onBack}>
          {laterWords.back}
        </button>
      </div>
    </form>
  )
}
