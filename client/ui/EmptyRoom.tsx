import { CopyLink } from './CopyLink.tsx'
import type { RoomState } from './state.ts'
import { words } from './text.ts'

/** What stands where messages will be: alone, the link to send; otherwise a word of encouragement. */
export function EmptyRoom({ state }: { state: RoomState }) {
  // Where one can't come in, or can't reach anybody, the status says what is the matter: nobody is invited there.
  const { server, problem } = state.connection.value
  if (server === 'away' || problem?.code === 'refused') return null
  const isAlone = !state.members.value.some(({ me }) => !me)
  return (
    <div class="empty-room">
      <div class="empty-rings" aria-hidden="true" />
      <h2>{isAlone ? words.aloneTitle : words.emptyTitle}</h2>
      <p>{isAlone ? words.aloneHint : words.emptyHint}</p>
      {isAlone && <CopyLink url={state.room.inviteUrl} />}
    </div>
  )
}
