import type { Person } from './support/person.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'
import { lacksTurn, Turn } from './support/turn.ts'

const HIDDEN = "Only relays are used: the others don't see your address."
const DIRECT = /^(host|prflx) to (host|prflx)$/
const NO_RELAY = 'this server has none: nobody can be reached'

/** Ticks "Use relays only", or takes the tick away, in the settings. */
async function useRelaysOnly({ page }: Person, on: boolean): Promise<void> {
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await settings.getByRole('checkbox', { name: 'Use relays only' }).setChecked(on)
  await settings.getByRole('button', { name: 'Close' }).click()
  // Gone, with all that it says.
  await expect(page.locator('dialog')).toHaveCount(0)
}

/** The kinds of the candidates through which a page's connection that is up goes, its own first; empty while there is none. */
const pathOf = ({ page }: Person): Promise<string> =>
  page.evaluate(async () => {
    for (const connection of window.earshotConnections ?? []) {
      if (connection.connectionState !== 'connected') continue
      const reports = new Map<string, Record<string, string>>()
      for (const report of (await connection.getStats()).values()) reports.set(report.id, report)
      const transport = [...reports.values()].find(({ type }) => type === 'transport')
      const pair = reports.get(transport?.selectedCandidatePairId ?? '')
      const kind = (id = '') => reports.get(id)?.candidateType
      return `${kind(pair?.localCandidateId)} to ${kind(pair?.remoteCandidateId)}`
    }
    return ''
  })

/** Addresses in what a page told of its last connection. */
const toldOf = ({ page }: Person): Promise<string[]> =>
  page.evaluate(() => {
    const sdp = window.earshotConnections?.at(-1)?.localDescription?.sdp ?? ''
    return [...sdp.matchAll(/^a=candidate:(.*)$/gm)].map(([, candidate = '']) => candidate)
  })

test('with a relay, "Use relays only" moves an open link to it, and no address is told any more, nor after a reload', async ({
  startServer,
  people,
}) => {
  test.skip(lacksTurn !== false, `TURN: ${lacksTurn}`)
  const turn = await Turn.start()
  try {
    const server = await startServer({ ...turn.settings, STUN_URLS: 'none' })
    const ada = await people.arrive(roomUrl(server.url), { name: 'Ada', severable: true })
    const ben = await people.arrive(ada.url, { name: 'Ben', severable: true })
    await Promise.all([ada.isWith('Ada', 'Ben'), ben.isWith('Ada', 'Ben')])
    await expect.poll(() => pathOf(ada)).toMatch(DIRECT)

    await useRelaysOnly(ada, true)
    await expect(ada.page.getByText(HIDDEN)).toBeVisible()
    await expect.poll(() => pathOf(ada)).toMatch(/^relay to /)
    await ada.say('you only see the relay')
    await ben.sees('you only see the relay')
    await ben.say('so it is')
    await ada.sees('so it is')

    await ada.reload()
    await ada.isWith('Ada', 'Ben')
    await expect(ada.page.getByText(HIDDEN)).toBeVisible()
    expect(await pathOf(ada)).toMatch(/^relay to /)
    const told = await toldOf(ada)
    expect(told.length).toBeGreaterThan(0)
    for (const candidate of told) expect(candidate).toMatch(/ 127\.0\.0\.1 \d+ typ relay raddr 0\.0\.0\.0 rport 0 /)

    await useRelaysOnly(ada, false)
    await expect(ada.page.getByText(HIDDEN)).toBeHidden()
    await expect.poll(() => pathOf(ada)).toMatch(DIRECT)
    await ben.say('there you are')
    await ada.sees('there you are')
  } finally {
    await turn.stop()
  }
})

test('without a relay, "Use relays only" says that it can’t be met and ends the link; any route again brings it back', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await Promise.all([ada.isWith('Ada', 'Ben'), ben.isWith('Ada', 'Ben')])
  await useRelaysOnly(ada, true)
  await expect(ada.page.getByText(NO_RELAY)).toBeVisible()
  await expect(ben.status).not.toContainText('Connected', { timeout: 25_000 })
  await ada.say('kept for later')
  await useRelaysOnly(ada, false)
  await expect(ada.page.getByText(NO_RELAY)).toBeHidden()
  await ben.sees('kept for later')
})

test('a link may ask for relays only: then it is so, and can’t be changed there', async ({ server, people }) => {
  const ada = await people.arrive(`${roomUrl(server.url)}?relay`, { name: 'Ada' })
  await expect(ada.page.getByText(NO_RELAY)).toBeVisible()
  await ada.page.getByRole('button', { name: 'Settings', exact: true }).click()
  const box = ada.page.getByRole('checkbox', { name: 'Use relays only' })
  await expect(box).toBeChecked()
  await expect(box).toBeDisabled()
})
