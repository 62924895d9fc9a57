/**
 * Chaos for as long as you like:
 *
 *     npm run chaos -- --minutes 5                       6 processes and 2 pages; prints its seed
 *     npm run chaos -- --minutes 5 --seed 77             the same faults at the same times
 *     npm run chaos -- --peers 3 --pages 1
 */
import { parseArgs } from 'node:util'
import { prepareBrowser } from '../support/browser.ts'
import { chaos } from './chaos.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

/** A number that makes sense, or an error in a sentence. */
function number(option: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= least && value <= most))
    throw new Error(`--${option} takes a number from ${least} to ${most}, not “${text}”.`)
  return value
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '1' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
      peers: { type: 'string', default: '6' },
      pages: { type: 'string', default: '2' },
      keep: { type: 'boolean', default: false },
    },
  })
  const length = number('minutes', values.minutes, 0.3, 24 * 60) * 60_000
  const seed = number('seed', values.seed, 0, 2 ** 32 - 1)
  const peers = Math.floor(number('peers', values.peers, 1, 50))
  const pages = Math.floor(number('pages', values.pages, 0, 10))
  if (peers + pages < 2) throw new Error('It takes two to talk: more --peers or --pages.')
  if (pages > 0) say(`Browser: ${await prepareBrowser()}`)

  const abort = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => abort.abort(new Error('Interrupted.')))
  const { problems, said, lost, away, settled, struck, folder } = await chaos({
    length,
    seed,
    peers,
    pages,
    keep: values.keep,
    say,
    signal: abort.signal,
  })
  say(
    `${said} messages; ${Math.round(away * 100)} % of the time without the server; ` +
      `settled after ${(settled / 1000).toFixed(1)} s; ${lost} messages died with those who had them`,
  )
  say(
    Object.entries(struck)
      .map(([kind, times]) => `${kind} ${times}`)
      .join(', '),
  )
  for (const problem of problems) say(`  ${problem}`)
  if (problems.length === 0) say(`seed ${seed}: all members show the same`)
  else say(`seed ${seed}: something is wrong; event logs are in ${folder}`)
  return problems.length === 0 ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 2
}
