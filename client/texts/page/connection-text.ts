/** What is said of one connection: see ConnectionDialog.tsx. */
import type { Connection, Inspection, Path, Timeline, Verdict } from '../../room/types.ts'
import { nameInSentence } from './name-text.ts'
import { routeText } from './status-text.ts'
import { number } from './text.ts'

export const connectionWords = {
  nobodyTitle: 'Connection to somebody here',
  route: 'Way',
  noRoute: 'none yet',
  roundTrip: 'Round trip',
  timeline: 'Timeline',
  candidates: 'Addresses tried',
  own: 'Yours',
  other: 'Theirs',
  none: 'none',
  servers: 'What STUN and TURN servers answered',
  copyReport: 'Copy report',
  reportHint: 'For whoever helps you: no address, name or key is in it.',
  nothing: 'There is no attempt at a connection right now.',
  gone: 'They are not here any more.',
} as const

const STEP_WORDS: Readonly<Record<Timeline['steps'][number]['name'], string>> = {
  signaling: 'Introduction (signaling)',
  candidates: 'Addresses (candidates)',
  ice: 'Way through the network (ICE)',
  dtls: 'Encryption (DTLS)',
  channel: 'Channel',
  hello: 'Proof of who they are (hello)',
}

/** Milliseconds for reading: 34 ms, 1.2 s. */
export function durationText(ms: number): string {
  if (ms < 1) return 'under 1 ms'
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`
}

/** How long packets take there and back. */
export const roundTripText = (path: Path | null): string =>
  path?.rtt === null || path === null ? 'not known' : durationText(path.rtt)

export const pathText = (path: Path | null): string => (path ? routeText(path.route) : connectionWords.noRoute)

export const stepText = ({ name }: Timeline['steps'][number]): string => STEP_WORDS[name]

/** How long a step took, or that it is under way. */
export function stepStateText({ state, ms }: Timeline['steps'][number]): string {
  if (state === 'waiting' || ms === null) return 'not begun'
  if (state === 'now') return `under way, ${durationText(ms)}`
  return state === 'failed' ? `failed after ${durationText(ms)}` : durationText(ms)
}

/** Which attempt, and what became of it. */
export function attemptText({ attempt, ended, ms, steps }: Timeline): string {
  const which = attempt === null ? 'Asking for a connection' : `Attempt ${number(attempt)}`
  const isOpen = steps.every(({ state }) => state === 'done')
  if (isOpen) return `${which}: connected after ${durationText(ms)}`
  return ended === null ? `${which}: under way for ${durationText(ms)}` : `${which}: given up after ${durationText(ms)}`
}

const KIND_WORDS = {
  host: 'on the device',
  srflx: 'outside, by STUN',
  prflx: 'found on the way',
  relay: 'of a relay',
} as const

/** Candidates by kind: "2 on the device, 1 outside, by STUN". */
export function candidatesText(candidates: Timeline['candidates']['own']): string {
  const counts = new Map<string, number>()
  for (const { kind, protocol, family, count } of candidates) {
    const how = [protocol === 'tcp' && 'TCP', family && `IPv${family}`].filter(Boolean).join(', ')
    const words = `${KIND_WORDS[kind]}${how && ` (${how})`}`
    counts.set(words, (counts.get(words) ?? 0) + count)
  }
  if (counts.size === 0) return connectionWords.none
  return [...counts].map(([words, count]) => `${number(count)} ${words}`).join('; ')
}

/** What a STUN or TURN server answered: "TURN by TCP: 401 Unauthorized". */
export function refusalText({ server, over, code, text }: Timeline['refusals'][number]): string {
  const answer = code === 701 ? 'no answer' : `${code} ${text}`.trim()
  return `${server.toUpperCase()} by ${over.toUpperCase()}: ${answer}`
}

/** Why somebody can't be reached, and what helps; `name` is null for somebody who has not introduced themselves yet. */
export function verdictText(name: string | null, { why, help }: Verdict): string {
  return `Can't reach ${name === null ? 'somebody here' : nameInSentence(name)} directly: ${why} ${help}`
}

/** What "Copy report" copies. */
export function reportText(inspection: Inspection, { server }: Pick<Connection, 'server'>): string {
  return JSON.stringify({ report: 'earshot connection 1', server, ...inspection }, null, 2)
}
