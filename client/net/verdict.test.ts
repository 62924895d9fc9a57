import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verdictSentences } from '../texts/verdict-text.ts'
import { AttemptLog, type Mark, type Refusal } from './attempt-log.ts'
import type { CandidateKind } from './candidate.ts'
import { judge, type VerdictCode } from './verdict.ts'
import { VirtualTime } from './virtual-time.ts'

interface Case {
  readonly code: VerdictCode
  /** What came to pass, in so many words. */
  readonly when: string
  readonly marks?: readonly Mark[]
  /** Candidates by kind; `public` is a host with an address that needs no NAT. */
  readonly own?: readonly (CandidateKind | 'public')[]
  readonly other?: readonly (CandidateKind | 'public')[]
  readonly servers?: readonly string[]
  readonly policy?: RTCIceTransportPolicy
  readonly refused?: readonly Pick<Refusal, 'server' | 'code'>[]
  readonly how?: string
  readonly isIntroduced?: boolean
}

const BOTH = ['described-own', 'described-other'] as const
const STUN = ['stun:203.0.113.1:3478']
const TURN = [...STUN, 'turn:203.0.113.1:3478?transport=udp']
const TURN_TCP = [...TURN, 'turns:203.0.113.1:443?transport=tcp']

const cases: readonly Case[] = [
  { code: 'no-answer', when: 'nothing came back', marks: ['described-own'], own: ['host'], servers: STUN },
  { code: 'no-answer', when: 'asking for an attempt was in vain', servers: STUN },
  { code: 'signaling-lost', when: 'the server was away', marks: ['described-own'], own: ['host'], isIntroduced: false },
  {
    code: 'signaling-lost',
    when: 'an offer came and then the server went',
    marks: BOTH,
    own: ['host'],
    isIntroduced: false,
  },
  { code: 'no-candidates', when: 'the browser had none', marks: BOTH, other: ['host', 'srflx'], servers: STUN },
  { code: 'no-candidates-other', when: 'they told none', marks: BOTH, own: ['host', 'srflx'], servers: STUN },
  { code: 'no-stun', when: 'there is no server at all', marks: BOTH, own: ['host'], other: ['host'] },
  {
    code: 'udp-blocked',
    when: 'no STUN server answered',
    marks: BOTH,
    own: ['host'],
    other: ['host', 'srflx'],
    servers: STUN,
  },
  {
    code: 'udp-blocked',
    when: 'neither side got an answer',
    marks: BOTH,
    own: ['host'],
    other: ['host'],
    servers: STUN,
  },
  {
    code: 'udp-blocked',
    when: 'all TURN servers want UDP',
    marks: BOTH,
    own: ['host'],
    other: ['host', 'srflx', 'relay'],
    servers: TURN,
    refused: [{ server: 'turn', code: 701 }],
  },
  {
    code: 'udp-blocked-other',
    when: 'theirs got no answer',
    marks: BOTH,
    own: ['host', 'srflx'],
    other: ['host'],
    servers: STUN,
  },
  {
    code: 'udp-blocked-other',
    when: 'one’s own relay waits for them',
    marks: BOTH,
    own: ['host', 'srflx', 'relay'],
    other: ['host'],
    servers: TURN,
  },
  {
    code: 'needs-relay',
    when: 'both are seen outside',
    marks: BOTH,
    own: ['host', 'srflx'],
    other: ['host', 'srflx'],
    servers: STUN,
  },
  {
    code: 'needs-relay',
    when: 'one has no NAT at all',
    marks: BOTH,
    own: ['public'],
    other: ['host', 'srflx'],
    servers: STUN,
  },
  {
    code: 'turn-refused',
    when: 'it answered 401',
    marks: BOTH,
    own: ['host', 'srflx'],
    other: ['host', 'srflx'],
    servers: TURN,
    refused: [{ server: 'turn', code: 401 }],
  },
  {
    code: 'turn-refused',
    when: 'relays only, and it answered 401',
    marks: BOTH,
    servers: TURN,
    policy: 'relay',
    refused: [
      { server: 'stun', code: 701 },
      { server: 'turn', code: 401 },
    ],
  },
  {
    code: 'turn-unreachable',
    when: 'only STUN answered',
    marks: BOTH,
    own: ['host', 'srflx'],
    other: ['host', 'srflx'],
    servers: TURN,
    refused: [{ server: 'turn', code: 701 }],
  },
  {
    code: 'turn-unreachable',
    when: 'not even TLS got through',
    marks: BOTH,
    own: ['host'],
    other: ['host', 'srflx', 'relay'],
    servers: TURN_TCP,
  },
  {
    code: 'turn-unreachable',
    when: 'relays only, and none answered',
    marks: BOTH,
    other: ['relay'],
    servers: TURN_TCP,
    policy: 'relay',
  },
  {
    code: 'relay-missing',
    when: 'relays only, without TURN',
    marks: BOTH,
    other: ['host'],
    servers: STUN,
    policy: 'relay',
  },
  {
    code: 'relay-failed',
    when: 'both sides had one',
    marks: BOTH,
    own: ['host', 'relay'],
    other: ['srflx', 'relay'],
    servers: TURN,
  },
  {
    code: 'relay-failed',
    when: 'theirs let nothing in',
    marks: BOTH,
    own: ['host', 'srflx'],
    other: ['relay'],
    servers: STUN,
  },
  { code: 'no-channel', when: 'ICE found a way', marks: [...BOTH, 'ice'], own: ['host'], other: ['host'] },
  {
    code: 'no-channel',
    when: 'DTLS came up, no channel',
    marks: [...BOTH, 'ice', 'secured'],
    own: ['host'],
    other: ['host'],
  },
  { code: 'hello-silent', when: 'no hello came', marks: [...BOTH, 'ice', 'secured', 'channel'], isIntroduced: false },
  { code: 'hello-refused', when: 'it didn’t verify', marks: [...BOTH, 'ice', 'secured', 'channel'], how: 'hello' },
]

function attempt({
  marks = [],
  own = [],
  other = [],
  servers = [],
  policy = 'all',
  refused = [],
  how = 'timeout',
}: Case) {
  const config = { iceServers: [{ urls: [...servers], username: 'u', credential: 'c' }], iceTransportPolicy: policy }
  const log = new AttemptLog(new VirtualTime(), true, config)
  for (const mark of marks) log.mark(mark)
  for (const [whose, kinds] of [['own', own] as const, ['other', other] as const])
    for (const kind of kinds) {
      const isPublic = kind === 'public' || kind === 'srflx'
      const facts = { protocol: 'udp', address: isPublic ? 'public' : 'mdns', family: isPublic ? 4 : null } as const
      log.see({ type: 'candidate', whose, facts: { kind: kind === 'public' ? 'host' : kind, ...facts } })
    }
  for (const { server, code } of refused) log.see({ type: 'refusal', refusal: { server, over: 'udp', code, text: '' } })
  log.end(how)
  return log
}

for (const one of cases)
  test(`the verdict is ${one.code} when ${one.when}`, () => {
    assert.equal(judge(attempt(one), { isIntroduced: one.isIntroduced ?? true }).code, one.code)
  })

test('every verdict is reached by some case, and says why and what helps in whole sentences', () => {
  const reached = new Set(cases.map(({ code }) => code))
  for (const [code, { why, help }] of Object.entries(verdictSentences)) {
    assert.ok(
      [...reached].some((one) => one === code),
      code,
    )
    assert.match(why, /^[a-z].*\.$/, code)
    assert.match(help, /^[A-Z].*\.$/, code)
  }
})
