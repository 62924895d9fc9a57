import { useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import type { Room } from '../room/types.ts'
import { inviteText, laterWords } from '../texts/page/later-text.ts'
import { words } from '../texts/page/text.ts'
import { CopyLink } from './CopyLink.tsx'
import { Dialog } from './Dialog.tsx'
import { InviteByCode } from './InviteByCode.tsx'
import { NewLink } from './NewLink.tsx'
import { QrCode } from './QrCode.tsx'
import { ShareLink } from './ShareLink.tsx'
import type { RoomState } from './state.ts'

/** The link that lets others in: to copy, and as a QR code. */
function Invitation({ room }: { room: Room }) {
  const field = useId()
  return (
    <>
      <p class="hint">{inviteText(room)}</p>
      <label class="label" for={field}>
        {laterWords.inviteLink}
      </label>
      <div class="field-row">
        <input
          id={field}
          class="field"
          type="text"
          readOnly
          value={room.inviteUrl}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <CopyLink url={room.inviteUrl} />
        <ShareLink url={room.inviteUrl} />
      </div>
      <div class="qr-place">
        <QrCode text={room.inviteUrl} />
      </div>
    </>
  )
}

/** A way on from the invitation, with what it is for. */
function Way({ why, action, primary = false, go }: { why: string; action: string; primary?: boolean; go: () => void }) {
  return (
    <section class="dialog-part">
      <p class="hint">{why}</p>
      <button type="button" class={primary ? 'button primary' : 'button'} onClick={go}>
        {action}
      </button>
    </section>
  )
}

interface Props {
  state: RoomState
  onClose: () => void
  joinByCode: () => void
}

/** How others come in, with the server or without it, and a new link for when somebody should no longer. */
export function InviteDialog({ state, onClose, joinByCode }: Props) {
  const way = useSignal<'code' | 'link' | null>(null)
  const content = useRef<HTMLDivElement>(null)
  const before = useRef<'code' | 'link' | null>(null)
  useEffect(() => {
    // Back to the button that led away.
    const action = before.current === 'code' ? laterWords.byCode : laterWords.newLink
    const buttons = [...(content.current?.querySelectorAll('button') ?? [])]
    if (before.current && !way.value) buttons.find(({ textContent }) => textContent === action)?.focus()
    before.current = way.value
  }, [way.value])
  const back = () => {
    way.value = null
  }
  if (way.value)
    return (
      <Dialog title={way.value === 'code' ? laterWords.byCode : laterWords.newLink} onClose={onClose}>
        {way.value === 'code' ? <InviteByCode state={state} onBack={back} /> : <NewLink state={state} onBack={back} />}
      </Dialog>
    )
  const isAway = state.connection.value.server === 'away'
  const byCode = (
    <Way
      why={isAway ? laterWords.byCodeWhyAway : laterWords.byCodeWhy}
      action={laterWords.byCode}
      primary={isAway}
      go={() => {
        way.value = 'code'
      }}
    />
  )
  return (
    <Dialog title={laterWords.inviteTitle} onClose={onClose}>
      <div ref={content} class="stack">
        {isAway && byCode}
        <Invitation room={state.room} />
        {!isAway && byCode}
        <Way
          why={laterWords.newLinkWhy}
          action={laterWords.newLink}
          go={() => {
            way.value = 'link'
          }}
        />
        <Way why={words.joinByCodeWhy} action={words.joinByCode} go={joinByCode} />
      </div>
    </Dialog>
  )
}
