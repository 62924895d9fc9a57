/** What is said of who was here, and of the keys that lead through a room: loaded later. */
import { clockTime, dateOf, dayText } from '../rows.ts'
import { agoText, number, words } from './text.ts'

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
export const SHORTCUTS: readonly (readonly [string, string])[] = [
  ['Enter', 'Send the message, or save the edit'],
  ['Shift + Enter', 'Begin a new line'],
  ['Up, in an empty field', 'Edit your last message'],
  ['Escape', 'Give up an edit or an answer; close what is open; go to the field'],
  ['@ and :', 'Complete a name or an emoji: arrow keys choose, Enter or Tab takes'],
  ['Shift + Tab, from the field', 'Go to what you can do with the last message'],
  ['Up and Down, there', 'Go to the message before or after'],
  ['Ctrl + Shift + F', 'Search the conversation'],
  ['?', 'Show this list'],
]
