import { systemTime } from '../net/time.ts'
import { loadPeople } from '../room/late.ts'
import { loadConfusables } from '../room/lookalike.ts'
import { createMemoryStore } from '../store/memory.ts'
import { checked, stillness } from './check.ts'
import { seedRandomness } from './randomness.ts'
import { type Scenario, scenarioOf } from './scenario.ts'
import { Simulation } from './simulation.ts'
import { Trace } from './trace.ts'

/** How long everything gets to find together again, and how long it must then stay as it is, in milliseconds. */
const RECOVERY = 120_000
const STILL = 40_000

export interface Outcome {
  readonly seed: number
  readonly people: number
  /** Sentences; none when all is well. */
  readonly problems: readonly string[]
  /** Of all that happened: the same for the same seed. */
  readonly digest: string
  readonly messages: number
  readonly connections: number
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
    }
    await time.pass(start + scenario.end - time.now())
    simulation.mend()
    await time.pass(RECOVERY)
    const before = stillness(simulation)
    await time.pass(STILL)
    problems.push(...simulation.problems, ...checked(simulation, before))
    for (const problem of problems) trace.note('check', problem)
    const digest = trace.digest()
    const messages = Math.max(0, ...simulation.here.map(({ log }) => log.size))
    return { seed, people: scenario.people, problems, digest, messages, connections: simulation.network.made }
  } finally {
    process.off('uncaughtException', stray)
    process.off('unhandledRejection', stray)
    restore()
  }
}
