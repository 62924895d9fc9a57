import { useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import { words } from '../texts/page/text.ts'
import { Composer } from './Composer.tsx'
import { CloseIcon } from './Icons.tsx'
import { later, lazy, preloadLater } from './lazy.tsx'
import { Members } from './Members.tsx'
import { Messages } from './Messages.tsx'
import { MissingDialog } from './MissingDialog.tsx'
import { Notices } from './Notices.tsx'
import type { OpenDialogProps } from './OpenDialog.tsx'
import { closing } from './opened.ts'
import { RoomHeader } from './RoomHeader.tsx'
import type { Opened } from './room-state.ts'
import type { SearchProps } from './Search.tsx'
import { useShortcuts } from './shortcuts.ts'
import type { RoomState } from './state.ts'

const Unsupported = lazy(
  (later) => later.Unsupported,
  () => <p class="problem">{words.notLoaded}</p>,
)

const OpenDialog = lazy(
  (later) => later.OpenDialog,
  ({ opened }: OpenDialogProps) =>
    opened.value && <MissingDialog key={opened.value} onClose={closing(opened, opened.value)} />,
)

const Search = lazy(
  (later) => later.Search,
  ({ onClose }: SearchProps) => (
    <div class="search">
      <p class="problem">{words.notLoaded}</p>
      <button type="button" class="button quiet icon-only" aria-label={words.close} onClick={onClose}>
        <CloseIcon />
      </button>
    </div>
  ),
)

/** A room. */
export function RoomPage({ state }: { state: RoomState }) {
  const opened = useSignal<Opened | null>(null)
  const isSearching = useSignal(false)
  /** What had the focus before one searched. */
  const searchFrom = useRef<Element | null>(null)
  const membersOpen = useSignal(false)
  const membersButton = useRef<HTMLButtonElement>(null)
  const membersPanel = useRef<HTMLElement>(null)
  const main = useRef<HTMLElement>(null)
  const membersId = useId()
  const open = (dialog: Opened) => {
    opened.value = dialog
  }
  const foldMembers = () => {
    membersOpen.value = false
    membersButton.current?.focus()
  }

  if (isSearching.value) searchFrom.current ??= document.activeElement
  else searchFrom.current = null
  const endSearch = () => {
    isSearching.value = false
    const { current } = searchFrom
    if (current instanceof HTMLElement) current.focus()
  }

  useEffect(() => {
    if (membersOpen.value) membersPanel.current?.focus()
  }, [membersOpen.value])
  useShortcuts({
    list: () => open({ kind: 'shortcuts' }),
    search: () => {
      isSearching.value = true
      main.current?.querySelector<HTMLElement>('[type="search"]')?.focus()
    },
    write: () => (membersOpen.value ? foldMembers() : main.current?.querySelector('textarea')?.focus()),
  })
  // Once it is in the room, so that they open without the server, too.
  const { server, problem } = state.connection.value
  const isSettled = server === 'connected' || server === 'away'
  useEffect(() => {
    if (isSettled) preloadLater()
  }, [isSettled])

  if (problem?.code === 'not-loaded' || problem?.code === 'no-webrtc')
    return <Unsupported code={problem.code} message={problem.message} />

  const Later = later.value
  // On a wide screen they stand beside the room.
  const isListed = Later !== null && Later.roomRows.value.length > 1
  return (
    <div class={`room ${isListed ? 'with-rooms' : ''}`}>
      <RoomHeader
        state={state}
        membersId={membersId}
        membersOpen={membersOpen}
        membersButton={membersButton}
        isSearching={isSearching}
        open={(kind) => open({ kind })}
        inspect={() => open({ kind: 'connection', member: null })}
      />
      {isListed && (
        <nav class="rooms-side" aria-label={words.rooms}>
          <Later.RoomsHead />
          <Later.RoomList />
        </nav>
      )}
      <main
        ref={main}
        class="room-main"
        onPointerDown={() => {
          membersOpen.value = false
        }}
      >
        <Notices state={state} />
        {isSearching.value && <Search state={state} onClose={endSearch} />}
        <Messages state={state} joinByCode={() => open({ kind: 'join' })} />
        <Composer state={state} />
        {Later && <Later.MessageMenu state={state} />}
      </main>
      <Members
        state={state}
        inspect={(member) => open({ kind: 'connection', member })}
        verify={(member) => open({ kind: 'verify', member })}
        id={membersId}
        isOpen={membersOpen.value}
        panel={membersPanel}
      />
      {opened.value && <OpenDialog state={state} opened={opened} />}
    </div>
  )
}
