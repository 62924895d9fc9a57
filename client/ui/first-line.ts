/** A text without its markup, short enough for a line. Pure functions. */
import { plainText } from './markdown.ts'

/** The first line of a text, as a quotation shows it. */
export function firstLine(text: string): string {
  const line = plainText(text).trim().split('\n', 1)[0] ?? ''
  return line.length > 140 ? `${line.slice(0, 140)}…` : line
}

/** The beginning of a text in one line. */
export const inOneLine = (text: string): string => plainText(text).replace(/\s+/gu, ' ').slice(0, 120)
