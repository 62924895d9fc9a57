import { accessibilityFaults } from './support/axe.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

test('who is typing is told by name and number, and who left by when they were last seen', async ({
  server,
  people,
}) => {
  test.slow()
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const others = await Promise.all(['Ben', 'Cleo', 'Dora'].map((name) => people.arrive(ada.url, { name })))
  await ada.isWith('Ada', 'Ben', 'Cleo', 'Dora')
  for (const person of others) await person.textbox.pressSequentially('hm')
  await expect(ada.page.getByText(/(Ben|Cleo|Dora) and 2 others are typing…/)).toBeVisible()
  const [ben] = others
  await ben?.textbox.press('Enter')
  await ada.sees('hm')
  await ben?.closeTab()
  await ada.page.getByText('Seen before, 1').click()
  await expect(ada.page.getByRole('list', { name: 'Seen before' }).getByRole('listitem')).toContainText(
    /Ben.*last seen just now/s,
  )
  expect(await accessibilityFaults(ada.page)).toEqual([])
})

test('the keys are listed on a question mark, which stays one where text is written', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const { page } = ada
  await ada.textbox.press('?')
  await expect(ada.textbox).toHaveValue('?')
  await page.getByRole('button', { name: 'Invite' }).focus()
  await page.keyboard.press('?')
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(list).toContainText('Begin a new line')
  expect(await accessibilityFaults(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(list).toBeHidden()
  await page.keyboard.press('Control+Shift+F')
  await expect(page.getByRole('searchbox', { name: 'Search messages' })).toBeFocused()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(ada.textbox).toBeFocused()
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
  await expect(list).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Settings' })).toBeFocused()
})

test('where the system can share, the invitation offers it, with the link', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), {
    name: 'Ada',
    before: () => {
      const shared: unknown[] = []
      Object.assign(window, { shared })
      Object.defineProperty(navigator, 'share', { value: async (what: unknown) => void shared.push(what) })
    },
  })
  await ada.page.getByRole('button', { name: 'Invite' }).click()
  await ada.page.getByRole('button', { name: 'Share…' }).click()
  expect(await ada.page.evaluate(() => Reflect.get(window, 'shared'))).toMatchObject([{ url: ada.url }])
})
