import { useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import type { Member } from '../room/types.ts'
import { Composer } from './Composer.tsx'
import { CloseIcon } from './Icons.tsx'
import { later, lazy, preloadLater } from './lazy.tsx'
import { Members } from './Members.tsx'
import { Messages } from './Messages.tsx'
import { MissingDialog } from './MissingDialog.tsx'
import { MovedNotice } from './MovedNotice.tsx'
import { RoomHeader } from './RoomHeader.tsx'
import type { RoomState } from './state.ts'
import { words } from './text.ts'

const ConnectionDialog = lazy((later) => later.ConnectionDialog, MissingDialog)
const InviteDialog = lazy((later) => later.InviteDialog, MissingDialog)
const JoinDialog = lazy((later) => later.JoinDialog, MissingDialog)
const RoomsDialog = lazy((later) => later.RoomsDialog, MissingDialog)
const SettingsDialog = lazy((later) => later.SettingsDialog, MissingDialog)

const Unsupported = lazy(
  (later) => later.Unsupported,
  () => <p class="problem">{words.notLoaded}</p>,
)

/** Short notices: what just happened, and what went wrong. */
function Notices({ state }: { state: RoomState }) {
  return (
    <div class="notices">
      <p role="status" aria-label={words.notices} class={state.notice.value ? 'notice' : ''}>
        {state.notice.value}
      </p>
      <div role="alert">
        {[state.trouble, state.caution].map(
          (alert) =>
            alert.value && (
              <p class="notice trouble">
                {alert.value}
                <button
                  type="button"
                  class="button quiet icon-only"
                  aria-label={words.dismiss}
                  onClick={() => {
                    alert.value = ''
                  }}
                >
                  <CloseIcon />
                </button>
              </p>
            ),
        )}
      </div>
      <MovedNotice state={state} />
      {later.value && <later.value.NotifyNotice />}
    </div>
  )
}

/** A room. */
export function RoomPage({ state }: { state: RoomState }) {
  const isSearching = useSignal(false)
  const searchButton = useRef<HTMLButtonElement>(null)
  const dialog = useSignal<'invite' | 'join' | 'rooms' | 'settings' | null>(null)
  const inspected = useSignal<{ member: Member | null } | null>(null)
  const membersOpen = useSignal(false)
  const membersButton = useRef<HTMLButtonElement>(null)
  const membersPanel = useRef<HTMLElement>(null)
  const membersId = useId()
  const closeDialog = () => {
    dialog.value = null
  }

  useEffect(() => {
    if (membersOpen.value) membersPanel.current?.focus()
  }, [membersOpen.value])

  // Once it is in the room, so that they open without the server, too.
  const { server } = state.connection.value
  const isSettled = server === 'connected' || server === 'away'
  useEffect(() => {
    if (isSettled) preloadLater()
  }, [isSettled])

  const Later = later.value
  // On a wide screen they stand beside the room.
  const isListed = Later !== null && Later.roomRows.value.length > 1
  const problem = state.connection.value.problem
  if (problem?.code === 'not-loaded' || problem?.code === 'no-webrtc')
    return <Unsupported code={problem.code} message={problem.message} />

  const foldMembers = () => {
    membersOpen.value = false
    membersButton.current?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape folds the panel from wherever the focus is
    <div
      class={`room ${isListed ? 'with-rooms' : ''}`}
      onKeyDown={({ key, target }) => {
        const isInDialog = target instanceof Element && target.closest('dialog') !== null
        if (key === 'Escape' && membersOpen.value && !isInDialog) foldMembers()
      }}
    >
      <RoomHeader
        state={state}
        membersId={membersId}
        membersOpen={membersOpen}
        membersButton={membersButton}
        isSearching={isSearching}
        searchButton={searchButton}
        open={(which) => {
          dialog.value = which
        }}
        inspect={() => {
          inspected.value = { member: null }
        }}
      />
      {isListed && Later && (
        <nav class="rooms-side" aria-label={words.rooms}>
          <Later.RoomList />
        </nav>
      )}
      <main
        class="room-main"
        onPointerDown={() => {
          membersOpen.value = false
        }}
      >
        <Notices state={state} />
        {Later && isSearching.value && (
          <Later.Search
            state={state}
            onClose={() => {
              isSearching.value = false
              searchButton.current?.focus()
            }}
          />
        )}
        <Messages
          state={state}
          joinByCode={() => {
            dialog.value = 'join'
          }}
        />
        {Later && <Later.Composing state={state} />}
        <Composer state={state} />
        {Later && <Later.MessageMenu state={state} />}
      </main>
      <Members
        state={state}
        inspect={(member) => {
          inspected.value = { member }
        }}
        id={membersId}
        isOpen={membersOpen.value}
        panel={membersPanel}
      />
      {inspected.value && (
        <ConnectionDialog
          state={state}
          member={inspected.value.member}
          onClose={() => {
            inspected.value = null
          }}
        />
      )}
      {dialog.value === 'invite' && (
        <InviteDialog
          state={state}
          onClose={closeDialog}
          joinByCode={() => {
            dialog.value = 'join'
          }}
        />
      )}
      {dialog.value === 'rooms' && <RoomsDialog onClose={closeDialog} />}
      {dialog.value === 'join' && <JoinDialog state={state} onClose={closeDialog} />}
      {dialog.value === 'settings' && <SettingsDialog state={state} onClose={closeDialog} />}
    </div>
  )
}
