import type { RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import { codeAt } from './completion.ts'

/** Puts the emoji in the place of a code when its closing colon is typed, as in `:tada:`. Typing goes on meanwhile. */
export function useEmojiCodes(
  field: RefObject<HTMLTextAreaElement | null>,
  insert: (from: number, to: number, text: string) => void,
): void {
  useLayoutEffect(() => {
    const area = field.current
    if (!area) return
    const replace = async (code: string, from: number) => {
      const { emojiOf } = await import('./emoji.ts')
      const emoji = emojiOf(code)
      const to = from + code.length + 2
      const isStill = area.value.slice(from, to) === `:${code}:` && document.activeElement === area
      if (emoji === null || !isStill) return
      // Whoever typed on meanwhile goes on where they were.
      const [start, end] = [area.selectionStart, area.selectionEnd].map((caret) => caret + emoji.length - (to - from))
      insert(from, to, emoji)
      area.setSelectionRange(start ?? 0, end ?? 0)
    }
    const onInput = (event: Event) => {
      if (!(event instanceof InputEvent) || event.inputType !== 'insertText' || event.data !== ':') return
      const found = codeAt(area.value, area.selectionStart)
      // Without the list of emoji it stays the text that it is.
      if (found) replace(found.code, found.from).catch(() => {})
    }
    area.addEventListener('input', onInput)
    return () => area.removeEventListener('input', onInput)
  }, [])
}
