import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { exportIdentity, importIdentity, newIdentity } from '../earshot.ts'
import { RoomError } from '../room/types.ts'
import { laterWords } from '../texts/page/later-text.ts'
import { words } from '../texts/page/text.ts'
import { download } from './download.ts'
import { PasswordField } from './PasswordField.tsx'

const LEAST_PASSWORD = 8
/** In bytes. */
const LONGEST_FILE = 64 * 1024
const describe = (error: unknown): string => (error instanceof RoomError ? error.message : laterWords.identityFailed)

interface FormProps {
  /** Called with what there is to say when it is done. */
  done: (message: string) => void
  onCancel: () => void
}

/** A small form with what went wrong, a button that does it and one that doesn't. `run` gives what there is to say. */
function TaskForm(props: FormProps & { action: string; run: () => Promise<string>; children: ComponentChildren }) {
  const { action, run, children, done, onCancel } = props
  const form = useRef<HTMLFormElement>(null)
  const problem = useSignal('')
  const isBusy = useSignal(false)
  useEffect(() => form.current?.querySelector<HTMLElement>('input, button')?.focus(), [])
  const submit = async (event: Event) => {
    event.preventDefault()
    if (isBusy.value) return
    isBusy.value = true
    problem.value = ''
    try {
      done(await run())
    } catch (error) {
      problem.value = describe(error)
    }
    isBusy.value = false
  }
  return (
    <form ref={form} class="stack" noValidate onSubmit={submit}>
      {children}
      <p class="problem" role="alert">
        {problem.value}
      </p>
      <div class="button-row">
        <button type="submit" class="button primary" aria-disabled={isBusy.value}>
          {isBusy.value ? laterWords.working : action}
        </button>
        <button type="button" class="button" onClick={onCancel}>
          {laterWords.cancel}
        </button>
      </div>
    </form>
  )
}

/** Saves the identity in a file that a password locks. */
export function ExportForm(props: FormProps) {
  const field = useRef<HTMLInputElement>(null)
  const run = async () => {
    const password = field.current?.value ?? ''
    if ([...password].length < LEAST_PASSWORD) throw new RoomError('identity', laterWords.shortPassword)
    download('earshot-identity.json', 'application/json', await exportIdentity(password))
    return laterWords.exported
  }
  return (
    <TaskForm {...props} action={laterWords.exportNow} run={run}>
      <PasswordField field={field} autocomplete="new-password" hint={laterWords.exportHint} />
    </TaskForm>
  )
}

/** Takes an identity from such a file. */
export function ImportForm(props: FormProps) {
  const file = useRef<HTMLInputElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const run = async () => {
    const chosen = file.current?.files?.[0]
    if (!chosen) throw new RoomError('identity', laterWords.noFile)
    const password = field.current?.value ?? ''
    if (password === '') throw new RoomError('identity', words.noPassword)
    // No identity is longer: the rest of a long file need not be read.
    await importIdentity(await chosen.slice(0, LONGEST_FILE).text(), password)
    return laterWords.imported
  }
  return (
    <TaskForm {...props} action={laterWords.importNow} run={run}>
      <p class="hint">{laterWords.importHint}</p>
      <label class="label" for="identity-file">
        {laterWords.identityFile}
      </label>
      <input ref={file} id="identity-file" class="field" type="file" accept=".json,application/json" />
      <PasswordField field={field} hint={laterWords.importPasswordHint} />
    </TaskForm>
  )
}

/** Makes a new identity. */
export function NewForm(props: FormProps) {
  const run = async () => {
    await newIdentity()
    return laterWords.renewed
  }
  return (
    <TaskForm {...props} action={laterWords.renewNow} run={run}>
      <p class="hint">{laterWords.renewHint}</p>
    </TaskForm>
  )
}
