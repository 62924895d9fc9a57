/** How one is connected, to a room and to its members: needed from the start. */
import type { Connection, Member, RelaysOnly, Room, Route, Verdict } from '../../room/types.ts'
import { nameInSentence } from './name-text.ts'
import { number, words } from './text.ts'

const people = (count: number): string => (count === 1 ? '1 person' : `${number(count)} people`)

/** Whether a relay stands between oneself and somebody. */
const isRelayed = (routes: Connection['routes']): boolean =>
  Object.keys(routes).some((route) => route.startsWith('relay'))

/** What the status "Connection" says: the truth, and what it means for the person. */
export function connectionText(
  { server, people: linked, indirect, routes, connecting, problem }: Connection,
  { isOpen, hasPassword }: Pick<Room, 'isOpen' | 'hasPassword'>,
): string {
  if (problem?.code === 'refused' && linked === 0) return problem.message
  // Only what is guessable is worked on for so long that it is worth a word.
  if (server === 'preparing' && (isOpen || hasPassword)) return "Working out the room's secret…"
  const sentence = linkText({ server, linked, isRelayed: isRelayed(routes), indirect, connecting, hasPassword })
  return problem ? `${sentence} ${problem.message}` : sentence
}

interface Linked extends Pick<Connection, 'server' | 'indirect' | 'connecting'> {
  readonly linked: number
  /** A relay stands between oneself and somebody. */
  readonly isRelayed: boolean
  readonly hasPassword: boolean
}

function linkText({ server, linked, isRelayed, indirect, connecting, hasPassword }: Linked): string {
  if (server === 'away')
    return linked > 0
      ? `Server away. You're still connected to ${people(linked + indirect)}.`
      : "Can't reach the server. Trying again…"
  if (linked > 0) {
    const more = connecting > 0 ? ` Connecting to ${number(connecting)} more…` : ''
    const others = indirect > 0 ? `, and to ${number(indirect)} through others` : ''
    return `Connected ${isRelayed ? '' : 'directly '}to ${people(linked)}${others}.${more}`
  }
  if (connecting > 0) return `Connecting to ${people(connecting)}…`
  if (server !== 'connected') return 'Connecting…'
  const what = hasPassword ? 'the password and the link' : 'the link'
  return `You're the only one here. If you expected others, check ${what} with whoever sent it.`
}

/** What one's connections may go through; empty when that is any route. */
export function relaysText({ relays }: Pick<Connection, 'relays'>, { fixed }: Pick<RelaysOnly, 'fixed'>): string {
  if (relays === 'any') return ''
  if (relays === 'only') return "Only relays are used: the others don't see your address."
  return fixed
    ? "This room's link asks for relays only, but this server has none: nobody can be reached. Ask whoever runs the server for a relay."
    : 'You chose to use relays only, but this server has none: nobody can be reached. Turn it off in the settings, or ask whoever runs the server for a relay.'
}

/** How good the connection is, for its mark: words stand beside it. */
export function connectionMark({
  server,
  people: linked,
  connecting,
  routes,
}: Connection): 'good' | 'relayed' | 'busy' | 'alone' | 'away' {
  if (server === 'away') return 'away'
  if (linked > 0) return isRelayed(routes) ? 'relayed' : 'good'
  return server !== 'connected' || connecting > 0 ? 'busy' : 'alone'
}

/** How a member is connected, in words. */
export function memberStateText(state: Member['state'], route: Route | null): string {
  return {
    me: words.you,
    connected: route ? routeText(route) : 'connected',
    shaky: 'not answering…',
    connecting: 'reconnecting…',
    indirect: 'connected through others',
  }[state]
}

/** By which way a member is connected. */
export function routeText(route: Route): string {
  return {
    network: 'direct, on this network',
    direct: 'direct, without NAT',
    nat: 'direct, through NAT',
    'relay-udp': 'relayed by UDP',
    'relay-tcp': 'relayed by TCP',
    'relay-tls': 'relayed by TLS',
    relay: 'relayed',
  }[route]
}

/** Stands at a member to whom no link comes up. */
export function unreachedText(name: string, { why }: Verdict): string {
  return `Can't reach ${nameInSentence(name)} directly: ${why}`
}
