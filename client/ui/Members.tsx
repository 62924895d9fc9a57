import type { FunctionComponent, Ref } from 'preact'
import type { Member } from '../room/types.ts'
import { displayName } from '../texts/page/name-text.ts'
import { memberStateText, unreachedText } from '../texts/page/status-text.ts'
import { formerNameText, hiddenNotice, memberActionText, words } from '../texts/page/text.ts'
import { Avatar } from './Avatar.tsx'
import { ConnectionIcon, HideIcon, ShowIcon, VerifyIcon } from './Icons.tsx'
import { later } from './lazy.tsx'
import { Standing } from './Standing.tsx'
import type { RoomState } from './state.ts'

interface ItemProps {
  member: Member
  /** Shows how one is connected. */
  inspect: () => void
  /** Shows what to compare. */
  verify: () => void
  setHidden: (hidden: boolean) => void
}

function MemberItem({ member, inspect, verify, setHidden }: ItemProps) {
  const { id, name, me, state, route, verdict, verified, hidden, formerName, caution } = member
  const action = (kind: 'Connection to' | 'Verify' | 'Hide' | 'Show', Icon: FunctionComponent, onClick: () => void) => {
    const label = memberActionText(kind, name)
    return (
      <button type="button" class="button quiet icon-only" aria-label={label} title={label} onClick={onClick}>
        <Icon />
      </button>
    )
  }
  return (
    <li class={`member ${state} ${hidden ? 'hidden' : ''}`}>
      <Avatar id={id} name={name} />
      <span class="member-words">
        <span class="member-name">
          <span class="name">{displayName(name)}</span> {hidden && <span class="member-state">{words.hidden}</span>}
          <Standing verified={verified && !hidden} caution={null} />
        </span>
        <span class="member-state">
          {!me && <span class={`dot ${state === 'connected' && route?.startsWith('relay') ? 'relayed' : state}`} />}
          {memberStateText(state, route)}
        </span>
        {verdict && <span class="member-state">{unreachedText(name, verdict)}</span>}
        {formerName !== null && <span class="member-state">{formerNameText(formerName)}</span>}
        <Standing verified={false} caution={caution} />
      </span>
      {!me && (
        <span class="member-actions">
          {action('Connection to', ConnectionIcon, inspect)}
          {!hidden && action('Verify', VerifyIcon, verify)}
          {hidden ? action('Show', ShowIcon, () => setHidden(false)) : action('Hide', HideIcon, () => setHidden(true))}
        </span>
      )}
    </li>
  )
}

interface Props {
  state: RoomState
  /** Shows how one is connected to a member. */
  inspect: (member: Member) => void
  /** Shows what to compare, to be certain who a member is. */
  verify: (member: Member) => void
  id: string
  /** Whether it is unfolded; only narrow windows fold it. */
  isOpen: boolean
  panel: Ref<HTMLElement>
}

/** Who is in the room, and what one can do about it: a side bar, or in a narrow window a panel. */
export function Members({ state, inspect, verify, id, isOpen, panel }: Props) {
  const setHidden = async ({ id, name }: Member, hidden: boolean) => {
    if (await state.attempt(state.room.setHidden(id, hidden))) state.say(hiddenNotice(name, hidden))
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: with many members it scrolls, and a keyboard must reach that
    <aside ref={panel} id={id} class={`members ${isOpen ? 'open' : ''}`} aria-label={words.members} tabIndex={0}>
      <h2>
        {words.members} <span class="count">{state.members.value.length}</span>
      </h2>
      <ul aria-label={words.members}>
        {state.members.value.map((each) => (
          <MemberItem
            key={each.id}
            member={each}
            inspect={() => inspect(each)}
            verify={() => verify(each)}
            setHidden={(hidden) => setHidden(each, hidden)}
          />
        ))}
      </ul>
      {later.value && <later.value.AbsentList state={state} />}
    </aside>
  )
}
