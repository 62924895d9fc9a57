/** What keeps a page from answering: tasks of more than 50 ms, as the browser tells them, and its frames. */
import type { Page } from '@playwright/test'

/** Begins to note tasks, before the page loads. */
export async function watchTasks(page: Page): Promise<void> {
  // What compiles this file names functions by a helper that no page has.
  await page.addInitScript({ content: 'globalThis.__name = (made) => made' })
  await page.addInitScript(() => {
    const seen: { tasks: { start: number; ms: number }[]; frames: number[] } = { tasks: [], frames: [] }
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) seen.tasks.push({ start: startTime, ms: duration })
    }).observe({ type: 'longtask', buffered: true })
    let last = 0
    const frame = (now: number) => {
      if (last > 0) seen.frames.push(now - last)
      last = now
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
    Object.assign(window, { benchSeen: seen })
  })
}

export interface Tasks {
  /** The longest task in milliseconds; 0 when none took more than 50. */
  readonly longest: number
  readonly count: number
  /** The longest time between two frames, in milliseconds. */
  readonly frame: number
}

/** What was noted since this was asked last. */
export function takeTasks(page: Page): Promise<Tasks> {
  return page.evaluate(() => {
    const seen: { tasks: { ms: number }[]; frames: number[] } = Reflect.get(window, 'benchSeen')
    const tasks = seen.tasks.splice(0).map(({ ms }) => ms)
    return { longest: Math.max(0, ...tasks), count: tasks.length, frame: Math.max(0, ...seen.frames.splice(0)) }
  })
}

/** The browser tells only of tasks above 50 ms. */
export const longestText = (ms: number): string => (ms === 0 ? 'at most 50 ms' : `${ms.toFixed(0)} ms`)
