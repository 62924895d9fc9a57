/** `npm run lighthouse`: Lighthouse's word on accessibility and best practices, for the start page and a room; 100 or it fails. */
import { createServer } from 'node:net'
import { chromium } from '@playwright/test'
import lighthouse from 'lighthouse'
import { launchOptions, prepareBrowser } from './support/browser.ts'
import { roomUrl } from './support/rooms.ts'
import { Server } from './support/server.ts'

const CATEGORIES = ['accessibility', 'best-practices'] as const

const say = (line: string) => process.stdout.write(`${line}\n`)

/** A port that nobody listens on. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No port.')),
      )
    })
  })
}

/** Looks at a page; whether all scores are 100. */
async function check(title: string, url: string, port: number, formFactor: 'mobile' | 'desktop'): Promise<boolean> {
  const isMobile = formFactor === 'mobile'
  const result = await lighthouse(url, {
    ...{ port, formFactor, output: 'json', logLevel: 'error', onlyCategories: [...CATEGORIES] },
    screenEmulation: {
      mobile: isMobile,
      width: isMobile ? 360 : 1280,
      height: isMobile ? 720 : 800,
      deviceScaleFactor: 1,
    },
  })
  if (!result) throw new Error('Lighthouse said nothing.')
  const { categories, audits } = result.lhr
  const scores = CATEGORIES.map((id) => Math.round((categories[id]?.score ?? 0) * 100))
  say(`| ${title}, ${formFactor} | ${scores.join(' | ')} |`)
  const faults = CATEGORIES.flatMap((id) => categories[id]?.auditRefs ?? [])
    .filter(({ weight }) => weight > 0)
    .flatMap(({ id }) => audits[id] ?? [])
    .filter(({ score }) => score !== null && score < 1)
  for (const { id, title, details } of faults) say(`  ${id}: ${title} ${JSON.stringify(details ?? {}).slice(0, 600)}`)
  return scores.every((score) => score === 100)
}

await prepareBrowser()
const port = await freePort()
const options = launchOptions()
const browser = await chromium.launch({
  ...options,
  args: [...(options.args ?? []), `--remote-debugging-port=${port}`],
})
const server = await Server.start({ LOG_LEVEL: 'silent' })
let isGood = true
try {
  say(`|  | ${CATEGORIES.join(' | ')} |\n| --- | --- | --- |`)
  for (const formFactor of ['mobile', 'desktop'] as const) {
    isGood = (await check('start page', server.url, port, formFactor)) && isGood
    isGood = (await check('room', roomUrl(server.url), port, formFactor)) && isGood
    isGood = (await check('open room', `${server.url}/r#standup`, port, formFactor)) && isGood
  }
} finally {
  await browser.close()
  await server.kill()
}
process.exitCode = isGood ? 0 : 1
