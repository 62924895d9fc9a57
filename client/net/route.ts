/** How the packets of a link get to the other side. */

/**
 * `network`: straight, on one network. `direct`: straight between public addresses. `nat`: straight, through at least one
 * NAT. `relay-…`: by a TURN server that one's own side speaks to in that way. `relay`: by a TURN server of the other side.
 */
export type Route = 'network' | 'direct' | 'nat' | 'relay-udp' | 'relay-tcp' | 'relay-tls' | 'relay'

/** Whether a TURN server stands between. */
export const isRelayed = (route: Route): boolean => route.startsWith('relay')
