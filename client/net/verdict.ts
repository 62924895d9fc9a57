/**
 * Why a link did not come up: which step failed, judged from what was seen of it.
 *
 * | code | what happened |
 * |---|---|
 * | `no-answer` | nothing came back from the other side |
 * | `signaling-lost` | the same, and the server was away |
 * | `no-candidates`, `no-candidates-other` | no candidate at all: one's own, the other's |
 * | `no-stun` | no STUN or TURN server is known, and the candidates of both sides met nowhere |
 * | `udp-blocked`, `udp-blocked-other` | no STUN server answered one's own side, the other's |
 * | `needs-relay` | both sides have addresses outside, which don't let each other in; there is no TURN server |
 * | `turn-refused` | a TURN server answered 401 or 403 |
 * | `turn-unreachable` | no TURN server answered |
 * | `relay-missing` | relays only, and no TURN server is known |
 * | `relay-failed` | there were relays, and nothing came through them |
 * | `no-channel` | ICE found a way, DTLS or the data channel did not come up |
 * | `hello-refused`, `hello-silent` | the other's hello did not verify, or never came |
 * | `unknown` | none of these |
 */
export type VerdictCode =
  | 'no-answer'
  | 'signaling-lost'
  | 'no-candidates'
  | 'no-candidates-other'
  | 'no-stun'
  | 'udp-blocked'
  | 'udp-blocked-other'
  | 'needs-relay'
  | 'turn-refused'
  | 'turn-unreachable'
  | 'relay-missing'
  | 'relay-failed'
  | 'no-channel'
  | 'hello-refused'
  | 'hello-silent'
  | 'unknown'
