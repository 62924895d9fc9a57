import { useSignal } from '@preact/signals'
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks'
import { MAX_TEXT } from '../earshot.ts'
import { RoomError } from '../room/types.ts'
import { SendIcon } from './Icons.tsx'
import type { RoomState } from './state.ts'
import { counterText, tooLongText, typingText, words } from './text.ts'

/** From this length on, the counter shows. */
const NEAR_LIMIT = MAX_TEXT * 0.9

const growsByItself = () => CSS.supports('field-sizing', 'content')

/** Where one writes: Enter sends, Shift+Enter breaks the line. What can't be sent stays, and says why. */
export function Composer({ state }: { state: RoomState }) {
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const text = useSignal('')
  const problem = useSignal('')

  useEffect(() => {
    // On a touch screen this would bring up the keyboard, over everything.
    if (matchMedia('(hover: hover)').matches) field.current?.focus()
  }, [])
  useLayoutEffect(() => {
    if (!field.current || growsByItself()) return
    field.current.style.height = 'auto'
    field.current.style.height = `${field.current.scrollHeight}px`
  }, [text.value])

  // What one was writing before comes back when an edit is over.
  const composing = state.composing.value
  const draft = useRef('')
  const edited = useRef(false)
  useLayoutEffect(() => {
    if (composing?.kind === 'edit') {
      if (!edited.current) draft.current = text.value
      text.value = state.room.message(composing.id)?.text ?? ''
    } else if (edited.current) {
      text.value = draft.current
      draft.current = ''
    }
    edited.current = composing?.kind === 'edit'
    if (composing) field.current?.focus()
  }, [composing])

  const write = (value: string) => {
    text.value = value
    if (problem.value !== '' && value.length <= MAX_TEXT) problem.value = ''
    state.room.setTyping(value.trim() !== '')
  }
  const send = () => {
    field.current?.focus()
    if (text.value.trim() === '') return
    try {
      const { value: composing } = state.composing
      if (composing?.kind === 'edit') state.room.edit(composing.id, text.value)
      else state.room.send(text.value, composing ? { reply: composing.id } : {})
      text.value = composing?.kind === 'edit' ? draft.current : ''
      draft.current = ''
      problem.value = ''
      state.compose(null)
      if (composing?.kind !== 'edit') state.follow()
      state.refresh()
    } catch (error) {
      if (!(error instanceof RoomError)) throw error
      problem.value = error.code === 'too-long' ? tooLongText(text.value.length, MAX_TEXT) : error.message
    }
  }
  /** The last message of one's own is to be edited. */
  const editLast = (): boolean => {
    const last = state.messages.value.findLast(
      ({ kind, mine, deleted, id }) => kind === 'text' && mine && !deleted && id,
    )
    if (last?.id) state.compose({ kind: 'edit', id: last.id })
    return last !== undefined
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowUp' && text.value === '' && editLast()) return event.preventDefault()
    if (event.key === 'Escape' && composing) {
      event.stopPropagation()
      return state.compose(null)
    }
    // While an input method composes, Enter chooses a word; Safari says so by the key code only.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    send()
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <p class="typing">{typingText(state.members.value)}</p>
      <p id={`${id}-problem`} class="problem" role="alert">
        {problem.value}
      </p>
      <div class="composer-box">
        <textarea
          ref={field}
          class="composer-field"
          rows={1}
          dir="auto"
          aria-label={words.message}
          placeholder={words.message}
          aria-describedby={`${id}-problem`}
          aria-invalid={problem.value !== ''}
          value={text.value}
          onInput={({ currentTarget }) => write(currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="submit"
          class="button primary icon-only send"
          aria-label={composing?.kind === 'edit' ? words.save : words.send}
        >
          <SendIcon />
        </button>
      </div>
      {text.value.length >= NEAR_LIMIT && (
        <p class={`counter ${text.value.length > MAX_TEXT ? 'over' : ''}`}>
          {counterText(text.value.length, MAX_TEXT)}
        </p>
      )}
    </form>
  )
}
