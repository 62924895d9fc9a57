/** What a page does while 50 messages a second come in. Needs a build. */
import { chromium } from '@playwright/test'
import { joinRoom } from '../client/room/room.ts'
import { platform } from '../client/terminal/platform.ts'
import { launchOptions } from '../e2e/support/browser.ts'
import { roomUrl } from '../e2e/support/rooms.ts'
import { Server } from '../e2e/support/server.ts'
import { median, printTable } from './table.ts'
import { longestText, type Tasks, takeTasks, watchTasks } from './tasks.ts'

const PER_SECOND = 50
const SECONDS = 10
const ROUNDS = 3

export async function benchStream(): Promise<void> {
  const server = await Server.start({ LOG_LEVEL: 'silent' })
  const browser = await chromium.launch(launchOptions())
  const rounds: Tasks[] = []
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const url = roomUrl(server.url)
      const page = await (await browser.newContext()).newPage()
      await watchTasks(page)
      const room = joinRoom(url, { ...platform, name: 'Ada' })
      await page.goto(url)
      await page.getByText('Connected directly to 1 person.').waitFor()
      await takeTasks(page)
      for (let i = 1; i <= PER_SECOND * SECONDS; i++) {
        room.send(`message ${i}: *some* words that somebody might say, with a link https://a.example/${i}`)
        await new Promise((resolve) => setTimeout(resolve, 1_000 / PER_SECOND))
      }
      await page
        .getByRole('article')
        .filter({ hasText: `message ${PER_SECOND * SECONDS}:` })
        .waitFor()
      rounds.push(await takeTasks(page))
      await room.leave({ hurry: true })
      await page.context().close()
    }
  } finally {
    await browser.close()
    await server.kill()
  }
  printTable(
    `A page to which ${PER_SECOND} messages a second come, for ${SECONDS} s; medians of ${ROUNDS}`,
    ['longest task', 'tasks of more than 50 ms', 'longest time between two frames'],
    [
      [
        longestText(median(rounds.map(({ longest }) => longest))),
        `${median(rounds.map(({ count }) => count))}`,
        `${median(rounds.map(({ frame }) => frame)).toFixed(0)} ms`,
      ],
    ],
  )
}
