import { expect } from '@playwright/test'

/**
 * Fails when any of the recorded states of a members' list showed one of these people twice, and when one of them never
 * was in it, as the recording then tells nothing.
 */
export function expectNoDoubles(states: readonly string[][], names: readonly string[]): void {
  const times = (state: readonly string[], name: string) => state.filter((item) => item.includes(name)).length
  for (const name of names) {
    expect(
      states.some((state) => times(state, name) === 1),
      `${name} was seen`,
    ).toBe(true)
    for (const state of states) expect(times(state, name), `${name} in ${JSON.stringify(state)}`).toBeLessThanOrEqual(1)
  }
}
