import { useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import { codeLeftText, laterWords } from '../texts/page/later-text.ts'
import { CopyLink } from './CopyLink.tsx'
import { QrCode } from './QrCode.tsx'

/** How often what is left is worked out anew, in milliseconds. */
const TICK = 1_000

interface Props {
  kind: 'invite' | 'answer'
  code: string
  expiresAt: number
  /** Called once when it has expired. */
  onExpired?: () => void
}

/** A code to be given to somebody: as text, as a QR code, and how long it works. */
export function CodeOut({ kind, code, expiresAt, onExpired }: Props) {
  const field = useId()
  const textarea = useRef<HTMLTextAreaElement>(null)
  const left = useSignal(expiresAt - Date.now())
  useEffect(() => {
    textarea.current?.focus({ preventScroll: true })
    left.value = expiresAt - Date.now()
    const timer = setInterval(() => {
      left.value = expiresAt - Date.now()
      if (left.value > 0) return
      clearInterval(timer)
      onExpired?.()
    }, TICK)
    return () => clearInterval(timer)
  }, [code])
  const words = laterWords[kind === 'invite' ? 'inviteCode' : 'answerCode']
  return (
    <>
      <label class="label" for={field}>
        {words.label}
      </label>
      <textarea
        ref={textarea}
        id={field}
        class="field code-field"
        rows={4}
        readOnly
        spellcheck={false}
        value={code}
        aria-describedby={`${field}-left`}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <p id={`${field}-left`} class="hint">
        {codeLeftText(left.value)}
      </p>
      <CopyLink url={code} label={laterWords.copyCode} />
      <div class="qr-place dense">
        <QrCode text={code} label={words.qr} />
      </div>
    </>
  )
}
