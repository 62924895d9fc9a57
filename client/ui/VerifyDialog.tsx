import { useSignal } from '@preact/signals'
import type { FunctionComponent } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Member, Room } from '../room/types.ts'
import { memberActionText, verifiedText, words } from '../texts/page/text.ts'
import { Dialog } from './Dialog.tsx'
import { VerifiedIcon } from './Icons.tsx'
import type { RoomState } from './state.ts'

type SafetyNumberComponent = FunctionComponent<{
  room: Room
  member: Member
  onResult: (verified: boolean) => void
}>

/** How to be certain who a member is. */
export function VerifyDialog({ state, member, onClose }: { state: RoomState; member: Member; onClose: () => void }) {
  const { id, name, verified } = member
  const content = useRef<HTMLDivElement>(null)
  const loaded = useSignal<{ Component: SafetyNumberComponent } | null>(null)
  useEffect(() => {
    import('./knowing.ts').then(
      ({ SafetyNumber }) => {
        loaded.value = { Component: SafetyNumber }
      },
      () => {
        state.trouble.value = words.notLoaded
        onClose()
      },
    )
  }, [])
  const SafetyNumber = loaded.value?.Component
  return (
    <Dialog title={memberActionText('Verify', name)} onClose={onClose}>
      <div ref={content} class="stack verify">
        {verified && (
          <p class="verified-words">
            <VerifiedIcon />
            {verifiedText(name, true)}
          </p>
        )}
        {SafetyNumber && (
          <SafetyNumber
            room={state.room}
            member={member}
            onResult={async (isVerified) => {
              if (await state.attempt(state.room.setVerified(id, isVerified))) state.say(verifiedText(name, isVerified))
              content.current?.closest('dialog')?.close()
            }}
          />
        )}
      </div>
    </Dialog>
  )
}
