import { useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import type { Room } from '../room/types.ts'
import { CopyLink } from './CopyLink.tsx'
import { Dialog } from './Dialog.tsx'
import { inviteText, laterWords } from './later-text.ts'
import { NewLink } from './NewLink.tsx'
import { QrCode } from './QrCode.tsx'
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
      <input
        id={field}
        class="field"
        type="text"
        readOnly
        value={room.inviteUrl}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <CopyLink url={room.inviteUrl} />
      <div class="qr-place">
        <QrCode text={room.inviteUrl} />
      </div>
    </>
  )
}

/** How others come in, and a new link for when somebody should no longer. */
export function InviteDialog({ state, onClose }: { state: RoomState; onClose: () => void }) {
  const isMaking = useSignal(false)
  const isBack = useSignal(false)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isBack.value) button.current?.focus()
  }, [isBack.value])
  const turn = (toMaking: boolean) => {
    isMaking.value = toMaking
    isBack.value = !toMaking
  }
  if (isMaking.value)
    return (
      <Dialog title={laterWords.newLink} onClose={onClose}>
        <NewLink state={state} onBack={() => turn(false)} />
      </Dialog>
    )
  return (
    <Dialog title={laterWords.inviteTitle} onClose={onClose}>
      <Invitation room={state.room} />
      <section class="dialog-part">
        <p class="hint">{laterWords.newLinkWhy}</p>
        <button ref={button} type="button" class="button" onClick={() => turn(true)}>
          {laterWords.newLink}
        </button>
      </section>
    </Dialog>
  )
}
