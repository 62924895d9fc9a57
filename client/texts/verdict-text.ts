/** Why somebody can't be reached, by what kept a link from coming up: see net/verdict.ts. */

interface Sentences {
  /** Completes "Can't reach Ada directly: …". */
  readonly why: string
  /** What would help, or what happens by itself. */
  readonly help: string
}

/** Where it can't be certain, it says "probably". */
export const verdictSentences = {
  'no-answer': {
    why: "they don't answer.",
    help: 'Their device may be asleep or offline. It goes on by itself once they are back.',
  },
  'signaling-lost': {
    why: 'the server went away before it could introduce you.',
    help: 'It goes on by itself once the server is back. Until then an invite code can connect you.',
  },
  'no-candidates': {
    why: 'your browser found no network address to be reached at.',
    help: 'Check that this device is online, and that no setting or extension of your browser holds WebRTC back.',
  },
  'no-candidates-other': {
    why: 'their browser told no address to be reached at.',
    help: 'Probably their device is offline, or a setting or extension of their browser holds WebRTC back.',
  },
  'no-stun': {
    why: 'the server names neither a STUN nor a TURN server, so only people on the same network can connect.',
    help: 'Whoever runs the server can switch on its STUN, and add a TURN relay.',
  },
  'udp-blocked': {
    why: 'your network probably lets no UDP through.',
    help: 'A TURN relay over TCP or TLS gets around that: whoever runs the server can add one. Or try another network.',
  },
  'udp-blocked-other': {
    why: 'their network probably lets no UDP through.',
    help: 'A TURN relay over TCP or TLS gets around that: whoever runs the server can add one.',
  },
  'needs-relay': {
    why: 'the network between you needs a TURN relay.',
    help: 'Probably both your routers take another port for each connection (symmetric NAT). Whoever runs the server can add a relay.',
  },
  'turn-refused': {
    why: 'the TURN relay refused the credentials that the server gave.',
    help: 'Whoever runs the server should check that its TURN_SECRET is that of the relay, and that both clocks are right.',
  },
  'turn-unreachable': {
    why: "the TURN relay can't be reached.",
    help: 'It may be down, or your network blocks the way to it. A relay that listens for TLS on port 443 gets through most networks.',
  },
  'relay-missing': {
    why: 'only relays may be used here, and the server has none.',
    help: 'Allow direct connections, or ask whoever runs the server to add a TURN relay.',
  },
  'relay-failed': {
    why: 'the TURN relay was reached, but nothing came through it.',
    help: 'Probably a firewall closes the ports that it relays from, or it may not pass on to these addresses.',
  },
  'no-channel': {
    why: 'a way through the network was found, but no encrypted connection came up over it.',
    help: 'Probably something between you drops larger packets. Another network or a VPN switched off may help.',
  },
  'hello-refused': {
    why: 'they could not prove who they are.',
    help: 'Somebody may have tried to pass for them. Nothing was sent to them.',
  },
  'hello-silent': {
    why: 'a connection came up, but they did not say who they are in time.',
    help: 'Their device may be asleep or very busy. It is tried again by itself.',
  },
} as const satisfies Readonly<Record<string, Sentences>>
