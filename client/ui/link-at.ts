/** Links where markup is read. */
import { LINK, LINK_START, type Link, linkOf, withoutTail } from './links.ts'

const start = new RegExp(`^(?:${LINK_START})`, 'iu')
const candidate = new RegExp(`^(?:${LINK})`, 'iu')

/** Whether a text begins like a link: cheap, however long it is. */
export const mayBeginLink = (text: string): boolean => start.test(text)

/** The link that a text begins with, or null. */
export function linkAt(text: string): Link | null {
  const found = candidate.exec(text)
  return found && linkOf(withoutTail(found[0]))
}

/** The link that a text is as a whole, or null. */
export const wholeLink = (text: string): Link | null => (candidate.exec(text)?.[0] === text ? linkOf(text) : null)
