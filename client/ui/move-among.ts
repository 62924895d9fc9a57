const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }

/**
 * The place to go to by a key among so many things in a row, from one of them (-1 for none): by arrow keys round the ends, by
 * Home and End; null for any other key.
 */
export function placeByKey(key: string, place: number, count: number): number | null {
  if (count === 0) return null
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const step = STEPS[key]
  if (step === undefined) return null
  return place < 0 ? (step > 0 ? 0 : count - 1) : (place + step + count) % count
}

/** Moves the focus among elements by arrow keys, Home and End. Whether the key did. */
export function moveAmong(event: KeyboardEvent, elements: readonly HTMLElement[]): boolean {
  const focused = document.activeElement instanceof HTMLElement ? elements.indexOf(document.activeElement) : -1
  const place = placeByKey(event.key, focused, elements.length)
  if (place === null) return false
  event.preventDefault()
  elements[place]?.focus()
  return true
}
