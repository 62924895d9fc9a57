import { useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import { laterWords } from '../texts/page/later-text.ts'
import { faultText } from './by-code.ts'
import { canScan, Scan } from './Scan.tsx'

interface Props {
  kind: 'invite' | 'answer'
  action: string
  /** What is said while `take` works. */
  working: string
  /** Something that went wrong before. */
  problem?: string
  autofocus?: boolean
  /** Takes what was pasted or scanned. Resolves with what there is to say; what it rejects with is shown. */
  take: (text: string) => Promise<string>
}

/** A field for a code that somebody gave, with a button that takes it, and one to scan it where the platform can. */
export function CodeIn({ kind, action, working, problem: before = '', autofocus = false, take }: Props) {
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const problem = useSignal('')
  const progress = useSignal('')
  const isBusy = useSignal(false)
  const isScanning = useSignal(false)
  useEffect(() => {
    if (autofocus) field.current?.focus()
  }, [])
  useEffect(() => {
    problem.value = before
  }, [before])
  const submit = async (event?: Event) => {
    event?.preventDefault()
    if (isBusy.value) return
    isBusy.value = true
    problem.value = ''
    progress.value = working
    try {
      progress.value = await take(field.current?.value ?? '')
      if (field.current) field.current.value = ''
    } catch (error) {
      progress.value = ''
      problem.value = faultText(error)
      field.current?.focus()
    }
    isBusy.value = false
  }
  const words = laterWords[kind === 'invite' ? 'inviteCode' : 'answerCode']
  return (
    <form class="stack" noValidate onSubmit={submit}>
      <label class="label" for={id}>
        {words.label}
      </label>
      <textarea
        ref={field}
        id={id}
        class="field code-field"
        rows={4}
        autocapitalize="none"
        autocomplete="off"
        spellcheck={false}
        aria-describedby={`${id}-problem`}
        aria-invalid={problem.value !== ''}
        onInput={() => {
          problem.value = ''
        }}
      />
      <p id={`${id}-problem`} class="problem" role="alert">
        {problem.value}
      </p>
      {isScanning.value && (
        <Scan
          found={(text) => {
            isScanning.value = false
            if (field.current) field.current.value = text
            void submit()
          }}
          failed={(message) => {
            isScanning.value = false
            problem.value = message
          }}
        />
      )}
      <div class="button-row">
        <button type="submit" class="button primary" aria-disabled={isBusy.value}>
          {action}
        </button>
        {canScan() && (
          <button
            type="button"
            class="button"
            aria-pressed={isScanning.value}
            onClick={() => {
              isScanning.value = !isScanning.value
            }}
          >
            {laterWords.scan}
          </button>
        )}
      </div>
      <p role="status" aria-label={laterWords.progress} class="hint">
        {progress.value}
      </p>
    </form>
  )
}
