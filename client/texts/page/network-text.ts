/** What is said of a check of the network: see NetworkDialog.tsx. */
import type { Answer, CheckedServer, Nat, NetworkReport, NetworkVerdict } from '../../earshot.ts'

export const networkWords = {
  title: 'Your network',
  found: 'What was found',
  checking: 'Checking… This can take a moment.',
  again: 'Check again',
  signaling: 'This server',
  address: 'Addresses of this device',
  nat: 'Your router (NAT)',
} as const

export const signalingText = ({ signaling }: Pick<NetworkReport, 'signaling'>): string =>
  ({ asking: 'asking…', works: 'answers', silent: "can't be reached" })[signaling]

export const addressText = ({ hasAddress }: Pick<NetworkReport, 'hasAddress'>): string =>
  hasAddress === null ? 'looking…' : hasAddress ? 'there are some' : 'the browser tells none'

const TRANSPORTS = { udp: 'UDP', tcp: 'TCP', tls: 'TLS' } as const

/** What a server is: "Relay (TURN) by TLS, turns:turn.example.org:5349". */
export const serverText = ({ kind, transport, url }: CheckedServer): string =>
  kind === 'stun' ? `STUN, ${url}` : `Relay (TURN) by ${TRANSPORTS[transport]}, ${url}`

export const answerText = (answer: Answer): string =>
  ({ asking: 'asking…', works: 'works', refused: 'refuses the credentials', silent: 'no answer' })[answer]

const NATS: Readonly<Record<Nat, string>> = {
  none: 'none: others reach this device as it is',
  steady: 'open: one port for everybody',
  strict: 'strict: another port for each peer (symmetric)',
  blocked: 'nothing comes back by UDP',
  inside: 'can’t be told: this server is on your side of it',
  unknown: 'can’t be told from here',
}

export function natText({ nat, verdict }: Pick<NetworkReport, 'nat' | 'verdict'>): string {
  if (nat !== null) return NATS[nat]
  return verdict === null ? 'finding out…' : NATS.unknown
}

const HOW_IT_IS: Readonly<Partial<Record<Nat, string>>> = {
  none: 'You can talk to most people directly.',
  steady: 'You can talk to most people directly.',
  strict: 'You can talk directly only to people whose network is open.',
  blocked: 'Your network lets nothing through by UDP: directly you can talk only to people on the same network.',
}

const VERDICTS: Readonly<Record<NetworkVerdict, string>> = {
  'no-server': "This server can't be reached now. Check your connection, or try again in a while.",
  'no-address':
    'This browser tells no address of this device, so nobody can connect to it. A setting or an extension may keep WebRTC off.',
  all: 'All is well: you can talk to everybody. Where there is no direct way, a relay helps.',
  'by-relay': 'You can talk to everybody. Your network lets few people in directly, but the relay works.',
  most: 'You can talk to most people directly. With somebody behind a strict network you would need a relay (TURN), and this server has none.',
  some: 'You can talk directly only to people whose network is open. For the others you need a relay (TURN), and this server has none: ask whoever runs it.',
  here: 'You and this server are on the same network: people on it can talk with each other. What people elsewhere would need can’t be told from here.',
  near: 'You can talk to people on the same network. For all others you need a relay (TURN), or at least STUN by UDP: ask whoever runs this server.',
  'relay-refused':
    "This server's relay refuses the credentials that the server gives. Whoever runs it should check that both have the same TURN_SECRET.",
  'relay-silent':
    "This server's relay can't be reached from here. A firewall may be in between; TLS on port 443 passes most.",
}

/** What it comes to, and what would help. */
export function networkVerdictText({ verdict, nat }: Pick<NetworkReport, 'verdict' | 'nat'>): string {
  if (verdict === null) return ''
  const before = verdict.startsWith('relay-') && nat !== null ? HOW_IT_IS[nat] : undefined
  return [before, VERDICTS[verdict]].filter(Boolean).join(' ')
}
