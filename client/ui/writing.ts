import { type ReadonlySignal, type Signal, useComputed, useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { MAX_TEXT } from '../earshot.ts'
import { words } from '../texts/page/text.ts'
import type { RoomState } from './state.ts'

const growsByItself = () => CSS.supports('field-sizing', 'content')

interface Writing {
  readonly text: ReadonlySignal<string>
  /** Why it could not be sent. */
  readonly problem: Signal<string>
  write(text: string): void
  /** Puts a text in the place of what stands between two places, and the caret behind it, so that it can be undone. */
  insert(from: number, to: number, text: string): void
}

/** What one is writing in a field: a draft, or another text for a message; both are kept. */
export function useWriting(state: RoomState, field: RefObject<HTMLTextAreaElement | null>): Writing {
  const { draft, room } = state
  const text = useComputed(() => draft.textOf(state.composing.value))
  const problem = useSignal('')
  const composing = state.composing.value
  const before = useRef(composing)
  // Messages are looked at again whenever something about them changes.
  state.messages.value

  useEffect(() => {
    // Whoever came for a message looks at that.
    const hasGoal = document.activeElement?.closest('article') != null
    // On a touch screen this would bring up the keyboard, over everything.
    if (!hasGoal && matchMedia('(hover: hover)').matches) field.current?.focus()
  }, [])
  useLayoutEffect(() => {
    if (!field.current || growsByItself()) return
    field.current.style.height = 'auto'
    field.current.style.height = `${field.current.scrollHeight}px`
  }, [text.value])

  // What one answered or edited when the page went, once its message is here.
  const waiting = composing ? null : draft.composing
  const isBack = waiting !== null && room.message(waiting.id) !== null
  useLayoutEffect(() => {
    const was = before.current
    before.current = composing
    if (composing !== was) problem.value = ''
    if (!composing) {
      if (was) {
        draft.end(was)
        room.setTyping(false)
      }
      const next = draft.composing
      if (!next || !room.message(next.id)) return
      before.current = next
      state.compose(next)
    } else if (composing !== was) {
      draft.begin(composing)
      field.current?.focus()
    }
  }, [composing, isBack])

  // Another tab sent the answer that was being written here as well.
  const isAnswered = composing?.kind === 'reply' && before.current === composing && !draft.answers(composing.id)
  useLayoutEffect(() => {
    if (isAnswered) state.compose(null)
  }, [isAnswered])

  // While it is answered or edited a message may be deleted: what one wrote stays, as a draft of its own.
  const isGone = composing !== null && (room.message(composing.id)?.deleted ?? false)
  useLayoutEffect(() => {
    if (!isGone) return
    const left = text.value
    state.compose(null)
    // Nothing is left of a text that was emptied: then one's draft comes back.
    if (composing.kind === 'edit' && left.trim() === '') return
    draft.write(null, left)
    state.say(words.targetGone)
  }, [isGone])

  const write = (value: string) => {
    draft.write(state.composing.value, value)
    if (value.trim().length <= MAX_TEXT) problem.value = ''
    room.setTyping(value.trim() !== '')
  }
  const insert = (from: number, to: number, inserted: string) => {
    const area = field.current
    if (!area) return
    area.focus()
    area.setSelectionRange(from, to)
    // Only what is inserted as if it was typed can be undone. Where a browser doesn't know that, it is put there all the same.
    if (document.execCommand('insertText', false, inserted)) return
    area.setRangeText(inserted, from, to, 'end')
    write(area.value)
  }
  return { text, problem, write, insert }
}
