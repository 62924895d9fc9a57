import { accessibilityFaults } from './support/axe.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

test('any message is found by words or its author, from the newest to the oldest, by keyboard', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  await ben.say('The café opens at nine')
  await ada.sees('The café')
  for (let n = 1; n <= 10; n++) await ada.say(`something else ${n}${'\nand more'.repeat(6)}`)
  await ada.say('Meet me at the Cafe then')
  await ben.sees('Meet me')
  const { page } = ben
  await page.getByRole('button', { name: 'Search' }).click()
  const field = page.getByRole('searchbox', { name: 'Search messages' })
  const found = page.getByRole('search').getByRole('status')
  await expect(field).toBeFocused()
  await field.fill('cafe')
  await expect(found).toHaveText('1 of 2')
  const current = ben.log.locator('article[aria-current]')
  await expect(current).toContainText('Meet me at the Cafe')
  await field.press('Enter')
  await expect(found).toHaveText('2 of 2')
  await expect(current).toContainText('The café opens')
  await expect(ben.message('The café opens')).toBeInViewport()
  await expect(field).toBeFocused()
  expect(await page.evaluate(() => CSS.highlights.get('found')?.size)).toBe(2)
  expect(await accessibilityFaults(page)).toEqual([])
  await field.press('Shift+Enter')
  await expect(current).toContainText('Meet me')
  await field.fill('from:ben opens')
  await expect(found).toHaveText('1 of 1')
  await field.fill('nowhere')
  await expect(found).toHaveText('Nothing found')
  await field.fill('brand new')
  await ada.say('something brand new')
  await expect(found).toHaveText('1 of 1')
  await field.press('Escape')
  await expect(field).toBeHidden()
  await expect(page.getByRole('button', { name: 'Search' })).toBeFocused()
  // Effects end with the next frame.
  await expect.poll(() => page.evaluate(() => CSS.highlights.has('found'))).toBe(false)
})

test('a search among messages that all fit the page leaves one at their end', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.say('one otter')
  await ada.say('two seals')
  await ada.sees('two seals')
  await ada.page.getByRole('button', { name: 'Search' }).click()
  await ada.page.getByRole('searchbox', { name: 'Search messages' }).fill('otter')
  await expect(ada.log.locator('article[aria-current]')).toContainText('one otter')
  await expect(ada.page.getByRole('button', { name: 'Latest messages' })).toBeHidden()
  await ada.page.keyboard.press('Escape')
  for (let n = 1; n <= 20; n++) await ada.say(`seal ${n}`)
  await expect(ada.message('seal 20')).toBeInViewport()
})
