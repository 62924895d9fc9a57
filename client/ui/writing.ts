import { type Signal, useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { MAX_TEXT } from '../earshot.ts'
import type { RoomState } from './state.ts'
import { words } from './texts/text.ts'

const growsByItself = () => CSS.supports('field-sizing', 'content')

interface Writing {
  readonly text: Signal<string>
  /** Where the caret stood after the last key. */
  readonly caret: Signal<number>
  /** Why it could not be sent. */
  readonly problem: Signal<string>
  write(text: string): void
  /** Puts a text in the place of what stands between two places, and the caret behind it. */
  insert(from: number, to: number, text: string): void
}

function isDeleted(state: RoomState, id: string): boolean {
  // Looked at again whenever something about messages changes.
  state.messages.value
  return state.room.message(id)?.deleted ?? false
}

/** What one is writing in a field: a draft, which is kept, or another text for a message, which isn't. */
export function useWriting(state: RoomState, field: RefObject<HTMLTextAreaElement | null>): Writing {
  const text = useSignal(state.draft.text)
  const caret = useSignal(0)
  const problem = useSignal('')
  const composing = state.composing.value
  const wasEditing = useRef(false)
  /** Where the caret belongs once the field is drawn with what was put into it. */
  const wanted = useSignal<{ readonly caret: number } | null>(null)

  useEffect(() => {
    // On a touch screen this would bring up the keyboard, over everything.
    if (matchMedia('(hover: hover)').matches) field.current?.focus()
  }, [])
  useLayoutEffect(() => {
    if (!wanted.value) return
    // At once: the next key may come before the next frame.
    field.current?.focus()
    field.current?.setSelectionRange(wanted.value.caret, wanted.value.caret)
  }, [wanted.value])
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

  // While it is answered or edited a message may be deleted: what one wrote stays, as a draft of its own.
  const isGone = composing !== null && isDeleted(state, composing.id)
  useLayoutEffect(() => {
    if (!isGone) return
    state.compose(null)
    // Nothing is left of a text that was emptied: then one's draft comes back.
    if (composing.kind === 'edit' && text.value.trim() === '') return
    state.draft.write(text.value)
    state.say(words.targetGone)
  }, [isGone])

  const write = (value: string) => {
    text.value = value
    if (composing?.kind !== 'edit') state.draft.write(value)
    if (problem.value !== '' && value.length <= MAX_TEXT) problem.value = ''
    state.room.setTyping(value.trim() !== '')
  }
  const insert = (from: number, to: number, inserted: string) => {
    write(text.value.slice(0, from) + inserted + text.value.slice(to))
    const end = from + inserted.length
    caret.value = end
    wanted.value = { caret: end }
  }
  return { text, caret, problem, write, insert }
}
