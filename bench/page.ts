/** What the page weighs, and how long it takes until one can type: on a fresh visit and on a repeated one. Needs a build. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { launchOptions } from '../e2e/support/browser.ts'
import { roomUrl } from '../e2e/support/rooms.ts'
import { Server } from '../e2e/support/server.ts'
import { median, printTable } from './table.ts'

const ROUNDS = 7
const PAGE = join('dist', 'page')

const weight = (path: string): number => statSync(join(PAGE, `${path}.br`)).size
const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(1)} KB`

/** What loads before one can type, as index.html names it; and the rest of the page. */
function printWeight(): void {
  const html = readFileSync(join(PAGE, 'index.html'), 'utf8')
  const named = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].flatMap(([, path]) => path ?? [])
  const initial = new Set(['index.html', ...named])
  const later = readdirSync(join(PAGE, 'assets'))
    .map((name) => `assets/${name}`)
    .filter((path) => /\.(js|css)$/.test(path) && !/embed-/.test(path) && !initial.has(path))
  const sum = (paths: Iterable<string>) => [...paths].reduce((total, path) => total + weight(path), 0)
  const largest = [...later].sort((a, b) => weight(b) - weight(a)).slice(0, 4)
  const nameOf = (path: string) => path.replace(/^assets\//, '').replace(/-[A-Z0-9]{8}\./, '.')
  printTable(
    'What the page weighs, brotli',
    ['part', 'size'],
    [
      ['before one can type: HTML', kilobytes(sum(['index.html']))],
      ['styles', kilobytes(sum([...initial].filter((path) => path.endsWith('.css'))))],
      ['scripts', kilobytes(sum([...initial].filter((path) => path.endsWith('.js'))))],
      ['**in all, before one can type**', `**${kilobytes(sum(initial))}**`],
      ...largest.map((path) => [`later, when needed: ${nameOf(path)}`, kilobytes(weight(path))]),
      ['later, the rest', kilobytes(sum(later.filter((path) => !largest.includes(path))))],
    ],
  )
}

/** Opens a room; gives the milliseconds from there until the field takes what is typed. */
async function timeToTyping(page: import('@playwright/test').Page, url: string): Promise<number> {
  await page.goto('about:blank')
  const start = performance.now()
  await page.goto(url, { waitUntil: 'commit' })
  await page.locator('textarea:focus').waitFor()
  await page.keyboard.type('a')
  await page.waitForFunction(() => document.querySelector('textarea')?.value.endsWith('a'))
  return performance.now() - start
}

export async function benchPage(): Promise<void> {
  printWeight()
  const server = await Server.start({ LOG_LEVEL: 'silent' })
  const browser = await chromium.launch(launchOptions())
  const [fresh, repeated]: [number[], number[]] = [[], []]
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const context = await browser.newContext()
      const page = await context.newPage()
      const url = roomUrl(server.url)
      fresh.push(await timeToTyping(page, url))
      repeated.push(await timeToTyping(page, url))
      await context.close()
    }
  } finally {
    await browser.close()
    await server.kill()
  }
  const [first, again] = [median(fresh), median(repeated)]
  printTable(
    `From opening a room to typing in it, server on the same machine; medians of ${ROUNDS}`,
    ['fresh visit', 'repeated visit', 'ratio'],
    [[`${first.toFixed(0)} ms`, `${again.toFixed(0)} ms`, (again / first).toFixed(2)]],
  )
}
