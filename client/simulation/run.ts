import { systemTime } from '../net/time.ts'
import { loadPeople } from '../room/late.ts'
import { loadConfusables } from '../room/lookalike.ts'
import { createMemoryStore } from '../store/memory.ts'
import { checked, groupsOf, heldBy, isHealed, stillness } from './check.ts'
import { seedRandomness } from './randomness.ts'
import { type Scenario, scenarioOf } from './scenario.ts'
import { Simulation } from './simulation.ts'
import { Trace } from './trace.ts'

/** How long everything gets to find together again, in milliseconds. */
const RECOVERY = 120_000
/** How often it is looked whether it has. */
const LOOK = 1_000
/** How long what isn't needed any more may take to go, and how long all must then stay as it is. */
const REST = 60_000
/** How soon after all faults it is looked at who can still find whom. */
const SETTLED = 1
const STILL = 20_000

export interface Outcome {
  readonly seed: number
  readonly people: number
  /** Sentences; none when all is well. */
  readonly problems: readonly string[]
  /** Of all that happened: the same for the same seed. */
  readonly digest: string
  readonly messages: number
  readonly connections: number
  /** How long after all faults everybody was linked and held the same, in milliseconds. */
  readonly healedAfter: number
}

let loading: Promise<void> | null = null

/** Loads what rooms load while they run, since loading takes real time. */
async function load(): Promise<void> {
  await loadConfusables()
  await loadPeople({
    store: createMemoryStore(),
    time: systemTime,
    changed: () => {},
    loaded: () => {},
    warn: (error) => {
      throw error
    },
  })
}

/** Runs the scenario of a seed, or a given one, to its end. */
export async function run(
  seed: number,
  { print = null, scenario = scenarioOf(seed) }: { print?: ((line: string) => void) | null; scenario?: Scenario } = {},
): Promise<Outcome> {
  loading ??= load()
  await loading
  const restore = seedRandomness(seed)
  const problems: string[] = []
  const stray = (error: unknown) =>
    problems.push(`something was thrown: ${error instanceof Error ? error.stack : error}`)
  process.on('uncaughtException', stray)
  process.on('unhandledRejection', stray)
  try {
    const trace = new Trace(print)
    const simulation = new Simulation(scenario, trace)
    const { time } = simulation
    const start = time.now()
    for (const deed of scenario.deeds) {
      await time.pass(start + deed.at - time.now())
      simulation.act(deed)
      simulation.watchLogs()
    }
    await time.pass(start + scenario.end - time.now())
    simulation.mend()
    await time.pass(SETTLED)
    const groups = groupsOf(simulation)
    const held = groups.map(heldBy)
    const mendedAt = time.now()
    while (!isHealed(simulation) && time.now() - mendedAt < RECOVERY) await time.pass(LOOK)
    const healedAfter = time.now() - mendedAt
    await time.pass(REST)
    const still = stillness(simulation)
    await time.pass(STILL)
    simulation.watchLogs()
    problems.push(...simulation.problems, ...checked(simulation, { groups, held }, still))
    for (const problem of problems) trace.note('check', problem)
    const digest = trace.digest()
    return {
      seed,
      people: scenario.people,
      problems,
      digest,
      messages: Math.max(0, ...simulation.here.map(({ log }) => log.size)),
      connections: simulation.network.made,
      healedAfter,
    }
  } finally {
    process.off('uncaughtException', stray)
    process.off('unhandledRejection', stray)
    restore()
  }
}
