/** `npm run screenshots`: pictures of the page as people see it, into .github/screenshots/. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium, expect, type Page } from '@playwright/test'
import { launchOptions, prepareBrowser } from './support/browser.ts'
import { Person } from './support/person.ts'
import { roomUrl } from './support/rooms.ts'
import { Server } from './support/server.ts'

const FOLDER = join('.github', 'screenshots')
const WIDE = { width: 1280, height: 800 }
const PHONE = { width: 360, height: 740 }

interface Look {
  readonly viewport: { readonly width: number; readonly height: number }
  readonly colorScheme: 'light' | 'dark'
  readonly isMobile?: boolean
  readonly hasTouch?: boolean
}

async function arrive(browser: Browser, url: string, look: Look, name?: string): Promise<Person> {
  const context = await browser.newContext({ ...look, viewport: WIDE, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(url)
  const person = new Person(page)
  if (name !== undefined) await person.rename(name)
  await page.setViewportSize(look.viewport)
  return person
}

async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0)
  const field = page.getByRole('textbox', { name: 'Message', exact: true })
  const isElsewhere = (await page.locator('dialog, [role=menu], [role=search]').count()) > 0
  // People come from the field that they write in.
  if (!isElsewhere && (await field.count()) > 0) await field.focus()
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' })
  process.stdout.write(`${join(FOLDER, `${name}.png`)}\n`)
}

/** Opens what one can do with a message, by whatever one has: a pointer or a finger. */
async function openMenu(person: Person, text: string): Promise<void> {
  const message = person.message(text).first()
  if (await person.page.evaluate(() => matchMedia('(hover: none)').matches)) return message.getByText(text).tap()
  await message.hover()
  await message.getByRole('button', { name: 'Actions' }).click()
}

async function react(person: Person, text: string, emoji: string): Promise<void> {
  await openMenu(person, text)
  await person.page.getByRole('menuitemcheckbox', { name: `React with ${emoji}` }).click()
}

async function reply(person: Person, to: string, text: string): Promise<void> {
  await openMenu(person, to)
  await person.page.getByRole('menuitem', { name: 'Reply', exact: true }).click()
  await person.say(text)
}

/** Three people make plans. */
async function converse(ada: Person, ben: Person, cleo: Person): Promise<void> {
  const all = [ada, ben, cleo]
  const heard = async (text: string) => {
    for (const person of all) await expect(person.message(text).first()).toBeVisible()
  }
  await ada.say('Who is up for the *river* on Saturday? The forecast says sun.')
  await heard('Who is up for')
  await reply(ben, 'Who is up for', 'I am! I can bring:\n- the big blanket\n- tea, and far too many biscuits')
  await heard('far too many')
  await react(cleo, 'far too many', '🎉')
  await react(ada, 'far too many', '❤️')
  await cleo.say('@Ada here is how long the walk takes:\n```js\nconst hours = 12 / 4 // three, with a nap\n```')
  await heard('how long the walk takes')
  await ada.say('Perfect. Meet at nine by the old bridge?')
  await heard('old bridge')
  await react(ben, 'old bridge', '👍')
  await ben.say('Nine it is.')
  await heard('Nine it is.')
  await expect(ada.message('old bridge').getByRole('button', { name: 'Delivered' })).toBeVisible()
}

await prepareBrowser()
await mkdir(FOLDER, { recursive: true })
const server = await Server.start({ LOG_LEVEL: 'silent' })
const browser = await chromium.launch(launchOptions())
try {
  const light: Look = { viewport: WIDE, colorScheme: 'light' }
  const start = await arrive(browser, server.url, light)
  await expect(start.page.getByRole('button', { name: 'New room' })).toBeVisible()
  await take(start.page, 'start')

  const url = roomUrl(server.url, 'otters')
  const ada = await arrive(browser, url, light, 'Ada')
  await expect(ada.status).toContainText('only one here')
  await take(ada.page, 'alone')
  const ben = await arrive(
    browser,
    url,
    { viewport: PHONE, colorScheme: 'light', isMobile: true, hasTouch: true },
    'Ben',
  )
  const cleo = await arrive(browser, url, { viewport: WIDE, colorScheme: 'dark' }, 'Cleo')
  await expect(ada.status).toContainText('2 people')
  await converse(ada, ben, cleo)
  // The word of who came is over by then.
  for (const { page } of [ada, ben, cleo])
    await expect(page.getByRole('status', { name: 'Notices' })).toBeEmpty({ timeout: 15_000 })
  await take(ada.page, 'room')
  await take(cleo.page, 'dark')
  await take(ben.page, 'phone')

  for (const [button, name] of [
    ['Invite', 'invite'],
    ['Settings', 'settings'],
  ] as const) {
    await ada.page.getByRole('button', { name: button, exact: true }).click()
    await expect(ada.page.getByRole('dialog')).toBeVisible()
    await take(ada.page, name)
    await ada.page.keyboard.press('Escape')
  }
  await cleo.member('Ada').hover()
  await cleo.page.getByRole('button', { name: 'Verify Ada' }).click()
  await expect(cleo.page.getByLabel('Safety number')).toBeVisible()
  await take(cleo.page, 'verify')
  await cleo.page.keyboard.press('Escape')
  await cleo.page.getByRole('button', { name: 'Search' }).click()
  await cleo.page.getByRole('searchbox', { name: 'Search messages' }).fill('river')
  await expect(cleo.page.getByText('1 of 1')).toBeVisible()
  await take(cleo.page, 'search')
  await openMenu(ada, 'far too many')
  await take(ada.page, 'menu')
  await ada.page.keyboard.press('Escape')
  await server.kill()
  await expect(ada.status).toContainText('Server away', { timeout: 15_000 })
  await ben.say('The server is gone, and we go on.')
  await ada.sees('we go on')
  await take(ada.page, 'server-away')
} finally {
  await browser.close()
  await server.kill()
}
