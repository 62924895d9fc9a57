import { words } from '../texts/page/text.ts'
import { CopyLink } from './CopyLink.tsx'
import type { RoomState } from './state.ts'

/** What stands where messages will be: alone, the link to send; otherwise a word of encouragement. */
export function EmptyRoom({ state, joinByCode }: { state: RoomState; joinByCode: () => void }) {
  // Where one can't come in the status says what is the matter: nobody is invited there.
  const { server, problem } = state.connection.value
  if (problem && ['refused', 'failed'].includes(problem.code)) return null
  if (server === 'preparing' || server === 'connecting')
    return (
      <div class="empty-room">
        <div class="empty-rings" aria-hidden="true" />
        <p>{words.opening}</p>
      </div>
    )
  const isAlone = !state.members.value.some(({ me }) => !me)
  const byCode = (
    <button type="button" class="button quiet" onClick={joinByCode}>
      {words.joinByCode}
    </button>
  )
  if (server === 'away' && isAlone)
    return (
      <div class="empty-room">
        <h2>{words.awayTitle}</h2>
        <p>{words.awayHint}</p>
        {byCode}
      </div>
    )
  return (
    <div class="empty-room">
      <div class="empty-rings" aria-hidden="true" />
      <h2>{isAlone ? words.aloneTitle : words.emptyTitle}</h2>
      <p>{isAlone ? words.aloneHint : words.emptyHint}</p>
      {isAlone && <CopyLink url={state.room.inviteUrl} />}
      {isAlone && <p class="by-code">{words.joinByCodeWhy}</p>}
      {isAlone && byCode}
    </div>
  )
}
