import { accessibilityFaults } from './support/axe.ts'
import { expect, test } from './support/test.ts'

test('an address where nothing is leads back to the start page', async ({ server, people, watch }) => {
  watch.expect(/^status 404: \S+\/nonsense$/, /^console: Failed to load resource: .* 404 .*\/nonsense\)$/)
  const { page } = await people.arrive(`${server.url}/nonsense`)
  await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
  // With the styles of the page, in whose dark colours it would be unreadable without them.
  await expect(page.getByRole('main')).toHaveCSS('display', 'grid')
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByRole('link', { name: 'Start page' }).click()
  await expect(page.getByRole('button', { name: 'New room' })).toBeVisible()
})
