import { useMemo, useRef } from 'preact/hooks'
import type { Member } from '../room/types.ts'
import { displayName } from '../texts/page/name-text.ts'
import { presenceWords, seenText } from '../texts/page/presence-text.ts'
import { Avatar } from './Avatar.tsx'
import { type Absent, absentOf } from './absent.ts'
import { aboutNow } from './minute.ts'
import type { RoomState } from './state.ts'

/** Notes who leaves while this is drawn. */
function useLeft(members: readonly Member[]): ReadonlyMap<string, Absent> {
  const before = useRef<readonly Member[]>([])
  const left = useRef(new Map<string, Absent>())
  if (before.current !== members) {
    const here = new Set(members.map(({ id }) => id))
    for (const { id, name, me, hidden } of before.current)
      if (!me && !hidden && !here.has(id)) left.current.set(id, { id, name, seenAt: Date.now() })
    before.current = members
  }
  return left.current
}

/** Who was here and is not now, with when they were last heard of. Nothing of it is kept. */
export function AbsentList({ state }: { state: RoomState }) {
  const members = state.members.value
  const messages = state.messages.value
  const left = useLeft(members)
  const absent = useMemo(() => absentOf(messages, members, left), [messages.at(-1)?.key, members])
  if (absent.length === 0) return null
  return (
    <details class="absent">
      <summary>{presenceWords.before(absent.length)}</summary>
      <ul aria-label={presenceWords.list}>
        {absent.map(({ id, name, seenAt }) => (
          <li key={id} class="member hidden">
            <Avatar id={id} name={name} />
            <span class="member-words">
              <span class="member-name">
                <span class="name">{displayName(name)}</span>
              </span>
              <span class="member-state">{seenText(seenAt, aboutNow.value)}</span>
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
