import type { Signal } from '@preact/signals'

/**
 * What to do once something that was open is closed: what a signal holds is open, and null is nothing.
 * Browsers tell of a closing a little late: what was opened since stays open.
 * Whatever draws it takes the same value as its key, for it to be drawn anew.
 */
export const closing =
  <T extends object>(opened: Signal<T | null>, what: T) =>
  (): void => {
    if (opened.peek() === what) opened.value = null
  }
