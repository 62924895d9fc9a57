/** What is said while searching and saving a conversation: loaded later. */
import { number } from './text.ts'

export const searchWords = {
  search: 'Search messages',
  placeholder: 'Search, or from:name',
  older: 'Previous match',
  newer: 'Next match',
  close: 'Close search',
} as const

/** Which of how many matches is shown. */
export function foundText(place: number, count: number): string {
  if (count === 0) return 'Nothing found'
  return `${number(count - Math.max(0, place))} of ${number(count)}`
}

export const exportWords = {
  title: 'Export the conversation',
  hint: 'As a page to read, or with all signatures, so that anyone can check who wrote what: npm run verify-export.',
  html: 'Export as a page',
  json: 'Export with signatures',
  saved: 'Saved.',
} as const
