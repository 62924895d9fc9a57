import { run } from './run.ts'
import type { Scenario, Timed } from './scenario.ts'

/** Leaves out of a scenario whatever isn't needed for something still to go wrong. `told` hears of each step. */
export async function reduce(scenario: Scenario, told: (deeds: number) => void): Promise<Scenario> {
  let smallest = scenario
  const fails = async (deeds: readonly Timed[]) => {
    const { problems } = await run(scenario.seed, { scenario: { ...scenario, deeds } })
    return problems.length > 0
  }
  for (let part = Math.ceil(scenario.deeds.length / 2); part >= 1; part = part === 1 ? 0 : Math.ceil(part / 2)) {
    for (let from = 0; from < smallest.deeds.length; ) {
      const deeds = smallest.deeds.filter((_, index) => index < from || index >= from + part)
      if (await fails(deeds)) {
        smallest = { ...smallest, deeds }
        told(deeds.length)
      } else from += part
    }
  }
  return smallest
}
