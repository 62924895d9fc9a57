import { useSignal } from '@preact/signals'
import type { FunctionComponent } from 'preact'
import { useEffect, useId } from 'preact/hooks'
import type { Room } from '../room/types.ts'
import { CopyLink } from './CopyLink.tsx'
import { Dialog } from './Dialog.tsx'
import { words } from './text.ts'

type QrCodeComponent = FunctionComponent<{ text: string }>

/** The link that lets others in: to copy, and as a QR code. */
export function InviteDialog({ room, onClose }: { room: Room; onClose: () => void }) {
  const field = useId()
  const qrCode = useSignal<{ Component: QrCodeComponent } | null>(null)
  useEffect(() => {
    // Without it, on a page older than the server's files, the link itself is still here.
    import('./QrCode.tsx').then(
      (module) => {
        qrCode.value = { Component: module.default }
      },
      () => {},
    )
  }, [])
  const QrCode = qrCode.value?.Component
  return (
    <Dialog title={words.inviteTitle} onClose={onClose}>
      <p class="hint">{room.isOpen ? words.inviteOpen : words.inviteKeyed}</p>
      <label class="label" for={field}>
        {words.inviteLink}
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
      <div class="qr-place">{QrCode && <QrCode text={room.inviteUrl} />}</div>
    </Dialog>
  )
}
