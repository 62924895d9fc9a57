import type { Person } from './support/person.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'
import { SERVER_AWAY } from './support/watch.ts'

/** The names that a page's connections have for TURN, one for each connection. */
const usernames = ({ page }: Person) =>
  page.evaluate(() =>
    (window.earshotConnections ?? []).map((connection) =>
      connection
        .getConfiguration()
        .iceServers?.map(({ username }) => username)
        .join(),
    ),
  )

test('new credentials for TURN reach the open link, which stays, and looks for another path with them', async ({
  startServer,
  people,
  watch,
}) => {
  const TURN_URLS = 'turn:127.0.0.1:9?transport=udp'
  const server = await startServer({ TURN_URLS, TURN_SECRET: 'north-south-east-west', STUN_URLS: 'none' })
  watch.expect(...SERVER_AWAY)
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada', severable: true })
  const ben = await people.arrive(ada.url, { name: 'Ben', severable: true })
  await Promise.all([ada.isWith('Ada', 'Ben'), ben.isWith('Ada', 'Ben')])
  const before = await usernames(ada)
  expect(before).toEqual([expect.stringMatching(/^\d+:[0-9a-f]{32}$/)])

  // A welcome brings them as `ice` does. They end a second later than the ones before, at least.
  await server.kill()
  await expect(ada.status).toContainText('Server away')
  await server.restart()
  await expect(ada.status).not.toContainText('Server away', { timeout: 30_000 })
  await expect.poll(() => usernames(ada)).not.toEqual(before)
  expect((await usernames(ada))[0]).toMatch(/^\d+:[0-9a-f]{32}$/)

  const fragments = (person: Person) =>
    person.page.evaluate(() => window.earshotConnections?.[0]?.localDescription?.sdp.match(/a=ice-ufrag:.*/)?.[0])
  const old = await fragments(ada)
  for (const { page } of [ada, ben]) await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await expect.poll(() => fragments(ada)).not.toBe(old)
  await ada.say('still here')
  await ben.sees('still here')
  expect(await usernames(ben)).toHaveLength(1)
})
