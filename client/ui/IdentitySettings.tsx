import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { laterWords } from '../texts/page/later-text.ts'
import { ExportForm, ImportForm, NewForm } from './IdentityForms.tsx'

/** Time to read that the page loads again, in milliseconds. */
const READING_TIME = 1_500

const TASKS = ['export', 'import', 'new'] as const
type Task = (typeof TASKS)[number]

const FORMS = { export: ExportForm, import: ImportForm, new: NewForm }

/** Who one is: to take along, to bring, or to make anew. */
export function IdentitySettings() {
  const task = useSignal<Task | null>(null)
  const said = useSignal('')
  const buttons = useRef<HTMLDivElement>(null)
  const close = () => {
    const index = task.value ? TASKS.indexOf(task.value) : 0
    task.value = null
    buttons.current?.querySelectorAll('button')[index]?.focus()
  }
  const done = (message: string) => {
    const isAnother = task.value !== 'export'
    close()
    said.value = message
    if (isAnother) setTimeout(() => location.reload(), READING_TIME)
  }
  const button = (which: Task, label: string) => (
    <button
      type="button"
      class="button"
      aria-expanded={task.value === which}
      onClick={() => {
        said.value = ''
        task.value = task.value === which ? null : which
      }}
    >
      {label}
    </button>
  )
  const Form = task.value && FORMS[task.value]
  return (
    <section class="dialog-part" aria-labelledby="identity">
      <h3 id="identity">{laterWords.identity}</h3>
      <p class="hint">{laterWords.identityHint}</p>
      <div ref={buttons} class="button-row">
        {button('export', laterWords.exportIdentity)}
        {button('import', laterWords.importIdentity)}
        {button('new', laterWords.newIdentity)}
      </div>
      {Form && <Form key={task.value} done={done} onCancel={close} />}
      <p role="status">{said.value}</p>
    </section>
  )
}
