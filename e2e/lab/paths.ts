/** Which connection carries a conversation, as the browser sees it. The pages must be severable: see `People.arrive`. */
import type { Person } from '../support/person.ts'

/** Of each connection that a page made: whether it is open, and what names its present path (RFC 8839, section 5.4). */
export interface Path {
  readonly isOpen: boolean
  readonly name: string
}

export const pathsOf = (person: Person): Promise<Path[]> =>
  person.page.evaluate(() =>
    (window.earshotConnections ?? []).map(({ connectionState, localDescription }) => ({
      isOpen: connectionState === 'connected',
      name: /a=ice-ufrag:(\S+)/.exec(localDescription?.sdp ?? '')?.[1] ?? '',
    })),
  )

/** How a link came back, by a page's connections before and after. */
export function wayBack(before: readonly Path[], after: readonly Path[]): string {
  const index = after.findLastIndex(({ isOpen }) => isOpen)
  if (index < 0) return 'no link'
  if (index >= before.length) return 'a new connection'
  return before[index]?.name === after[index]?.name ? 'as it was' : 'ICE restart'
}
