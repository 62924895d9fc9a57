/** How a page takes in a long history: how fast, and how long it keeps people waiting meanwhile. Needs a build. */
import { chromium } from '@playwright/test'
import { joinRoom } from '../client/room/room.ts'
import { platform } from '../client/terminal/platform.ts'
import { launchOptions } from '../e2e/support/browser.ts'
import { roomUrl } from '../e2e/support/rooms.ts'
import { Server } from '../e2e/support/server.ts'
import { median, printTable } from './table.ts'

const MESSAGES = 10_000
const ROUNDS = 5

/** The browser tells only of tasks above 50 ms. */
function longestText(tasks: readonly number[]): string {
  const ms = median(tasks)
  return ms === 0 ? 'at most 50 ms' : `${ms.toFixed(0)} ms`
}

export async function benchHistory(): Promise<void> {
  const server = await Server.start({ LOG_LEVEL: 'silent' })
  const browser = await chromium.launch(launchOptions())
  const url = roomUrl(server.url)
  const room = joinRoom(url, { ...platform, name: 'Ada' })
  for (let i = 1; i <= MESSAGES; i++) room.send(`message ${i} of a long conversation that somebody missed`)
  const rounds: { ms: number; opening: number; coming: number; tasks: number }[] = []
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const page = await (await browser.newContext()).newPage()
      await page.addInitScript(() => {
        const tasks: { start: number; ms: number }[] = []
        new PerformanceObserver((list) =>
          tasks.push(...list.getEntries().map(({ startTime, duration }) => ({ start: startTime, ms: duration }))),
        ).observe({ type: 'longtask', buffered: true })
        const seen = { tasks, first: Number.POSITIVE_INFINITY }
        new MutationObserver((_, observer) => {
          if (!document.querySelector('article')) return
          seen.first = performance.now()
          observer.disconnect()
        }).observe(document, { childList: true, subtree: true })
        Object.assign(window, { seen })
      })
      const start = performance.now()
      await page.goto(url)
      await page
        .getByRole('article')
        .filter({ hasText: `message ${MESSAGES} of` })
        .waitFor({ timeout: 120_000 })
      const ms = performance.now() - start
      const seen: { tasks: { start: number; ms: number }[]; first: number } = await page.evaluate(() =>
        Reflect.get(window, 'seen'),
      )
      const longest = (tasks: typeof seen.tasks) => Math.max(0, ...tasks.map((task) => task.ms))
      rounds.push({
        ms,
        opening: longest(seen.tasks.filter((task) => task.start < seen.first)),
        coming: longest(seen.tasks.filter((task) => task.start >= seen.first)),
        tasks: seen.tasks.filter((task) => task.start >= seen.first).length,
      })
      await page.context().close()
    }
  } finally {
    await room.leave({ hurry: true })
    await browser.close()
    await server.kill()
  }
  printTable(
    `A page that opens a room with ${MESSAGES.toLocaleString('en')} messages; medians of ${ROUNDS}`,
    [
      'from opening the link to the last message',
      'longest task before the first',
      'longest task after',
      'of more than 50 ms',
    ],
    [
      [
        `${(median(rounds.map(({ ms }) => ms)) / 1_000).toFixed(1)} s`,
        longestText(rounds.map(({ opening }) => opening)),
        longestText(rounds.map(({ coming }) => coming)),
        `${median(rounds.map(({ tasks }) => tasks))}`,
      ],
    ],
  )
}
