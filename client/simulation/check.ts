import { checkLinks } from './check-links.ts'
import type { Simulation } from './simulation.ts'
import type { Visit } from './visit.ts'

/** What must not change while nothing happens. */
export interface Stillness {
  readonly made: number
  readonly passed: number
  readonly pending: ReadonlyMap<Visit, number>
}

/** Counts what must not grow. */
export const stillness = ({ network, server, here }: Simulation): Stillness => ({
  made: network.made,
  passed: server.passed,
  pending: new Map(here.map((visit) => [visit, visit.time.pending])),
})

/** What is not as it must be once all faults have been over for a while. */
export function* checked(simulation: Simulation, before: Stillness): Generator<string> {
  const { here } = simulation
  yield* checkLinks(simulation)
  yield* checkMembers(here)
  yield* checkLogs(here)
  yield* checkMessages(simulation)
  yield* checkStillness(simulation, before)
  yield* checkLeavings(simulation)
  for (const refusal of simulation.server.refusals) yield `the server refused something: ${refusal}`
}

function* checkMembers(here: readonly Visit[]): Generator<string> {
  const people = new Set(here.map(({ room }) => room.me.id))
  for (const { label, room } of here) {
    const ids = room.members.map(({ id }) => id)
    if (new Set(ids).size !== ids.length) yield `${label} sees somebody twice`
    if (ids.some((id) => !people.has(id))) yield `${label} sees somebody who is not there`
    if ([...people].some((id) => !ids.includes(id))) yield `${label} does not see everybody`
    for (const { state, name } of room.members)
      if (state !== 'me' && state !== 'connected' && (state !== 'indirect' || here.length <= 8))
        yield `${label} sees ${name} ${state}`
    if (room.connection.server !== 'connected') yield `${label} has the server ${room.connection.server}`
    if (room.connection.problem) yield `${label} is told of a problem: ${room.connection.problem.message}`
    if (room.connection.connecting > 0) yield `${label} is still connecting to ${room.connection.connecting}`
  }
}

function* checkLogs(here: readonly Visit[]): Generator<string> {
  const [first, ...others] = here
  if (!first) return
  const entries = idsOf(first)
  for (const other of others) {
    const difference = differenceOf(entries, idsOf(other))
    if (difference) yield `the logs of ${first.label} and ${other.label} differ: ${difference}`
    const shown = differenceOf(textsOf(first), textsOf(other))
    if (shown) yield `${first.label} and ${other.label} show different messages: ${shown}`
  }
}

const idsOf = ({ log }: Visit): string[] => log.inOrder().map(({ id }) => id)
const textsOf = ({ room }: Visit): string[] => room.messages.map(({ id, text, name }) => `${id} ${name} ${text}`)

function differenceOf(a: readonly string[], b: readonly string[]): string | null {
  const index = a.findIndex((text, i) => b[i] !== text)
  if (index < 0 && a.length === b.length) return null
  const at = index < 0 ? a.length : index
  return `${a.length} and ${b.length}, first at ${at}: ${a[at]?.slice(0, 100)} and ${b[at]?.slice(0, 100)}`
}

/** What is said by whoever is here is there once, in the order in which they said it, and known to be delivered. */
function* checkMessages({ here, people }: Simulation): Generator<string> {
  for (const { label, room } of here) {
    const shown = room.messages.map(({ text }) => text.split(' ')[0])
    if (new Set(shown).size !== shown.length) yield `${label} shows something twice`
    const places = new Map(shown.map((text, index) => [text, index]))
    for (const person of people)
      for (const author of person.visits) {
        const found = author.said.map((text) => places.get(text.trim()) ?? -1)
        const missing = found.indexOf(-1)
        if (author.isHere && missing >= 0) yield `${label} lacks ${author.said[missing]}of ${author.label}`
        if (found.slice(0, missing < 0 ? found.length : missing).some((place, i) => place < (found[i - 1] ?? -1)))
          yield `${label} shows what ${author.label} said in another order`
        if (missing >= 0 && found.slice(missing).some((place) => place >= 0))
          yield `${label} shows what ${author.label} said with a gap at ${author.said[missing]}`
      }
    const isAlone = here.every((other) => other.room.me.id === room.me.id)
    for (const { mine, state, text } of room.messages)
      if (mine && !isAlone && state !== 'delivered') yield `at ${label} the state of ${text.slice(0, 10)} is ${state}`
  }
}

function* checkStillness(simulation: Simulation, before: Stillness): Generator<string> {
  const after = stillness(simulation)
  if (after.made !== before.made) yield `${after.made - before.made} connections were made while nothing happened`
  if (after.passed !== before.passed) yield `${after.passed - before.passed} envelopes passed while nothing happened`
  for (const [{ label }, pending] of after.pending) {
    const { pending: earlier } = before
    const former = [...earlier].find(([visit]) => visit.label === label)?.[1]
    if (former !== undefined && pending > former + 2) yield `${label} has ${pending} timers, and had ${former}`
  }
}

/** Who left leaves nothing behind. */
function* checkLeavings({ people }: Simulation): Generator<string> {
  for (const { visits } of people)
    for (const { label, time, isHere, hasCrashed } of visits)
      if (!isHere && !hasCrashed && time.pending > 0) yield `${label} left and has ${time.pending} timers`
}
