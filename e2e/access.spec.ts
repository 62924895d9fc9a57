import { accessibilityFaults } from './support/axe.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

test('axe finds nothing on the start page, light and dark', async ({ server, people }) => {
  const ada = await people.arrive(server.url)
  await expect(ada.page.getByRole('button', { name: 'New room' })).toBeVisible()
  expect(await accessibilityFaults(ada.page)).toEqual([])
})

test('axe finds nothing in a room, its invitation and its settings, light and dark, wide and narrow', async ({
  server,
  people,
}) => {
  test.slow()
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  expect(await accessibilityFaults(ada.page)).toEqual([])
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ben.isWith('Ada', 'Ben')
  await ada.say('see https://example.com')
  await ben.say('I did\n\nand more')
  await ada.sees('I did')
  await expect(ada.message('see https')).toContainText('Delivered')
  expect(await accessibilityFaults(ada.page)).toEqual([])
  await ada.page.setViewportSize({ width: 360, height: 720 })
  expect(await accessibilityFaults(ada.page)).toEqual([])
  for (const name of ['Invite', 'Settings']) {
    await ada.page.getByRole('button', { name, exact: true }).click()
    await expect(ada.page.getByRole('dialog')).toBeVisible()
    expect(await accessibilityFaults(ada.page)).toEqual([])
    await ada.page.keyboard.press('Escape')
    await expect(ada.page.getByRole('dialog')).toBeHidden()
  }
  await ada.page.getByRole('button', { name: 'Members' }).click()
  await ada.isWith('Ada', 'Ben')
  expect(await accessibilityFaults(ada.page)).toEqual([])
})

test('axe finds nothing in an open room and in a room that can not be opened', async ({ server, people }) => {
  const open = await people.arrive(`${server.url}/r#standup`)
  await expect(open.textbox).toBeVisible()
  expect(await accessibilityFaults(open.page)).toEqual([])
  const broken = await people.arrive(`${server.url}/r#otters/short`)
  await expect(broken.page.getByRole('heading', { name: "This link doesn't work" })).toBeVisible()
  expect(await accessibilityFaults(broken.page)).toEqual([])
})

test('a whole conversation needs the keyboard only', async ({ server, people }) => {
  const ada = await people.arrive(server.url)
  const { keyboard } = ada.page
  await ada.page.getByRole('button', { name: 'New room' }).focus()
  await keyboard.press('Enter')
  await expect(ada.textbox).toBeFocused()
  await keyboard.type('line one')
  await keyboard.press('Shift+Enter')
  await keyboard.type('line two')
  await keyboard.press('Enter')
  await ada.reads(['line one\nline two'])
  await expect(ada.textbox).toBeFocused()
})

test('the invite link is copied with one click, from the empty room and from the invitation', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const dialog = ada.page.getByRole('dialog')
  for (const place of [ada.log, dialog]) {
    if (place === dialog) await ada.page.getByRole('button', { name: 'Invite' }).click()
    await place.getByRole('button', { name: 'Copy link' }).click()
    await expect(place.getByText('Copied')).toBeVisible()
    expect(await ada.page.evaluate(() => navigator.clipboard.readText())).toBe(ada.url)
    await ada.page.evaluate(() => navigator.clipboard.writeText('something else'))
  }
})

test('reading back is not disturbed by new messages, and a button leads to them', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ben.isWith('Ada', 'Ben')
  await ben.saysMany(10, (n) => `message ${n}${'\nwith many lines'.repeat(8)}`)
  await expect(ada.articles).toHaveCount(10)
  await expect(ada.articles.last()).toBeInViewport()
  await ada.articles.first().scrollIntoViewIfNeeded()
  await expect(ada.articles.first()).toBeInViewport()
  await ben.say('one more')
  await ada.sees('one more')
  await expect(ada.articles.first()).toBeInViewport()
  await expect(ada.articles.last()).not.toBeInViewport()
  await ada.page.getByRole('button', { name: /new messages?/i }).click()
  await expect(ada.articles.last()).toBeInViewport()
})
