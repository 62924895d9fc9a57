import { useRef } from 'preact/hooks'
import type { Member } from '../room/types.ts'
import { memberActionText, verifiedText } from '../texts/page/text.ts'
import { Dialog } from './Dialog.tsx'
import { VerifiedIcon } from './Icons.tsx'
import { SafetyNumber } from './SafetyNumber.tsx'
import type { RoomState } from './state.ts'

/** How to be certain who a member is. */
export function VerifyDialog({ state, member, onClose }: { state: RoomState; member: Member; onClose: () => void }) {
  const { id, name, verified } = member
  const content = useRef<HTMLDivElement>(null)
  return (
    <Dialog title={memberActionText('Verify', name)} onClose={onClose}>
      <div ref={content} class="stack verify">
        {verified && (
          <p class="verified-words">
            <VerifiedIcon />
            {verifiedText(name, true)}
          </p>
        )}
        <SafetyNumber
          room={state.room}
          member={member}
          onResult={async (isVerified) => {
            if (await state.attempt(state.room.setVerified(id, isVerified))) state.say(verifiedText(name, isVerified))
            content.current?.closest('dialog')?.close()
          }}
        />
      </div>
    </Dialog>
  )
}
