import type { Page } from '@playwright/test'
import type { Person } from './support/person.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

const isLost = (page: Page) => page.evaluate(() => document.activeElement === document.body)

/** Goes from the field to what one can do with the last message. */
async function toLastMessage({ page, textbox }: Person): Promise<void> {
  await textbox.focus()
  await page.keyboard.press('Shift+Tab')
}

/** The message whose "Actions" has the focus. */
const focusedMessage = ({ page }: Person) =>
  page.evaluate(() => {
    const { activeElement } = document
    return activeElement?.matches('.message-actions') ? activeElement.closest('article')?.innerText : null
  })

test('from the field one step leads to the last message that one can do something with, whatever stands below it', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const { page } = ada
  for (const text of ['one', 'two', 'three']) {
    await ada.say(text)
    await ada.sees(text)
  }
  await toLastMessage(ada)
  expect(await focusedMessage(ada)).toContain('three')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(ada.message('three').getByRole('button', { name: '👍 from you' })).toBeVisible()
  await toLastMessage(ada)
  expect(await focusedMessage(ada)).toContain('three')
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(ada.message('You deleted this message.')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(ada.message('You deleted this message.')).toBeFocused()
  await page.keyboard.press('ArrowUp')
  expect(await focusedMessage(ada)).toContain('two')
  await page.keyboard.press('ArrowUp')
  expect(await focusedMessage(ada)).toContain('one')
  await toLastMessage(ada)
  expect(await focusedMessage(ada)).toContain('two')
})

test('of many messages only what belongs to one is a stop of the Tab key', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  for (let n = 1; n <= 6; n++) {
    await ada.say(`message ${n}`)
    await ada.sees(`message ${n}`)
  }
  await ada.log.focus()
  await ada.page.keyboard.press('Tab')
  expect(await ada.page.evaluate(() => document.activeElement?.closest('article')?.innerText)).toContain('message 6')
})

test('what had the focus may go: the focus goes on, to what is around or to where one writes', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  const { page } = ada

  await ben.say('react to this')
  await ada.sees('react to this')
  await toLastMessage(ada)
  expect(await focusedMessage(ada)).toContain('react to this')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await ada.message('react to this').getByRole('button', { name: '👍 from you' }).press('Enter')
  await expect(ada.message('react to this').getByRole('list', { name: 'Reactions' })).toBeHidden()
  await expect(ada.message('react to this')).toBeFocused()

  await toLastMessage(ada)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toBeVisible()
  await ben.textbox.press('ArrowUp')
  await ben.textbox.fill('')
  await ben.textbox.press('Enter')
  await ben.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('menu')).toBeHidden()
  await expect.poll(() => isLost(page)).toBe(false)

  await ada.textbox.focus()
  await page.keyboard.press('Control+Shift+F')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(ada.textbox).toBeFocused()

  await page.getByRole('button', { name: 'Rooms', exact: true }).press('Enter')
  await page.getByRole('button', { name: /^Options for/ }).press('Enter')
  await page.getByRole('menuitem', { name: 'Leave' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('button', { name: 'New room' })).toBeVisible()
  await expect.poll(() => isLost(page)).toBe(false)

  await page.getByRole('button', { name: /^Options for/ }).press('Enter')
  await page.getByRole('menuitem', { name: 'Forget' }).press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Forget' }).press('Enter')
  await expect(page.getByRole('button', { name: /^Options for/ })).toBeHidden()
  await expect.poll(() => isLost(page)).toBe(false)
})

test('arrow keys lead from message to message as far as the conversation goes, always in view', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.saysMany(130, (n) => `message ${n}.`)
  await ada.sees('message 130.')
  await toLastMessage(ada)
  const focused = ada.articles.filter({ has: ada.page.locator(':focus') })
  for (let n = 129; n >= 1; n--) {
    await ada.page.keyboard.press('ArrowUp')
    if (n % 8 > 0 && n > 1) continue
    await expect(focused).toContainText(`message ${n}.`)
    await expect(focused.getByRole('button', { name: 'Actions' })).toBeInViewport()
  }
  // Also from a button of the message, and by Enter on the message itself.
  await ada.page.keyboard.press('Shift+Tab')
  await ada.page.keyboard.press('ArrowDown')
  await expect(focused).toContainText('message 2.')

  // The button goes when all are shown, and the focus stays in the conversation.
  await ada.page.getByRole('button', { name: 'Latest messages' }).click()
  const earlier = ada.page.getByRole('button', { name: 'Show earlier messages' })
  await earlier.press('Enter')
  await expect(earlier).toBeHidden()
  await expect(ada.log).toBeFocused()
})

test('whoever clicked into the conversation and types, writes; a message has no ring for a click', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.say('click me')
  await ada.message('click me').getByText('click me').click()
  const ring = () =>
    ada
      .message('click me')
      .locator('.bubble')
      .evaluate((bubble) => getComputedStyle(bubble).boxShadow)
  expect(await ring()).toBe('none')
  await ada.page.keyboard.type('and so on')
  await expect(ada.textbox).toHaveValue('and so on')
})

test('a menu that was open when one left a room is not there when one comes back', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url, 'one'), { name: 'Ada' })
  const { page } = ada
  await page.goto(roomUrl(server.url, 'two'))
  await expect(page.getByRole('heading', { name: 'two' })).toBeVisible()
  await ada.say('in two')
  await ada.sees('in two')
  await toLastMessage(ada)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'one' })).toBeVisible()
  await page.goForward()
  await ada.sees('in two')
  await expect(page.getByRole('menu')).toHaveCount(0)
})
