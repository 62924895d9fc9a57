import { chromium } from '@playwright/test'
import { launchOptions } from './support/browser.ts'
import { Person } from './support/person.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

/** Opens a page at a host that is no localhost: Chromium takes it for insecure, as it does an address of a home network. */
async function arriveInsecurely(url: string) {
  const { args, ...options } = launchOptions()
  const browser = await chromium.launch({
    ...options,
    args: [...args, '--host-resolver-rules=MAP home.test 127.0.0.1'],
  })
  const page = await (await browser.newContext()).newPage()
  const problems: string[] = []
  const workers: string[] = []
  page.on('worker', (worker) => workers.push(worker.url()))
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  await page.goto(url.replace('127.0.0.1', 'home.test'))
  return { browser, problems, workers, person: new Person(page) }
}

test('on plain http, where browsers lend no cryptography, the same room works: two talk and verify, and a terminal talks to both', async ({
  server,
  people,
  startTerminal,
}) => {
  const url = roomUrl(server.url)
  const ada = await people.arrive(url, { name: 'Ada' })
  const { browser, problems, person: ben } = await arriveInsecurely(url)
  try {
    expect(await ben.page.evaluate(() => [isSecureContext, typeof crypto.subtle])).toEqual([false, 'undefined'])
    await expect(ben.page.getByText('Without https, this page itself can be tampered with')).toBeVisible()
    await expect(ada.page.getByText('Without https')).toHaveCount(0)
    await ben.rename('Ben')
    await Promise.all([ada.isWith('Ada', 'Ben'), ben.isWith('Ada', 'Ben')])
    await ada.say('can you read this?')
    await ben.sees('can you read this?')
    await ben.say('every word')
    await ada.sees('every word')
    await expect(ada.message('can you read this?')).toContainText('Delivered')

    expect(await ben.verify('Ada')).toBe(await ada.verify('Ben'))
    await expect(ada.message('every word')).toContainText('verified')
    await expect(ben.message('can you read this?')).toContainText('verified')

    const terminal = startTerminal(url, { name: 'Tess' })
    await Promise.all([ada.isWith('Ada', 'Ben', 'Tess'), ben.isWith('Ada', 'Ben', 'Tess')])
    await terminal.sees('Ada: can you read this?')
    await terminal.sees('Ben: every word')
    terminal.say('hello from a terminal')
    await Promise.all([ada.sees('hello from a terminal'), ben.sees('hello from a terminal')])

    await ben.reload()
    await ben.isWith('Ada', 'Ben', 'Tess')
    await ben.reads(['can you read this?', 'every word', 'hello from a terminal'])
    await expect(ben.member('Ada')).toContainText('verified')
    await ben.say('still me')
    await expect(ada.message('still me')).toHaveAccessibleName(/^Ben/)
    await expect(ada.member('Ben')).toContainText('verified')
    await terminal.sees('Ben: still me')
    expect(problems).toEqual([])
  } finally {
    await browser.close()
  }
})

test('on plain http a name is stretched into a key without holding up the page', async ({ server, people }) => {
  const ada = await people.arrive(`${server.url}/r#standup`, { name: 'Ada' })
  const { browser, problems, workers, person: ben } = await arriveInsecurely(server.url)
  try {
    await ben.page.evaluate(() => {
      const tasks: number[] = []
      new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
        type: 'longtask',
      })
      Object.assign(window, { tasks })
    })
    await ben.page.getByRole('textbox', { name: 'Room name' }).fill('standup')
    await ben.page.getByRole('button', { name: 'Join' }).click()
    await expect(ben.memberItems).toHaveCount(2)
    await ada.say('good morning')
    await ben.sees('good morning')
    // On this thread it would have been one task of seconds.
    const longest = await ben.page.evaluate(() => Math.max(0, ...(Reflect.get(window, 'tasks') as number[])))
    expect(longest).toBeLessThan(500)
    expect(workers).toHaveLength(1)
    expect(ben.page.workers()).toEqual([])
    expect(problems).toEqual([])
  } finally {
    await browser.close()
  }
})
