import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

test('where the styles of what comes later can’t be had one can write, is told so, and has them once they can', async ({
  server,
  people,
  watch,
}) => {
  const ada = await people.arrive(server.url)
  const { page } = ada
  watch.expect(/later-\S+\.css/, /net::ERR_FAILED/)
  await page.route('**/later-*.css', (route) => route.abort())
  await page.goto(roomUrl(server.url))
  await ada.say('hello')
  await ada.sees('hello')
  const settings = page.getByRole('button', { name: 'Settings' })
  await settings.click()
  await expect(page.getByRole('dialog', { name: 'Not here yet' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.unroute('**/later-*.css')
  await settings.click()
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
  await expect(page.locator('link[href*="/later-"]')).toHaveCount(1)
})

test('who asks for the check of the network the moment that it closes gets it', async ({ server, people }) => {
  const { page } = await people.arrive(server.url)
  const button = page.getByRole('button', { name: 'Check my network' })
  await button.click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  // Browsers tell of a closing a little late.
  await button.evaluate((check: HTMLElement) => {
    document.querySelector('dialog')?.close()
    check.click()
  })
  await expect(dialog.getByRole('button', { name: 'Check again' })).toBeVisible()
})
