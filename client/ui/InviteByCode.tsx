import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { connectedText, laterWords } from '../texts/page/later-text.ts'
import { byCode, faultText } from './by-code.ts'
import { CodeIn } from './CodeIn.tsx'
import { CodeOut } from './CodeOut.tsx'
import type { RoomState } from './state.ts'

/** Lets somebody in by a code and its answer, which people carry. */
export function InviteByCode({ state, onBack }: { state: RoomState; onBack: () => void }) {
  const { room } = state
  const { invitation } = byCode(room)
  const hint = useRef<HTMLParagraphElement>(null)
  const problem = useSignal('')
  const isMaking = useSignal(false)
  const isExpired = useSignal((invitation.value?.expiresAt ?? 0) <= Date.now())
  const isGone = useRef(false)

  const make = async () => {
    if (isMaking.value) return
    isMaking.value = true
    problem.value = ''
    try {
      const made = await room.invite()
      invitation.value = made
      isExpired.value = false
    } catch (error) {
      problem.value = faultText(error)
    }
    isMaking.value = false
  }
  useEffect(() => {
    hint.current?.focus()
    if (isExpired.value) void make()
    return () => {
      isGone.current = true
    }
  }, [])

  const take = async (text: string): Promise<string> => {
    const { name } = await room.takeAnswer(text)
    if (isGone.current) state.say(connectedText(name))
    return connectedText(name)
  }

  return (
    <>
      <p ref={hint} class="hint" tabIndex={-1}>
        {laterWords.byCodeHint}
      </p>
      <section class="dialog-part code-part">
        <h3>{laterWords.byCodeGive}</h3>
        {invitation.value && !isExpired.value && (
          <CodeOut
            kind="invite"
            code={invitation.value.code}
            expiresAt={invitation.value.expiresAt}
            onExpired={() => {
              isExpired.value = true
            }}
          />
        )}
        <p role="status" aria-label={laterWords.inviteCode.label} class="hint">
          {isMaking.value ? laterWords.makingCode : isExpired.value && invitation.value ? laterWords.codeExpired : ''}
        </p>
        <p class="problem" role="alert">
          {problem.value}
        </p>
        <button type="button" class="button" aria-disabled={isMaking.value} onClick={make}>
          {laterWords.newCode}
        </button>
        <p class="hint">{laterWords.newCodeHint}</p>
      </section>
      <section class="dialog-part code-part">
        <h3>{laterWords.byCodeTake}</h3>
        <CodeIn kind="answer" action={laterWords.connect} working={laterWords.connecting} take={take} />
      </section>
      <button type="button" class="button" onClick={onBack}>
        {laterWords.back}
      </button>
    </>
  )
}
