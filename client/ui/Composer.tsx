import { signal, useSignal } from '@preact/signals'
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks'
import { MAX_TEXT } from '../earshot.ts'
import { RoomError } from '../room/types.ts'
import type { Completing } from './Completion.tsx'
import { EmojiButton } from './EmojiButton.tsx'
import { SendIcon } from './Icons.tsx'
import { later } from './lazy.tsx'
import type { RoomState } from './state.ts'
import { counterText, tooLongText, typingText, words } from './text.ts'

/** From this length on, the counter shows. */
const NEAR_LIMIT = MAX_TEXT * 0.9

const growsByItself = () => CSS.supports('field-sizing', 'content')

/** Where one writes: Enter sends, Shift+Enter breaks the line. What can't be sent stays, and says why. */
export function Composer({ state }: { state: RoomState }) {
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const text = useSignal(state.draft.text)
  const caret = useSignal(0)
  const problem = useSignal('')
  const completing = useRef<Completing>({ key: null, active: signal(null) })
  const composing = state.composing.value
  const wasEditing = useRef(false)

  useEffect(() => {
    // On a touch screen this would bring up the keyboard, over everything.
    if (matchMedia('(hover: hover)').matches) field.current?.focus()
  }, [])
  useLayoutEffect(() => {
    if (!field.current || growsByItself()) return
    field.current.style.height = 'auto'
    field.current.style.height = `${field.current.scrollHeight}px`
  }, [text.value])
  useLayoutEffect(() => {
    // What one was writing before comes back when an edit is over.
    if (composing?.kind === 'edit') text.value = state.room.message(composing.id)?.text ?? ''
    else if (wasEditing.current) text.value = state.draft.text
    wasEditing.current = composing?.kind === 'edit'
    if (composing) field.current?.focus()
  }, [composing])

  const write = (value: string) => {
    text.value = value
    if (composing?.kind !== 'edit') state.draft.write(value)
    if (problem.value !== '' && value.length <= MAX_TEXT) problem.value = ''
    state.room.setTyping(value.trim() !== '')
  }
  /** Puts a text in the place of what stands between two places, and the caret behind it. */
  const insert = (from: number, to: number, inserted: string) => {
    write(text.value.slice(0, from) + inserted + text.value.slice(to))
    caret.value = from + inserted.length
    // After the field was drawn with it.
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(from + inserted.length, from + inserted.length)
    })
  }
  const send = () => {
    field.current?.focus()
    if (text.value.trim() === '') return
    try {
      if (composing?.kind === 'edit') state.room.edit(composing.id, text.value)
      else state.room.send(text.value, composing ? { reply: composing.id } : {})
      if (composing?.kind !== 'edit') {
        write('')
        state.follow()
      }
      problem.value = ''
      state.compose(null)
      state.refresh()
    } catch (error) {
      if (!(error instanceof RoomError)) throw error
      problem.value = error.code === 'too-long' ? tooLongText(text.value.length, MAX_TEXT) : error.message
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (completing.current.key?.(event)) {
      event.stopPropagation()
      return event.preventDefault()
    }
    if (event.key === 'ArrowUp' && text.value === '' && state.editLast()) return event.preventDefault()
    if (event.key === 'Escape' && composing) {
      event.stopPropagation()
      return state.compose(null)
    }
    // While an input method composes, Enter chooses a word; Safari says so by the key code only.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    send()
  }

  const Completion = later.value?.Completion
  const active = completing.current.active.value
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
      {Completion && (
        <Completion
          state={state}
          text={text.value}
          caret={caret.value}
          completing={completing.current}
          insert={insert}
        />
      )}
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
          aria-autocomplete="list"
          aria-controls={active?.list}
          aria-activedescendant={active?.choice}
          value={text.value}
          onInput={({ currentTarget }) => {
            caret.value = currentTarget.selectionStart
            write(currentTarget.value)
          }}
          onKeyDown={onKeyDown}
        />
        <EmojiButton
          pick={(emoji) => insert(field.current?.selectionStart ?? 0, field.current?.selectionEnd ?? 0, emoji)}
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
