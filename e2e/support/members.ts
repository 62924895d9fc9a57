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

/**
 * Runs in a page: records every state that its list of members ever shows, however short.
 * @returns a list that grows, of states, each the texts of its items
 */
export function recordedMembers(): string[][] {
  const recorded: string[][] = []
  const record = () => {
    const items = document.querySelectorAll<HTMLElement>('[aria-label="Members"] li')
    const state = [...items].map((item) => item.innerText)
    if (JSON.stringify(state) !== JSON.stringify(recorded.at(-1))) recorded.push(state)
  }
  record()
  const everything = { subtree: true, childList: true, characterData: true, attributes: true }
  new MutationObserver(record).observe(document.documentElement, everything)
  return recorded
}
