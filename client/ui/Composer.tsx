import { signal } from '@preact/signals'
import { useId, useRef } from 'preact/hooks'
import { MAX_TEXT } from '../earshot.ts'
import { RoomError } from '../room/types.ts'
import { counterText, tooLongText, typingText, words } from '../texts/page/text.ts'
import type { Completing } from './Completion.tsx'
import { DoneIcon, SendIcon } from './Icons.tsx'
import { later } from './lazy.tsx'
import type { RoomState } from './state.ts'
import { useWriting } from './writing.ts'

/** From this length on, the counter shows. */
const NEAR_LIMIT = MAX_TEXT * 0.9

/** A screen keyboard has no Shift+Enter: there Enter breaks the line, and the button sends. */
const isForFingers = () => matchMedia('(hover: none) and (pointer: coarse)').matches

/** Where one writes: Enter sends, Shift+Enter breaks the line, but not with fingers. What can't be sent stays, and says why. */
export function Composer({ state }: { state: RoomState }) {
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const { text, problem, write, insert } = useWriting(state, field)
  const completing = useRef<Completing>({ key: null, active: signal(null) })
  const composing = state.composing.value
  // Blank lines and spaces around it are not sent.
  const length = text.value.trim().length

  const send = () => {
    field.current?.focus()
    const said = text.value.trim()
    if (said === '') {
      // Whoever leaves nothing of a message may want to delete it.
      if (composing?.kind === 'edit' && field.current)
        state.deleting.value = { id: composing.id, anchor: field.current }
      return
    }
    try {
      if (composing?.kind === 'edit') {
        state.room.edit(composing.id, said)
        state.draft.edited(composing.id)
      } else {
        state.draft.sent(state.room.send(said, composing ? { reply: composing.id } : {}))
        state.room.setTyping(false)
        state.follow()
      }
      problem.value = ''
      state.compose(null)
      state.refresh()
    } catch (error) {
      if (!(error instanceof RoomError)) throw error
      problem.value = error.code === 'too-long' ? tooLongText(said.length, MAX_TEXT) : error.message
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (completing.current.key?.(event)) {
      event.stopPropagation()
      return event.preventDefault()
    }
    if (event.key === 'ArrowUp' && text.value === '' && !composing && state.editLast()) return event.preventDefault()
    if (event.key === 'Escape' && composing) {
      event.stopPropagation()
      return state.compose(null)
    }
    // While an input method composes, Enter chooses a word; Safari says so by the key code only.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    if (isForFingers() && !event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    send()
  }

  const { Completion, Composing, EmojiButton } = later.value ?? {}
  const active = completing.current.active.value
  const typing = typingText(state.members.value)
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <p class={`typing ${typing ? 'on' : ''}`}>{typing}</p>
      <p id={`${id}-problem`} class="problem" role="alert">
        {problem.value}
      </p>
      {Completion && (
        <Completion state={state} text={text.value} field={field} completing={completing.current} insert={insert} />
      )}
      <div class="composer-box">
        {Composing && <Composing state={state} field={field} />}
        <textarea
          ref={field}
          class="composer-field"
          rows={1}
          dir="auto"
          enterkeyhint={isForFingers() ? 'enter' : 'send'}
          aria-label={words.message}
          placeholder={words.message}
          aria-describedby={`${id}-problem`}
          aria-invalid={problem.value !== ''}
          aria-autocomplete="list"
          aria-controls={active?.list}
          aria-activedescendant={active?.choice}
          value={text.value}
          onInput={({ currentTarget }) => write(currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {EmojiButton && (
          <EmojiButton
            pick={(emoji) => insert(field.current?.selectionStart ?? 0, field.current?.selectionEnd ?? 0, emoji)}
          />
        )}
        <button
          type="submit"
          class="button primary icon-only send"
          aria-label={composing?.kind === 'edit' ? words.save : words.send}
        >
          {composing?.kind === 'edit' ? <DoneIcon /> : <SendIcon />}
        </button>
      </div>
      {length >= NEAR_LIMIT && (
        <p class={`counter ${length > MAX_TEXT ? 'over' : ''}`}>{counterText(length, MAX_TEXT)}</p>
      )}
    </form>
  )
}
