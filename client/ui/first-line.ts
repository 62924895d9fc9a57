/** A text without its markup, short enough for a line. Pure functions. */
import { canonicalRoomUrl, parseRoomUrl } from '../earshot.ts'
import { roomLinkText } from '../texts/page/link-text.ts'
import { splitLinks } from './links.ts'
import { plainText } from './markdown.ts'

/** Whether a link lets into a room, wherever that is: whoever sees its key over somebody's shoulder could come in. */
function hasRoomKey(href: string): boolean {
  const parsed = parseRoomUrl(canonicalRoomUrl(href) ?? href)
  return parsed.ok && parsed.address.key !== null
}

/** A text as previews and notifications may show it: without the keys of rooms. Before it is cut, or half a key stays. */
const withoutKeys = (text: string): string =>
  splitLinks(text)
    .map((part) => (part.kind === 'link' && hasRoomKey(part.href) ? roomLinkText : part.text))
    .join('')

/** The first line of a text, as a quotation shows it. */
export function firstLine(text: string): string {
  const line = withoutKeys(plainText(text).trim().split('\n', 1)[0] ?? '')
  return line.length > 140 ? `${line.slice(0, 140)}…` : line
}

/** The beginning of a text in one line. */
export const inOneLine = (text: string): string => withoutKeys(plainText(text)).replace(/\s+/gu, ' ').slice(0, 120)
