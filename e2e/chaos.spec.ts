import { chaos } from './chaos/chaos.ts'
import { scheduleOf } from './chaos/schedule.ts'
import { expect, test } from './support/test.ts'

test('half a minute of cut links, killed members and a server that is mostly away: all who live show the same', async () => {
  test.setTimeout(300_000)
  const plan = { length: 30_000, peers: 6, pages: 2 }
  let seed = 0
  // In half a minute not every kind of fault comes by itself, and one near the end may find nobody.
  do seed = Math.floor(Math.random() * 1_000_000)
  while (!scheduleOf({ ...plan, seed }).some(({ kind, at }) => kind === 'unplug' && at < plan.length * 0.7))
  const outcome = await test.step(`seed ${seed}`, () =>
    chaos({ ...plan, seed, say: (line) => process.stdout.write(`    ${line}\n`) }))
  expect(outcome.problems, `again: npm run chaos -- --minutes 0.5 --seed ${seed}; logs: ${outcome.folder}`).toEqual([])
  // Otherwise nothing was tried.
  const { struck, said, away } = outcome
  expect(said).toBeGreaterThan(200)
  expect(away).toBeGreaterThan(0.4)
  expect(struck.close).toBeGreaterThan(3)
  expect(struck.mute).toBeGreaterThan(0)
  expect(struck.kill).toBeGreaterThan(2)
  expect(struck.unplug).toBeGreaterThan(0)
})
