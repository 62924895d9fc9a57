import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checked, groupsOf, heldBy, stillness } from './check.ts'
import { runMany } from './many.ts'
import { run } from './run.ts'
import { Simulation } from './simulation.ts'
import { Trace } from './trace.ts'

const SEEDS = 500

test(`${SEEDS} rooms full of faults end with everybody linked, equal logs, right receipts, and nothing left over`, async () => {
  const failed: string[] = []
  let seeds = 0
  await runMany({ from: 1, seeds: SEEDS, processes: 2 }, ({ seed, problems }) => {
    seeds++
    if (problems.length > 0)
      failed.push(`npm run simulate -- --seed ${seed} --trace\n  ${problems.slice(0, 5).join('\n  ')}`)
  })
  assert.equal(seeds, SEEDS)
  assert.equal(failed.join('\n'), '')
})

test('the same seed gives the same run, to the last random byte, and another seed another', async () => {
  const [one, other, another] = [await run(8), await run(8), await run(9)]
  assert.equal(one.digest, other.digest)
  assert.notEqual(one.digest, another.digest)
})

/** Two people who said something, and nothing is wrong. */
async function conversation(): Promise<Simulation> {
  const simulation = new Simulation({ seed: 1, people: 2, limits: [], end: 0, deeds: [] }, new Trace())
  for (const who of [0, 1]) simulation.act({ do: 'join', who })
  await simulation.time.pass(5_000)
  simulation.act({ do: 'say', who: 0, count: 1, length: 20 })
  await simulation.time.pass(60_000)
  return simulation
}

async function problemsOf(simulation: Simulation): Promise<string> {
  const groups = groupsOf(simulation)
  const still = stillness(simulation)
  await simulation.time.pass(20_000)
  return [...simulation.problems, ...checked(simulation, { groups, held: groups.map(heldBy) }, still)].join('\n')
}

test('what is wrong is found: nothing, a lost link, a lost message, and one that came twice', async () => {
  assert.equal(await problemsOf(await conversation()), '')

  const cut = await conversation()
  cut.act({ do: 'cut', who: 0, other: 1, ms: 60_000 })
  assert.match(await problemsOf(cut), /have no link/)

  const lost = await conversation()
  lost.here[1]?.said.push('1a:0 ')
  assert.match(await problemsOf(lost), /0a lacks 1a:0/)

  const twice = await conversation()
  for (const visit of twice.here) visit.room.send('said before')
  assert.match(await problemsOf(twice), /shows something twice/)
})
