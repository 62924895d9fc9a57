import { useEffect } from 'preact/hooks'

interface Shortcuts {
  /** Shows the list of them. */
  list(): void
  search(): void
  /** Goes to where one writes. */
  write(): void
}

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')

/** What would be a letter if one wrote; a space scrolls. */
const isLetter = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  [...key].length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey

/** Whoever clicked into the conversation and types wants to write. */
const isReading = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('body, article, [role="log"]')

/** Keys that work wherever the focus is, unless a dialog or a menu is open: those have keys of their own. */
export function useShortcuts({ list, search, write }: Shortcuts): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog[open], [popover]:popover-open')) return
      const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event
      if ((ctrlKey || metaKey) && shiftKey && key.toLowerCase() === 'f') search()
      else if (key === '?' && !ctrlKey && !metaKey && !altKey && !isWriting(target)) list()
      else if (key === 'Escape' && !isWriting(target)) write()
      else if (isLetter(event) && isReading(target)) return write()
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  })
}
