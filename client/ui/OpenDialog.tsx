import type { Signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { ConnectionDialog } from './ConnectionDialog.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import { JoinDialog } from './JoinDialog.tsx'
import { closing } from './opened.ts'
import { RoomsDialog } from './RoomsDialog.tsx'
import type { Opened } from './room-state.ts'
import { SettingsDialog } from './SettingsDialog.tsx'
import { ShortcutsDialog } from './ShortcutsDialog.tsx'
import type { RoomState } from './state.ts'
import { VerifyDialog } from './VerifyDialog.tsx'

export interface OpenDialogProps {
  state: RoomState
  /** Which one is open: one is. */
  opened: Signal<Opened | null>
}

function Drawn({ state, opened, dialog }: OpenDialogProps & { dialog: Opened }) {
  const onClose = closing(opened, dialog)
  const open = (kind: 'join' | 'shortcuts') => () => {
    opened.value = { kind }
  }
  switch (dialog.kind) {
    case 'connection':
      return <ConnectionDialog state={state} member={dialog.member} onClose={onClose} />
    case 'invite':
      return <InviteDialog state={state} onClose={onClose} joinByCode={open('join')} />
    case 'join':
      return <JoinDialog state={state} onClose={onClose} />
    case 'rooms':
      return <RoomsDialog onClose={onClose} />
    case 'settings':
      return <SettingsDialog state={state} onClose={onClose} showShortcuts={open('shortcuts')} />
    case 'shortcuts':
      return <ShortcutsDialog onClose={onClose} />
    case 'verify':
      return <VerifyDialog state={state} member={dialog.member} onClose={onClose} />
  }
}

/** Draws whichever dialog is open. */
export function OpenDialog({ state, opened }: OpenDialogProps) {
  // One dialog may lead to another: after the last of them the focus is where it was before the first.
  const opener = useRef(document.activeElement)
  useEffect(
    () => () => {
      const { activeElement } = document
      // A dialog that was just closed may have it still.
      const isFree = activeElement === document.body || activeElement?.closest('dialog') != null
      if (isFree && opener.current instanceof HTMLElement) opener.current.focus()
    },
    [],
  )
  const { value } = opened
  return value && <Drawn key={value} state={state} opened={opened} dialog={value} />
}
