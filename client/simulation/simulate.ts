/**
 * Simulates rooms from seeds, and says which went wrong.
 *
 *     npm run simulate -- --seeds 2000             seeds 1 to 2000
 *     npm run simulate -- --seeds 100 --from 500   seeds 500 to 599
 *     npm run simulate -- --seed 77                one; with --trace, all that happens in it; with --reduce, what is needed for it
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { runMany } from './many.ts'
import { reduce } from './reduce.ts'
import { type Outcome, run } from './run.ts'
import { scenarioOf } from './scenario.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

function tell({ seed, people, problems }: Outcome): void {
  if (problems.length === 0) return
  say(`seed ${seed} (${people} people):`)
  for (const problem of problems.slice(0, 8)) say(`  ${problem}`)
  if (problems.length > 8) say(`  and ${problems.length - 8} more`)
  say(`  again: npm run simulate -- --seed ${seed} --trace`)
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '500' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      trace: { type: 'boolean', default: false },
      reduce: { type: 'boolean', default: false },
      processes: { type: 'string', default: String(Math.min(8, availableParallelism())) },
      /** Of a process that another one began: from, end, step. */
      work: { type: 'string' },
    },
  })
  if (values.work !== undefined) {
    const [from = 0, end = 0, step = 1] = values.work.split(',').map(Number)
    for (let seed = from; seed < end; seed += step) say(JSON.stringify(await run(seed)))
    return 0
  }
  if (values.seed !== undefined) {
    const seed = whole(values.seed)
    const print = values.trace ? say : null
    const scenario = values.reduce
      ? await reduce(scenarioOf(seed), (deeds) => process.stderr.write(`${deeds} deeds are enough\n`))
      : scenarioOf(seed)
    if (values.reduce) for (const deed of scenario.deeds) say(JSON.stringify(deed))
    const outcome = await run(seed, { print, scenario })
    tell(outcome)
    say(`seed ${seed}: ${outcome.problems.length === 0 ? 'all is well' : 'something is wrong'}, ${outcome.digest}`)
    return outcome.problems.length === 0 ? 0 : 1
  }
  const [from, seeds, processes] = [whole(values.from), whole(values.seeds), whole(values.processes)]
  const failed: number[] = []
  const healed: number[] = []
  const startedAt = performance.now()
  await runMany({ from, seeds, processes }, (outcome) => {
    if (outcome.problems.length > 0) failed.push(outcome.seed)
    healed.push(outcome.healedAfter)
    tell(outcome)
  })
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  healed.sort((a, b) => a - b)
  const [half = 0, most = 0, last = 0] = [0.5, 0.99, 1].map((part) => healed[Math.ceil(healed.length * part) - 1])
  say(`found together after ${half / 1000} s (half of them), ${most / 1000} s (99 %), ${last / 1000} s (all)`)
  const failures = failed.sort((a, b) => a - b).join(', ')
  say(
    failed.length === 0
      ? `${seeds} seeds in ${seconds} s: all is well`
      : `${failed.length} of ${seeds} failed: ${failures}`,
  )
  return failed.length === 0 ? 0 : 1
}

function whole(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 1) throw new RangeError(`“${text}” is no whole number from 1 on.`)
  return number
}

process.exitCode = await main()
