import type { ComponentChildren } from 'preact'
import { messageHereText } from '../texts/page/link-text.ts'
import { follow, page } from './pages.ts'
import { messageOf, roomOf } from './permalink.ts'
import { routeOf } from './route.ts'

/** Whether a link leads to a room of this server: then it is followed without another tab. */
const isRoomHere = (href: string): boolean => href.startsWith(`${location.origin}/r#`) && routeOf(href).kind === 'room'

function isMessageHere(href: string): boolean {
  const shown = page.peek()
  return shown.kind === 'room' && messageOf(href) !== null && roomOf(href) === shown.room.url
}

interface Props {
  /** To a page, or to a mail address. */
  href: string
  children: ComponentChildren
  /** Its words are no more than the URL, which says little to a reader. */
  isBare?: boolean
}

/** A link that somebody wrote. */
export function LinkTo({ href, children, isBare = false }: Props) {
  if (!isRoomHere(href))
    return (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    )
  return (
    <a href={href} onClick={follow}>
      {isBare && isMessageHere(href) ? messageHereText : children}
    </a>
  )
}
