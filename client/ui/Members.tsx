import type { Ref } from 'preact'
import type { Member } from '../room/types.ts'
import { Avatar } from './Avatar.tsx'
import { displayName } from './names.ts'
import type { RoomState } from './state.ts'
import { memberStateText, words } from './text.ts'

function MemberItem({ id, name, me, state }: Member) {
  return (
    <li class={`member ${state}`}>
      <Avatar id={id} name={name} />
      <span class="member-words">
        <span class="name">{displayName(name)}</span>{' '}
        <span class="member-state">
          {!me && <span class={`dot ${state}`} />}
          {memberStateText(state)}
        </span>
      </span>
    </li>
  )
}

interface Props {
  state: RoomState
  id: string
  /** Whether it is unfolded; only narrow windows fold it. */
  isOpen: boolean
  panel: Ref<HTMLElement>
}

/** Who is in the room: a side bar, or in a narrow window a panel. */
export function Members({ state, id, isOpen, panel }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: with many members it scrolls, and a keyboard must reach that
    <aside ref={panel} id={id} class={`members ${isOpen ? 'open' : ''}`} aria-label={words.members} tabIndex={0}>
      <h2>
        {words.members} <span class="count">{state.members.value.length}</span>
      </h2>
      <ul aria-label={words.members}>
        {state.members.value.map((member) => (
          <MemberItem key={member.id} {...member} />
        ))}
      </ul>
    </aside>
  )
}
