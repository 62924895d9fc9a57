import type { Signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { Member } from '../room/types.ts'
import { lazy } from './lazy.tsx'
import { MissingDialog } from './MissingDialog.tsx'
import type { RoomState } from './state.ts'

/** The dialog that is open over a room. */
export type Opened =
  | { readonly kind: 'invite' | 'join' | 'rooms' | 'settings' | 'shortcuts' }
  /** How one is connected to a member; null: why somebody can't be reached. */
  | { readonly kind: 'connection'; readonly member: Member | null }

const ConnectionDialog = lazy((later) => later.ConnectionDialog, MissingDialog)
const InviteDialog = lazy((later) => later.InviteDialog, MissingDialog)
const JoinDialog = lazy((later) => later.JoinDialog, MissingDialog)
const RoomsDialog = lazy((later) => later.RoomsDialog, MissingDialog)
const SettingsDialog = lazy((later) => later.SettingsDialog, MissingDialog)
const ShortcutsDialog = lazy((later) => later.ShortcutsDialog, MissingDialog)

/** Draws whichever dialog is open. */
export function OpenDialog({ state, opened }: { state: RoomState; opened: Signal<Opened | null> }) {
  const { value } = opened
  // One dialog may lead to another: after the last of them the focus is where it was before the first.
  const opener = useRef<Element | null>(null)
  if (value) opener.current ??= document.activeElement
  useEffect(() => {
    if (value) return
    const { current } = opener
    opener.current = null
    if (document.activeElement === document.body && current instanceof HTMLElement) current.focus()
  }, [value])
  const onClose = () => {
    // One that was opened out of this one stays.
    if (opened.value === value) opened.value = null
  }
  const open = (kind: 'join' | 'shortcuts') => () => {
    opened.value = { kind }
  }
  switch (value?.kind) {
    case 'connection':
      return <ConnectionDialog state={state} member={value.member} onClose={onClose} />
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
    default:
      return null
  }
}
