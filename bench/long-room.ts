/** A room with a long history that is kept on the device: opening it again, and scrolling to its beginning. Needs a build. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { joinRoom } from '../client/room/room.ts'
import { platform } from '../client/terminal/platform.ts'
import { launchOptions } from '../e2e/support/browser.ts'
import { roomUrl } from '../e2e/support/rooms.ts'
import { Server } from '../e2e/support/server.ts'
import { median, printTable } from './table.ts'
import { longestText, takeTasks, watchTasks } from './tasks.ts'

const MESSAGES = 10_000
const ROUNDS = 5

/** Megabytes that scripts hold after a collection, and elements in the document. */
async function memory(page: Page): Promise<{ heap: number; nodes: number }> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const heap = (await session.send('Runtime.getHeapUsage')).usedSize / 1_000_000
  return { heap, nodes: await page.evaluate(() => document.querySelectorAll('*').length) }
}

async function waitForMessage(page: Page, number: number): Promise<void> {
  await page
    .getByRole('article')
    .filter({ hasText: `message ${number} of` })
    .waitFor({ timeout: 120_000 })
}

/** How many entries the page keeps on the device. */
function countKept(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open('earshot')
        opening.onsuccess = () => {
          const counting = opening.result.transaction('entries').objectStore('entries').count()
          counting.onsuccess = () => {
            opening.result.close()
            resolve(counting.result)
          }
        }
      }),
  )
}

/** Turns the wheel up until the first message shows. Gives how many turns that took. */
async function scrollToStart(page: Page): Promise<number> {
  const first = page.getByRole('article').filter({ hasText: 'message 1 of' })
  await page.getByRole('log').hover()
  for (let turns = 1; ; turns++) {
    await page.mouse.wheel(0, -3_000)
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    if ((await first.count()) > 0) return turns
  }
}

export async function benchLongRoom(): Promise<void> {
  const server = await Server.start({ LOG_LEVEL: 'silent' })
  const profile = await mkdtemp(join(tmpdir(), 'earshot-bench-'))
  const url = roomUrl(server.url)
  const room = joinRoom(url, { ...platform, name: 'Ada' })
  for (let i = 1; i <= MESSAGES; i++) room.send(`message ${i} of a long conversation that is kept`)
  const context = await chromium.launchPersistentContext(profile, launchOptions())
  const rounds: { shown: number; all: number; opening: number; heap: number; nodes: number }[] = []
  try {
    const first = await context.newPage()
    await first.goto(url)
    await waitForMessage(first, MESSAGES)
    const empty = await context.newPage()
    await empty.goto(roomUrl(server.url))
    await empty.getByRole('textbox', { name: 'Message' }).waitFor()
    const before = await memory(empty)
    await empty.close()
    // Until all of it is on the disk, with the author's name, which comes again every 50 entries.
    while ((await countKept(first)) < MESSAGES + Math.floor(MESSAGES / 50))
      await new Promise((resolve) => setTimeout(resolve, 500))
    await room.leave({ hurry: true })
    await first.close()
    for (let round = 0; round < ROUNDS; round++) {
      const page = await context.newPage()
      await watchTasks(page)
      const start = performance.now()
      await page.goto(url, { waitUntil: 'commit' })
      await page.getByRole('article').first().waitFor()
      const shown = performance.now() - start
      await waitForMessage(page, MESSAGES)
      const all = performance.now() - start
      await page.waitForTimeout(1_000)
      const { longest } = await takeTasks(page)
      rounds.push({ shown, all, opening: longest, ...(await memory(page)) })
      if (round < ROUNDS - 1) await page.close()
      else await printScrolling(page, before.heap, rounds)
    }
  } finally {
    await context.close()
    await server.kill()
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function printScrolling(
  page: Page,
  emptyHeap: number,
  rounds: readonly { shown: number; all: number; opening: number; heap: number; nodes: number }[],
): Promise<void> {
  await takeTasks(page)
  const turns = await scrollToStart(page)
  const scrolled = await takeTasks(page)
  const after = await memory(page)
  const middle = (pick: (round: (typeof rounds)[number]) => number) => median(rounds.map(pick))
  printTable(
    `A kept room of ${MESSAGES.toLocaleString('en')} messages, opened again; medians of ${ROUNDS}`,
    ['what', 'figure'],
    [
      ['until the first messages show', `${middle(({ shown }) => shown).toFixed(0)} ms`],
      ['until the last one shows', `${middle(({ all }) => all).toFixed(0)} ms`],
      ['longest task meanwhile', longestText(middle(({ opening }) => opening))],
      ['memory of scripts, beyond that of an empty room', `${(middle(({ heap }) => heap) - emptyHeap).toFixed(1)} MB`],
      ['elements in the document', `${middle(({ nodes }) => nodes)}`],
      [`longest task while scrolling to the start (${turns} turns of the wheel)`, longestText(scrolled.longest)],
      ['longest time between two frames then', `${scrolled.frame.toFixed(0)} ms`],
      ['elements in the document then', `${after.nodes}`],
    ],
  )
}
