import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

test('a long conversation is drawn in parts: from its end one gets to its start, and back', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const earlier = ada.log.getByRole('button', { name: 'Show earlier messages' })
  const latest = ada.page.getByRole('button', { name: 'Latest messages' })
  await ada.saysMany(160, (n) => `message ${n}.`)
  await ada.sees('message 160.')
  await expect(ada.articles).toHaveCount(100)

  // As assistive technology does it: the button takes the click wherever it stands, and nothing scrolls.
  await earlier.dispatchEvent('click')
  await ada.sees('message 11.')
  await expect(ada.message('message 160.')).toBeInViewport()
  await expect(async () => {
    await ada.articles.first().hover()
    await ada.page.mouse.wheel(0, -2_000)
    await expect(ada.message('message 1.')).toBeInViewport({ timeout: 500 })
  }).toPass({ intervals: [10] })
  await expect(earlier).toBeHidden()

  await latest.click()
  await expect(ada.message('message 160.')).toBeInViewport()
  await expect(latest).toBeHidden()
  await expect(ada.articles).toHaveCount(100)
})
