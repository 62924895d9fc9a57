import { seededRandom } from '../net/virtual-time.ts'

/** What happens, as data: a scenario can be printed, made smaller and replayed. People are numbers from 0; times in milliseconds. */
export type Deed =
  | { readonly do: 'join'; readonly who: number }
  | { readonly do: 'leave'; readonly who: number; readonly hurry: boolean }
  /** Closes a page and opens it again. */
  | { readonly do: 'reload'; readonly who: number }
  /** All pages end without a word; `wiped`: with all that the device kept; `silent`: the machine lost power. */
  | { readonly do: 'crash'; readonly who: number; readonly wiped: boolean; readonly silent: boolean }
  | { readonly do: 'say'; readonly who: number; readonly count: number; readonly length: number }
  | { readonly do: 'rename'; readonly who: number }
  /** Reacts, replies, edits or deletes: `what` says which. */
  | { readonly do: 'change'; readonly who: number; readonly what: number }
  | { readonly do: 'type'; readonly who: number }
  /** Says one thing to some and another to others, in the same place. */
  | { readonly do: 'lie'; readonly who: number }
  /** Nothing passes between two people's machines for a while. */
  | { readonly do: 'cut'; readonly who: number; readonly other: number; readonly ms: number }
  /** The same, but the network says that all is well. */
  | { readonly do: 'mute'; readonly who: number; readonly other: number; readonly ms: number }
  /** Nothing passes between the sides, one of which are these. */
  | { readonly do: 'split'; readonly side: readonly number[]; readonly ms: number }
  /** The present routes between two machines end; others can be found. */
  | { readonly do: 'unroute'; readonly who: number; readonly other: number }
  /** The machine gets another address; `told`: and the page hears of it. */
  | { readonly do: 'move'; readonly who: number; readonly told: boolean }
  | { readonly do: 'sleep'; readonly who: number; readonly ms: number; readonly told: boolean }
  | {
      readonly do: 'lay'
      readonly who: number
      readonly other: number
      readonly delay: number
      readonly jitter: number
      readonly bytesPerMs: number
      readonly loss: number
    }
  | { readonly do: 'restart'; readonly ms: number; readonly graceful: boolean }
  /** The server is gone for good. */
  | { readonly do: 'bury' }
  | { readonly do: 'disconnect'; readonly who: number; readonly half: boolean }
  | { readonly do: 'stall'; readonly who: number; readonly ms: number }
  | { readonly do: 'lose'; readonly part: number; readonly ms: number }
  /** Nothing can be written to the disk for a while. */
  | { readonly do: 'fill'; readonly who: number; readonly ms: number }
  /** The disk takes up to so long for one thing. */
  | { readonly do: 'drag'; readonly who: number; readonly slowness: number; readonly ms: number }
  /** The machine's clock is set. */
  | { readonly do: 'clock'; readonly who: number; readonly ahead: number }

export type Timed = Deed & { readonly at: number }

export interface Scenario {
  readonly seed: number
  readonly people: number
  /** For each person how many entries they keep at most; null for as many as a real room. */
  readonly limits: readonly (number | null)[]
  /** When all faults are over. */
  readonly end: number
  readonly deeds: readonly Timed[]
}

/** The scenario of a seed. */
export function scenarioOf(seed: number): Scenario {
  const random = seededRandom(seed * 7_919 + 1)
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  const chance = (part: number) => random() < part
  // Large rooms take most of the time: a few of them are enough.
  const dice = random()
  const people = dice < 0.72 ? whole(2, 4) : dice < 0.955 ? whole(5, 7) : dice < 0.99 ? whole(8, 10) : whole(14, 16)
  const end = whole(20_000, people > 7 ? 60_000 : 120_000)
  // Some people have bad luck.
  const unlucky = whole(0, people - 1)
  const who = () => (chance(0.25) ? unlucky : whole(0, people - 1))
  const pair = () => {
    const one = who()
    return { who: one, other: (one + whole(1, people - 1)) % people }
  }
  /** Some faults are over before anybody notices, some last. */
  const ms = () => (chance(0.4) ? whole(100, 4_000) : chance(0.7) ? whole(4_000, 20_000) : whole(20_000, 60_000))
  const kinds: (readonly [number, () => Deed])[] = [
    [16, () => ({ do: 'say', who: who(), count: chance(0.9) ? whole(1, 4) : whole(20, 60), length: lengthOf() })],
    [4, () => ({ do: 'join', who: who() })],
    [2, () => ({ do: 'leave', who: who(), hurry: chance(0.5) })],
    [2, () => ({ do: 'reload', who: who() })],
    [3, () => ({ do: 'crash', who: who(), wiped: chance(0.3), silent: chance(0.4) })],
    [2, () => ({ do: 'rename', who: who() })],
    [6, () => ({ do: 'change', who: who(), what: whole(0, 999) })],
    [1, () => ({ do: 'type', who: who() })],
    [chance(0.1) ? 4 : 0, () => ({ do: 'lie', who: who() })],
    [4, () => ({ do: 'cut', ...pair(), ms: ms() })],
    [2, () => ({ do: 'mute', ...pair(), ms: ms() })],
    [2, () => ({ do: 'split', side: Array.from({ length: people }, (_, i) => i).filter(() => chance(0.5)), ms: ms() })],
    [2, () => ({ do: 'unroute', ...pair() })],
    [2, () => ({ do: 'move', who: who(), told: chance(0.7) })],
    [3, () => ({ do: 'sleep', who: who(), ms: ms(), told: chance(0.7) })],
    [2, () => ({ do: 'lay', ...pair(), ...path() })],
    [2, () => ({ do: 'restart', ms: chance(0.5) ? whole(10, 3_000) : ms(), graceful: chance(0.5) })],
    [3, () => ({ do: 'disconnect', who: who(), half: chance(0.3) })],
    [2, () => ({ do: 'stall', who: who(), ms: ms() })],
    [2, () => ({ do: 'lose', part: whole(1, 9) / 10, ms: ms() })],
    [chance(0.2) ? 2 : 0, () => ({ do: 'fill', who: who(), ms: ms() })],
    [1, () => ({ do: 'drag', who: who(), slowness: whole(30, chance(0.9) ? 500 : 4_000), ms: ms() })],
    [1, () => ({ do: 'clock', who: who(), ahead: chance(0.8) ? whole(-5_000, 5_000) : whole(-3_600_000, 3_600_000) })],
  ]
  const lengthOf = () => (chance(0.95) ? whole(1, 80) : whole(1_000, 16_000))
  const path = () => ({
    delay: whole(1, 300),
    jitter: whole(0, 200),
    bytesPerMs: chance(0.5) ? 1_000 : whole(20, 200),
    loss: chance(0.5) ? 0 : whole(1, 50) / 100,
  })
  // Each run has its own favourites, so that some are about one thing many times.
  const weights = kinds.map(([weight, make]) => [weight * (chance(0.25) ? 0 : random() * random() * 4), make] as const)
  const sum = weights.reduce((total, [weight]) => total + weight, 0)
  const draw = (): Deed => {
    let at = random() * sum
    for (const [weight, make] of weights) {
      at -= weight
      if (at < 0) return make()
    }
    return { do: 'say', who: who(), count: 1, length: 10 }
  }
  const deeds: Timed[] = []
  for (let i = 0; i < people; i++)
    if (i < 2 || chance(0.8)) deeds.push({ at: chance(0.5) ? whole(0, 200) : whole(0, 5_000), do: 'join', who: i })
  // Often much happens at about the same time, and the end is one of those.
  const times = [end, ...Array.from({ length: whole(0, 3) }, () => whole(500, end))]
  const when = () =>
    Math.max(500, chance(0.5) ? whole(500, end - 1) : (times[whole(0, times.length - 1)] ?? end) - whole(1, 4_000))
  for (let i = whole(6, 16 + people * 4); i > 0; i--) deeds.push({ at: when(), ...draw() })
  if (chance(0.15)) deeds.push({ at: whole(5_000, end - 1), do: 'bury' })
  deeds.sort((a, b) => a.at - b.at)
  // Drawn last, so that nothing else depends on it.
  const isThinned = chance(0.15)
  // Of whole visits nothing is left where there are many in a very small log.
  const room = Math.ceil(people / 5)
  const limits = Array.from({ length: people }, () => (isThinned && chance(0.7) ? whole(20, 80) * room : null))
  // A small log takes in a burst only bit by bit, which may take longer than anybody waits here.
  const said = deeds.map((deed) =>
    deed.do === 'say' && isThinned ? { ...deed, count: Math.min(8, deed.count) } : deed,
  )
  return { seed, people, limits, end, deeds: said }
}
