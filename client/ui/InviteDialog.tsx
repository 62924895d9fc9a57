import { useId } from 'preact/hooks'
import type { Room } from '../room/types.ts'
import { CopyLink } from './CopyLink.tsx'
import { Dialog } from './Dialog.tsx'
import { inviteText, laterWords } from './later-text.ts'
import { QrCode } from './QrCode.tsx'

/** The link that lets others in: to copy, and as a QR code. */
export function InviteDialog({ room, onClose }: { room: Room; onClose: () => void }) {
  const field = useId()
  return (
    <Dialog title={laterWords.inviteTitle} onClose={onClose}>
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
    </Dialog>
  )
}
