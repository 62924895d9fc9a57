import { type Signal, useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'

/** What stood in a field, and where its caret was. */
export interface Typed {
  readonly text: string
  readonly caret: number
}

function typedIn(field: HTMLTextAreaElement): Typed | null {
  const { value: text, selectionStart: caret, selectionEnd } = field
  return document.activeElement === field && caret === selectionEnd ? { text, caret } : null
}

/**
 * What was just typed in a field: null once the caret is elsewhere, by whatever key or click, or the field lost the focus.
 * `isThere` tells whether that holds this very moment: browsers tell of moves of the caret a little late.
 */
export function useTyped(
  field: RefObject<HTMLTextAreaElement | null>,
  text: string,
): { readonly place: Signal<Typed | null>; isThere(): boolean } {
  const place = useSignal<Typed | null>(null)
  const isThere = () => {
    const [typed, now] = [place.peek(), field.current && typedIn(field.current)]
    return typed !== null && typed.caret === now?.caret && typed.text === now.text
  }
  const look = () => {
    if (!isThere()) place.value = null
  }
  useLayoutEffect(look, [text])
  useLayoutEffect(() => {
    const area = field.current
    if (!area) return
    const onInput = () => {
      place.value = typedIn(area)
    }
    const moves = ['keyup', 'pointerup', 'blur'] as const
    area.addEventListener('input', onInput)
    document.addEventListener('selectionchange', look)
    for (const move of moves) area.addEventListener(move, look)
    return () => {
      area.removeEventListener('input', onInput)
      document.removeEventListener('selectionchange', look)
      for (const move of moves) area.removeEventListener(move, look)
    }
  }, [])
  return { place, isThere }
}
