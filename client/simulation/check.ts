import { chainOf, type Entry } from '../room/entry.ts'
import { changedText, checkDeletions, SPARE } from './changing.ts'
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

/**
 * Those who can find each other: everybody, while there is a server; without it those between whom links lead, and nobody
 * knows of others.
 */
export function groupsOf({ here, network, isServerGone }: Simulation): readonly (readonly Visit[])[] {
  if (!isServerGone) return here.length > 0 ? [here] : []
  const visits = new Map(here.map((visit) => [visit.host, visit]))
  const groups = new Map(here.map((visit) => [visit, new Set([visit])]))
  for (const { hosts, passes } of network.open) {
    if (!passes) continue
    const [a, b] = hosts
    const [one, other] = [visits.get(a), visits.get(b)]
    const [mine, theirs] = [one && groups.get(one), other && groups.get(other)]
    if (!mine || !theirs || mine === theirs) continue
    for (const visit of theirs) {
      mine.add(visit)
      groups.set(visit, mine)
    }
  }
  return [...new Set(groups.values())].map((group) => [...group])
}

/** What members of each of these groups hold together: none of it may be missing in the end. */
export const heldBy = (group: readonly Visit[]): ReadonlyMap<string, number> => {
  const held = new Map<string, number>()
  for (const { log } of group.filter(isHonest))
    for (const chain of log.chains.keys()) held.set(chain, Math.max(log.last(chain), held.get(chain) ?? 0))
  return held
}

/** Whether everybody is linked and holds the same by now; the rest may take a while longer. */
export function isHealed(simulation: Simulation): boolean {
  return groupsOf(simulation).every((group) => {
    for (const _ of checkLinks(simulation.network, group)) return false
    for (const _ of checkMembers(group, simulation.isServerGone)) return false
    for (const _ of checkLogs(group.filter(isHonest), simulation)) return false
    return true
  })
}

/** What is not as it must be once all faults have been over for a while. */
export function* checked(
  simulation: Simulation,
  before: { readonly groups: readonly (readonly Visit[])[]; readonly held: readonly ReadonlyMap<string, number>[] },
  still: Stillness,
): Generator<string> {
  const groups = groupsOf(simulation)
  for (const [index, former] of before.groups.entries()) {
    const group = groups.find((visits) => former.every((visit) => visits.includes(visit)))
    if (!group) yield `these found together no more: ${former.map(({ label }) => label).join(', ')}`
    else yield* checkHeld(group, before.held[index] ?? new Map())
  }
  for (const group of groups) {
    yield* checkLinks(simulation.network, group)
    yield* checkMembers(group, simulation.isServerGone)
    yield* checkLogs(group.filter(isHonest), simulation)
    yield* checkMessages(group, simulation)
    yield* checkDeletions(group.filter(isHonest), simulation)
  }
  yield* checkStillness(simulation, still)
  yield* checkLeavings(simulation)
  yield* checkStorm(simulation)
  const { alive, open } = simulation.network
  if (alive !== open.length * 2) yield `${alive} ends of connections for ${open.length} links`
  for (const refusal of simulation.server.refusals) yield `the server refused something: ${refusal}`
}

/** Whose log is of any interest: a liar's own is another than everybody's. */
const isHonest = ({ liar }: Visit): boolean => !liar.hasLied

function* checkHeld(group: readonly Visit[], held: ReadonlyMap<string, number>): Generator<string> {
  // All of a chain may be thinned.
  for (const { label, log, isThinned } of group.filter(isHonest))
    for (const [chain, last] of held)
      if (log.last(chain) < last && !log.chains.get(chain)?.fork && !(isThinned && log.last(chain) === 0))
        yield `${label} holds ${log.last(chain)} of ${chain.slice(64, 72)}, of which others held ${last}`
}

function* checkMembers(group: readonly Visit[], isServerGone: boolean): Generator<string> {
  const people = new Set(group.map(({ room }) => room.me.id))
  for (const { label, room, counted } of group) {
    const ids = room.members.map(({ id }) => id)
    if (new Set(ids).size !== ids.length) yield `${label} sees somebody twice`
    if (ids.some((id) => !people.has(id))) yield `${label} sees somebody who is not there`
    if ([...people].some((id) => !ids.includes(id))) yield `${label} does not see everybody`
    for (const { state, name, typing } of room.members) {
      if (state !== 'me' && state !== 'connected' && (state !== 'indirect' || group.length <= 8))
        yield `${label} sees ${name} ${state}`
      if (typing) yield `${label} sees ${name} typing`
    }
    const others = group.filter((other) => other.room.me.id !== room.me.id).map(({ peer }) => peer)
    if ([...counted].sort().join() !== others.sort().join()) yield `${label} counts others than are there for receipts`
    if (room.connection.server !== (isServerGone ? 'away' : 'connected'))
      yield `${label} has the server ${room.connection.server}`
    if (room.connection.problem) yield `${label} is told of a problem: ${room.connection.problem.message}`
    if (room.connection.connecting > 0) yield `${label} is still connecting to ${room.connection.connecting}`
  }
}

function* checkLogs(group: readonly Visit[], { people }: Simulation): Generator<string> {
  const [first, ...others] = group
  if (!first) return
  const liars = people.flatMap(({ visits }) => visits).filter((visit) => !isHonest(visit))
  const authors = new Set(liars.map(({ room }) => room.me.id))
  const common = commonTo(group)
  const isAnyThinned = group.some(({ isThinned }) => isThinned)
  const idsOf = ({ log }: Visit): string[] =>
    log
      .inOrder()
      .filter(common)
      .map(({ id }) => id)
  // Of a liar's names, some of which nobody hears of, each page may have another; and where they were thinned.
  const textsOf = (visit: Visit): string[] => {
    const ids = new Set(idsOf(visit))
    return visit.room.messages
      .filter(({ id }) => id === null || ids.has(id))
      .map((message) => {
        const { id, author, text, name } = message
        const changed = isAnyThinned ? '' : changedText(message)
        return `${id} ${authors.has(author) || isAnyThinned ? '' : name} ${isAnyThinned ? '' : text} ${changed}`
      })
  }
  const [entries, texts] = [idsOf(first), textsOf(first)]
  for (const other of others) {
    const difference = differenceOf(entries, idsOf(other))
    if (difference) yield `the logs of ${first.label} and ${other.label} differ: ${difference}`
    const shown = differenceOf(texts, textsOf(other))
    if (shown) yield `${first.label} and ${other.label} show different messages: ${shown}`
  }
}

/** Which entries all of a group must hold if any does: above the highest floor, and where nobody's chain begins later. */
function commonTo(group: readonly Visit[]): (entry: Entry) => boolean {
  const floor = Math.max(0, ...group.map(({ log }) => log.floor))
  const firsts = new Map<string, number>()
  for (const { log } of group)
    for (const [key, { first }] of log.chains) firsts.set(key, Math.max(first, firsts.get(key) ?? 1))
  return ({ header }) => header.clock >= floor && header.seq >= (firsts.get(chainOf(header.author, header.visit)) ?? 1)
}

function differenceOf(a: readonly string[], b: readonly string[]): string | null {
  const index = a.findIndex((text, i) => b[i] !== text)
  if (index < 0 && a.length === b.length) return null
  const at = index < 0 ? a.length : index
  return `${a.length} and ${b.length}, first at ${at}: ${a[at]?.slice(0, 100)} and ${b[at]?.slice(0, 100)}`
}

/** What is said by whoever is here is there once, in the order in which they said it, and known to be delivered. */
function* checkMessages(group: readonly Visit[], { people }: Simulation): Generator<string> {
  const isAnyThinned = people.some(({ limit }) => limit !== null)
  for (const reader of group) {
    const { label, room } = reader
    const lasting = room.messages.filter(({ text, deleted }) => !deleted && !text.startsWith(SPARE))
    const shown = lasting.map(({ text }) => text.split(' ')[0])
    if (new Set(shown).size !== shown.length) yield `${label} shows something twice`
    const places = new Map(shown.map((text, index) => [text, index]))
    for (const author of people.flatMap(({ visits }) => visits)) {
      const found = author.said.map((text) => places.get(text.trim()) ?? -1)
      const missing = found.indexOf(-1)
      if (missing >= 0 && group.includes(author) && isHonest(author) && !reader.isThinned && !author.isThinned)
        yield `${label} lacks ${author.said[missing]}of ${author.label}`
      const before = missing < 0 ? found : found.slice(0, missing)
      if (before.some((place, i) => place < (found[i - 1] ?? -1)))
        yield `${label} shows what ${author.label} said in another order`
      for (const [i, place] of found.entries())
        if (place >= 0 && place < (places.get(author.saidAfter[i] ?? '') ?? -1))
          yield `${label} shows ${author.said[i]}before ${author.saidAfter[i]}, which was there before`
      if (missing >= 0 && isHonest(reader) && !isAnyThinned && found.slice(missing).some((place) => place >= 0))
        yield `${label} shows what ${author.label} said with a gap at ${author.said[missing]}`
    }
    for (const earlier of people.flatMap((person) => (person.hadFullDisk || person.hasLied ? [] : person.visits)))
      if (earlier.disk === reader.disk && !reader.isThinned)
        // Two pages of one machine that nothing leads between hear of each other's only when they are opened.
        for (const [text, since] of earlier.safe)
          if (since < reader.startedAt && !places.has(text.split(' ')[0]) && isHonest(reader))
            yield `${label} lacks ${text.slice(0, 8)}, which was safe`
    const isAlone = group.every((other) => other.room.me.id === room.me.id)
    if (isAlone || !isHonest(reader)) continue
    for (const { mine, state, text } of room.messages)
      if (mine && state !== 'delivered') yield `at ${label} the state of ${text.slice(0, 10)} is ${state}`
  }
}

function* checkStillness(simulation: Simulation, before: Stillness): Generator<string> {
  const after = stillness(simulation)
  if (after.made !== before.made) yield `${after.made - before.made} connections were made while nothing happened`
  if (after.passed !== before.passed) yield `${after.passed - before.passed} envelopes passed while nothing happened`
  for (const [visit, pending] of after.pending) {
    const former = before.pending.get(visit)
    if (former !== undefined && pending > former + 2) yield `${visit.label} has ${pending} timers, and had ${former}`
  }
}

/** However much broke, nobody tried to connect all the time. */
function* checkStorm({ people, network, time }: Simulation): Generator<string> {
  const visits = people.flatMap((person) => person.visits)
  let most = 0
  for (const [index, a] of visits.entries())
    for (const b of visits.slice(index + 1)) {
      const together = Math.min(a.endedAt ?? time.now(), b.endedAt ?? time.now()) - Math.max(a.startedAt, b.startedAt)
      if (together > 0) most += 1 + together / 10_000
    }
  const attempts = network.made / 2
  if (attempts > 3 + 2 * most) yield `${attempts} attempts at connections were made, where ${Math.round(most)} are many`
}

/** Who left leaves nothing behind. */
function* checkLeavings({ people }: Simulation): Generator<string> {
  for (const { visits } of people)
    for (const { label, time, isHere, hasCrashed } of visits)
      if (!isHere && !hasCrashed && time.pending > 0) yield `${label} left and has ${time.pending} timers`
}
