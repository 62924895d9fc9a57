/** What is said of who was here, and of the keys that lead through a room: loaded later. */

import { agoText, number, words } from './text.ts'
import { clockTime, dateOf, dayText } from './time-text.ts'

export const presenceWords = {
  list: 'Seen before',
  before: (count: number): string => `Seen before, ${number(count)}`,
} as const

/** When somebody was last heard of. */
export function seenText(at: number, now: number): string {
  const date = dateOf(at)
  const ago = agoText(now - at)
  if (!date || ago === 'now') return 'last seen just now'
  if (ago !== null) return `last seen ${ago} ago`
  const day = dayText(at, now)
  return `last seen ${day === words.today ? '' : `${day === words.yesterday ? 'yesterday' : day}, `}${clockTime(date)}`
}

export const shortcutWords = { title: 'Keyboard shortcuts', show: 'Keyboard shortcuts' } as const

/** Keys, and what they do. */
export const SHORTCUTS: readonly { readonly keys: readonly string[]; readonly meaning: string }[] = [
  { keys: ['Enter'], meaning: 'Send the message, or save the edit' },
  { keys: ['Shift', 'Enter'], meaning: 'Begin a new line' },
  { keys: ['↑'], meaning: 'In an empty field: edit your last message' },
  { keys: ['Escape'], meaning: 'Give up an edit or an answer; close what is open; go to the field' },
  { keys: ['@'], meaning: 'Complete a name: arrow keys choose, Enter or Tab takes' },
  { keys: [':'], meaning: 'Complete an emoji, the same way' },
  { keys: ['Shift', 'Tab'], meaning: 'From the field: go to what you can do with the last message' },
  { keys: ['↑', '↓'], meaning: 'There: go to the message before or after' },
  { keys: ['Ctrl', 'Shift', 'F'], meaning: 'Search the conversation' },
  { keys: ['?'], meaning: 'Show this list' },
]
