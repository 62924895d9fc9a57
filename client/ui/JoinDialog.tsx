import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { laterWords } from '../texts/page/later-text.ts'
import { words } from '../texts/page/text.ts'
import { acceptCode, byCode } from './by-code.ts'
import { CodeIn } from './CodeIn.tsx'
import { CodeOut } from './CodeOut.tsx'
import { Dialog } from './Dialog.tsx'
import type { RoomState } from './state.ts'

/** Comes in by a code that a member made, and an answer to it. */
export function JoinDialog({ state, onClose }: { state: RoomState; onClose: () => void }) {
  const { acceptance, refusal } = byCode(state.room)
  const wasWaiting = useSignal(false)
  const waiting = acceptance.value
  useEffect(() => {
    // Connected: there is nothing more to do here.
    if (wasWaiting.value && !waiting && refusal.value === '') onClose()
    wasWaiting.value = waiting !== null
  }, [waiting])
  return (
    <Dialog title={words.joinByCode} onClose={onClose}>
      {waiting ? (
        <>
          <p class="hint">{laterWords.answerHint}</p>
          <CodeOut kind="answer" code={waiting.code} expiresAt={waiting.expiresAt} />
          <p role="status" aria-label={laterWords.progress} class="hint">
            {laterWords.waitingForThem}
          </p>
          <button
            type="button"
            class="button"
            onClick={() => {
              wasWaiting.value = false
              acceptance.value = null
              waiting.cancel()
            }}
          >
            {laterWords.otherCode}
          </button>
        </>
      ) : (
        <>
          <p class="hint">{laterWords.joinHint}</p>
          <CodeIn
            kind="invite"
            action={laterWords.makeAnswer}
            working={laterWords.makingCode}
            problem={refusal.value}
            autofocus
            take={async (text) => {
              await acceptCode(state, text)
              return ''
            }}
          />
        </>
      )}
    </Dialog>
  )
}
