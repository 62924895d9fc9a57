/** How a page takes in a long history: how fast, and how long it keeps people waiting meanwhile. Needs a build. */
import { chromium } from '@playwright/test'
import { joinRoom } from '../client/room/room.ts'
import { platform } from '../client/terminal/platform.ts'
import { launchOptions } from '../e2e/support/browser.ts'
import { roomUrl } from '../e2e/support/rooms.ts'
import { Server } from '../e2e/support/server.ts'
import { median, printTable } from './table.ts'

const MESSAGES = 10_000
const ROUNDS = 3

export async function benchHistory(): Promise<void> {
  const server = await Server.start({ LOG_LEVEL: 'silent' })
  const browser = await chromium.launch(launchOptions())
  const url = roomUrl(server.url)
  const room = joinRoom(url, { ...platform, name: 'Ada' })
  for (let i = 1; i <= MESSAGES; i++) room.send(`message ${i} of a long conversation that somebody missed`)
  const rounds: { ms: number; longest: number; tasks: number }[] = []
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const page = await (await browser.newContext()).newPage()
      await page.addInitScript(() => {
        const tasks: number[] = []
        new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
          type: 'longtask',
          buffered: true,
        })
        Object.assign(window, { tasks })
      })
      const start = performance.now()
      await page.goto(url)
      await page
        .getByRole('article')
        .filter({ hasText: `message ${MESSAGES} of` })
        .waitFor({ timeout: 120_000 })
      const tasks: number[] = await page.evaluate(() => Reflect.get(window, 'tasks'))
      rounds.push({ ms: performance.now() - start, longest: Math.max(0, ...tasks), tasks: tasks.length })
      await page.context().close()
    }
  } finally {
    await room.leave({ hurry: true })
    await browser.close()
    await server.kill()
  }
  printTable(
    `A page that opens a room with ${MESSAGES.toLocaleString('en')} messages; medians of ${ROUNDS}`,
    ['from opening the link to the last message', 'longest task', 'tasks above 50 ms'],
    [
      [
        `${(median(rounds.map(({ ms }) => ms)) / 1_000).toFixed(1)} s`,
        `${median(rounds.map(({ longest }) => longest)).toFixed(0)} ms`,
        `${median(rounds.map(({ tasks }) => tasks))}`,
      ],
    ],
  )
}
