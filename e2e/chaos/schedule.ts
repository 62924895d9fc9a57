/** What goes wrong, and when: made from a seed, so that the same faults can be struck again. */
import { seededRandom } from '../../client/net/virtual-time.ts'

export interface Plan {
  readonly seed: number
  /** How long faults are struck, in milliseconds. */
  readonly length: number
  /** Members that are processes of Node; they have the first slots. */
  readonly peers: number
  /** Members that are pages. */
  readonly pages: number
}

/** A slot is a place among the members, in which one life follows another. */
export type Fault =
  /** The server ends: killed, or asked to. */
  | { readonly kind: 'server-off'; readonly how: 'kill' | 'stop' }
  | { readonly kind: 'server-on' }
  /** The connection between two ends abruptly, at `slot`, or from then on passes nothing, which nobody tells them. */
  | { readonly kind: 'close' | 'mute'; readonly slot: number; readonly other: number }
  /** The member's network goes: all its connections pass nothing, those to come as well. Later they go on where they stopped. */
  | { readonly kind: 'unplug' | 'plug'; readonly slot: number }
  /** The member's network goes, and is not there again before it dies: what it says until then nobody else can have. */
  | { readonly kind: 'strand'; readonly slot: number }
  /** The process dies, and another one takes its slot. */
  | { readonly kind: 'kill' | 'start'; readonly slot: number }

export type TimedFault = Fault & {
  /** Milliseconds since the beginning. */
  readonly at: number
}

/** Mean time between two broken links, in milliseconds, and about how long it is from one fault of the other kinds to the next. */
const LINK_EVERY = 1_500
const PEER_KILL_EVERY = 4_500
const PAGE_KILL_EVERY = 9_000
const UNPLUG_EVERY = 12_000
const SERVER_SPELL = 5_000
/** When nobody dies any more, in milliseconds before the end: without the server the dead are forgotten 40 s after they died. */
const LAST_DEATH = 14_000
/** No process dies before everybody said something. */
const FIRST_DEATH = 4_000
/** How long a page may be stranded before it is killed, in milliseconds. */
const STRANDED_FOR = 3_000

type Random = () => number

const between = (random: Random, from: number, to: number) => from + random() * (to - from)

/** Moments in [from, to), about `every` apart, at least `least` of them. */
function moments(random: Random, from: number, to: number, every: number, least = 1): number[] {
  const count = Math.max(least, Math.round((to - from) / every))
  const width = (to - from) / count
  return Array.from({ length: count }, (_, index) => from + index * width + between(random, 0, width * 0.9))
}

/** Spells with the server and without it in turn, each half of the time in sum. It ends without. */
function serverFaults(random: Random, length: number): TimedFault[] {
  const spells = Math.max(2, Math.round(length / 2 / SERVER_SPELL))
  const shares = () => {
    const raw = Array.from({ length: spells }, () => between(random, 0.4, 1.6))
    const sum = raw.reduce((all, each) => all + each, 0)
    return raw.map((each) => (each / sum) * (length / 2))
  }
  const [on, off] = [shares(), shares()]
  const faults: TimedFault[] = []
  let at = 0
  for (const [index, spell] of on.entries()) {
    at += spell
    faults.push({ at, kind: 'server-off', how: random() < 0.5 ? 'kill' : 'stop' })
    at += off[index] ?? 0
    faults.push({ at, kind: 'server-on' })
  }
  return faults
}

/** Kills in these slots, each with the start after it; no two are dead at once. */
function deaths(random: Random, { length }: Plan, slots: readonly number[], every: number, down: number): TimedFault[] {
  if (slots.length === 0) return []
  const to = Math.max(FIRST_DEATH + 1, length - LAST_DEATH)
  const begins = moments(random, FIRST_DEATH, to, every)
  return begins.flatMap((at, index): TimedFault[] => {
    const slot = pick(random, slots)
    const until = Math.min(begins[index + 1] ?? to, at + between(random, 300, down))
    return [
      { at, kind: 'kill', slot },
      { at: until, kind: 'start', slot },
    ]
  })
}

/** A page's network goes before it dies: before the first death always, later now and then. */
function stranded(random: Random, deaths: readonly TimedFault[]): TimedFault[] {
  const kills = deaths.filter(({ kind }) => kind === 'kill')
  return kills.flatMap((death, index): TimedFault[] => {
    const at = death.at - between(random, STRANDED_FOR / 2, STRANDED_FOR)
    return death.kind === 'kill' && (random() < 0.5 || index === 0) ? [{ at, kind: 'strand', slot: death.slot }] : []
  })
}

function pick<T>(random: Random, from: readonly T[]): T {
  const picked = from[Math.floor(between(random, 0, from.length))]
  if (picked === undefined) throw new Error('There is nothing to pick from.')
  return picked
}

/** Networks that go and come back, one at a time; for longer than it takes to notice, or shorter. */
function unplugged(random: Random, length: number, slots: readonly number[]): TimedFault[] {
  const begins = moments(random, 1_000, length, UNPLUG_EVERY)
  return begins.flatMap((at, index): TimedFault[] => {
    const slot = pick(random, slots)
    const until = Math.min(begins[index + 1] ?? length, length, at + between(random, 1_000, 12_000))
    return [
      { at, kind: 'unplug', slot },
      { at: until, kind: 'plug', slot },
    ]
  })
}

/** All faults in the order of their time. The server is there at the beginning and comes back at the end, as all others do. */
export function scheduleOf(plan: Plan): readonly TimedFault[] {
  const random = seededRandom(plan.seed)
  const { length, peers, pages } = plan
  const slots = Array.from({ length: peers + pages }, (_, slot) => slot)
  const faults = serverFaults(random, length)
  for (const at of moments(random, 500, length, LINK_EVERY)) {
    const slot = pick(random, slots)
    const other = pick(
      random,
      slots.filter((each) => each !== slot),
    )
    faults.push({ at, kind: random() < 0.6 ? 'close' : 'mute', slot, other })
  }
  faults.push(...deaths(random, plan, slots.slice(0, peers), PEER_KILL_EVERY, 4_000))
  const pageDeaths = deaths(random, plan, slots.slice(peers), PAGE_KILL_EVERY, 2_000)
  faults.push(...pageDeaths, ...stranded(random, pageDeaths))
  faults.push(...unplugged(random, length, slots))
  return faults.sort((a, b) => a.at - b.at)
}
