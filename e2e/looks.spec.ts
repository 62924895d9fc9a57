import type { Locator, Page } from '@playwright/test'
import { accessibilityFaults } from './support/axe.ts'
import type { Person } from './support/person.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'
import { SERVER_AWAY } from './support/watch.ts'

const tooWide = ({ page }: Person) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** Does what the header offers: by its button, or on a phone by the menu. */
async function reach(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true })
  if (await button.isVisible()) return button.click()
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name }).click()
}

test('on a phone all of the main path is done with fingers', async ({ server, people }) => {
  const ada = await people.arrive(server.url, { isPhone: true })
  const { page } = ada
  await page.getByRole('button', { name: 'New room' }).tap()
  await expect(page).toHaveURL(/\/r#/)
  await page.getByRole('button', { name: 'Settings' }).tap()
  await page.getByRole('textbox', { name: 'Your name' }).fill('Ada')
  await page.getByRole('button', { name: 'Save', exact: true }).tap()
  await page.getByRole('button', { name: 'Invite' }).tap()
  await page.getByRole('dialog').getByRole('button', { name: 'Copy link' }).tap()
  await page.getByRole('button', { name: 'Close' }).tap()
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.textbox.tap()
  await ada.textbox.fill('from my phone')
  await page.getByRole('button', { name: 'Send' }).tap()
  await ben.sees('from my phone')
  for (const line of ['one', 'two', 'three', 'four']) await ben.say(line)
  await ben.say('I see')
  await ada.sees('I see')
  await ada.message('I see').getByText('I see').tap()
  await page.getByRole('menuitemcheckbox', { name: 'React with 👍' }).tap()
  await expect(ben.message('I see').getByRole('button', { name: '👍 from Ada' })).toBeVisible()
  await ada.message('I see').getByText('I see').tap()
  await expect(page.getByRole('menu', { name: 'Message' })).toBeVisible()
  // A tap beside the menu closes it, and opens no other.
  await ada.message('from my phone').getByText('from my phone').tap()
  await expect(page.getByRole('menu')).toBeHidden()
  // What stands in the message of an open menu answers a tap, too.
  const receivers = ada.message('from my phone').getByRole('button', { name: 'Delivered' })
  await ada.message('from my phone').getByText('from my phone').tap()
  await expect(page.getByRole('menu', { name: 'Message' })).toBeVisible()
  await receivers.tap()
  await expect(receivers).toHaveAttribute('aria-expanded', 'true')
  await expect(page.getByRole('menu')).toBeHidden()
  await ada.message('I see').getByText('I see').tap()
  await page.getByRole('menuitem', { name: 'Reply', exact: true }).tap()
  await ada.textbox.fill('good')
  await page.getByRole('button', { name: 'Send' }).tap()
  await ben.message('good').getByRole('button', { name: 'In reply to Ben: I see' }).click()
  await page.getByRole('button', { name: 'Members' }).tap()
  await ada.isWith('Ada', 'Ben')
  await page.getByRole('button', { name: 'Members' }).tap()
  await page.getByRole('button', { name: 'More' }).tap()
  await page.getByRole('menuitem', { name: 'Search' }).tap()
  await page.getByRole('searchbox', { name: 'Search messages' }).fill('see')
  await expect(page.getByText('1 of 1')).toBeVisible()
  await page.getByRole('button', { name: 'Close search' }).tap()
  await expect(page.getByRole('button', { name: 'More' })).toBeFocused()
  await page.getByRole('button', { name: 'More' }).tap()
  await page.getByRole('menuitem', { name: 'Rooms' }).tap()
  await page.getByRole('button', { name: 'Options for' }).tap()
  await page.getByRole('menuitem', { name: 'Leave' }).tap()
  await expect(page.getByRole('button', { name: 'New room' })).toBeVisible()
  await ben.isWith('Ben')
})

test('axe finds nothing in any dialog, on a phone and enlarged to 200 %, and nothing is wider than the window', async ({
  server,
  people,
}) => {
  test.slow()
  const ada = await people.arrive(roomUrl(server.url, 'a-room-with-a-long-name'), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ben.say(`hello **there** https://a.example/${'long/'.repeat(30)}\n\`\`\`\n${'code '.repeat(40)}\n\`\`\``)
  await ada.sees('hello there')
  const { page } = ada
  for (const [width, height] of [
    [320, 640],
    [640, 360],
  ] as const) {
    await page.setViewportSize({ width, height })
    // A larger window has no other colours.
    const isFine = async () => expect(await accessibilityFaults(page, width < 640 ? undefined : ['light'])).toEqual([])
    expect(await tooWide(ada)).toBe(0)
    for (const name of ['Rooms', 'Invite', 'Settings']) {
      await reach(page, name)
      await expect(page.getByRole('dialog')).toBeVisible()
      await isFine()
      expect(await tooWide(ada)).toBe(0)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()
    }
    await page.getByRole('button', { name: 'Emoji' }).click()
    await expect(page.getByRole('button', { name: '😀 grinning face' })).toBeVisible()
    await isFine()
    await page.keyboard.press('Escape')
    if (width < 640) {
      await page.getByRole('button', { name: 'More' }).click()
      await isFine()
      await page.keyboard.press('Escape')
    }
    await reach(page, 'Search')
    await isFine()
    expect(await tooWide(ada)).toBe(0)
    await page.keyboard.press('Escape')
  }
})

test('the conversation is the widest part of every window, beside rooms and members where there is room', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url, 'one'), { name: 'Ada' })
  const { page } = ada
  await page.goto(roomUrl(server.url, 'two'))
  await expect(ada.status).toContainText('only one here')
  const NOWHERE = { x: 0, y: 0, width: 0, height: 0 }
  const boxOf = async (part: Locator) => ((await part.isVisible()) ? await part.boundingBox() : null) ?? NOWHERE
  for (const [width, height] of [
    [360, 740],
    [820, 1180],
    [1024, 768],
    [1600, 1000],
  ] as const) {
    await page.setViewportSize({ width, height })
    const [main, members, rooms] = await Promise.all(
      [page.getByRole('main'), page.getByRole('complementary'), page.getByRole('navigation')].map(boxOf),
    )
    expect(main?.width).toBeGreaterThan(width * 0.55)
    expect(main?.height).toBeGreaterThan(height * 0.8)
    // To the right of it, and to its left.
    expect(members?.x).toBe(width >= 960 ? (main?.x ?? 0) + (main?.width ?? 0) : 0)
    expect(rooms?.width).toBe(width >= 1248 ? main?.x : 0)
  }
})

test('with forced colours every control still has a shape', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const { page } = ada
  await page.emulateMedia({ forcedColors: 'active' })
  await ada.say('one')
  await ada.sees('one')
  await ada.message('one').hover()
  const seen = await page.evaluate(() => {
    const borderOf = (selector: string) => {
      const element = document.querySelector(selector)
      return element ? getComputedStyle(element).borderTopStyle : 'missing'
    }
    return { bubble: borderOf('.bubble'), composer: borderOf('.composer-box'), avatar: borderOf('.avatar') }
  })
  expect(seen).toEqual({ bubble: 'solid', composer: 'solid', avatar: 'solid' })
})

test('a dialog moves into its place, but not for whoever wants less motion', async ({ server, people }) => {
  const { page } = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const settings = page.getByRole('button', { name: 'Settings' })
  const open = () =>
    settings.evaluate(async (button: HTMLElement) => {
      button.click()
      while (!document.querySelector('dialog[open]')) await new Promise(requestAnimationFrame)
      return document.getAnimations().length > 0
    })
  for (const reducedMotion of ['no-preference', 'reduce'] as const) {
    await page.emulateMedia({ reducedMotion })
    expect(await open(), reducedMotion).toBe(reducedMotion === 'no-preference')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
})

test('axe finds nothing in what is seldom seen: other ways in, how one is connected, a room’s dialogs, its end', async ({
  server,
  people,
}) => {
  test.slow()
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  const { page } = ada
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const isFine = async () => {
    await expect(page.getByRole('dialog').last()).toBeVisible()
    expect(await accessibilityFaults(page)).toEqual([])
  }
  const close = async () => {
    await page.keyboard.press('Escape')
    await expect(page.locator('dialog')).toHaveCount(0)
  }
  for (const way of ['Invite without a server', 'New link', 'Join by a code']) {
    await button('Invite').click()
    await button(way).click()
    await isFine()
    await close()
  }
  await button('Connection to Ben').click()
  await isFine()
  await close()
  for (const [item, confirm] of [
    ['Rename', 'Save'],
    ['Forget', 'Forget'],
  ] as const) {
    await button('Rooms').click()
    await button('Options for otters').click()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('menuitem', { name: item }).click()
    await expect(page.getByRole('dialog').last().getByRole('button', { name: confirm })).toBeVisible()
    await isFine()
    if (item === 'Rename') {
      await page.keyboard.press('Escape')
      await close()
    }
  }
  await page.getByRole('dialog').last().getByRole('button', { name: 'Forget' }).click()
  await expect(page.getByRole('heading', { name: 'Forgotten' })).toBeVisible()
  expect(await accessibilityFaults(page)).toEqual([])
  await ben.isWith('Ben')
})

test('axe finds nothing where a password is asked for, and while the server is away', async ({
  startServer,
  people,
  watch,
}) => {
  watch.expect(...SERVER_AWAY)
  const server = await startServer()
  const ada = await people.arrive(`${roomUrl(server.url)}?p`)
  await expect(ada.page.getByRole('textbox', { name: 'Password' })).toBeVisible()
  expect(await accessibilityFaults(ada.page)).toEqual([])
  const ben = await people.arrive(roomUrl(server.url), { name: 'Ben' })
  await server.kill()
  await ben.isTold(/Can't reach the server/)
  expect(await accessibilityFaults(ben.page)).toEqual([])
})
