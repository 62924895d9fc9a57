import type { Person } from './support/person.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'
import { lacksTurn, Turn } from './support/turn.ts'

const STEPS = [
  'Introduction (signaling)',
  'Addresses (candidates)',
  'Way through the network (ICE)',
  'Encryption (DTLS)',
  'Channel',
  'Proof of who they are (hello)',
]

/** Opens how this person is connected to somebody. */
async function inspect(person: Person, name: string) {
  await person.page.getByRole('button', { name: `Connection to ${name}`, exact: true }).click()
  const dialog = person.page.getByRole('dialog', { name: `Connection to ${name}`, exact: true })
  await expect(dialog).toBeVisible()
  return dialog
}

test('two people on one network read that they are connected directly on it, and how that came about', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await expect(ada.member('Ben')).toContainText('direct, on this network')
  await expect(ben.member('Ada')).toContainText('direct, on this network')
  await expect(ada.status).toHaveText('Connected directly to 1 person.')

  for (const [person, other] of [
    [ada, 'Ben'],
    [ben, 'Ada'],
  ] as const) {
    const dialog = await inspect(person, other)
    await expect(dialog.getByText('direct, on this network')).toBeVisible()
    await expect(dialog.getByRole('definition').filter({ hasText: /^(under 1|\d+) ms$/ })).toBeVisible()
    const timeline = dialog.getByRole('list', { name: /^Timeline/ })
    for (const [index, step] of STEPS.entries())
      await expect(timeline.getByRole('listitem').nth(index)).toHaveText(new RegExp(`^${literally(step)} .*\\d m?s$`))
    await expect(timeline.getByRole('listitem')).toHaveCount(STEPS.length)
    await expect(dialog.getByRole('heading', { name: /^Attempt \d+: connected after / })).toBeVisible()
    await dialog.getByRole('button', { name: 'Close' }).click()
    await expect(dialog).toBeHidden()
  }
})

test('the copied report is JSON that says how, and holds no address, name or key', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada Lovelace' })
  const ben = await people.arrive(ada.url, { name: 'Ben Nevis' })
  await expect(ada.member('Ben Nevis')).toContainText('direct, on this network')
  const dialog = await inspect(ada, 'Ben Nevis')
  await dialog.getByRole('button', { name: 'Copy report' }).click()
  await expect(dialog.getByRole('status')).toHaveText('Copied')
  const text = await ada.page.evaluate(() => navigator.clipboard.readText())
  const report: unknown = JSON.parse(text)
  expect(report).toMatchObject({
    server: 'connected',
    visits: [
      { path: { route: 'network' }, verdict: null, attempts: [{ steps: STEPS.map(() => ({ state: 'done' })) }] },
    ],
  })
  expect(text).not.toMatch(/\d+\.\d+\.\d+\.\d+|[\da-f]*:[\da-f]*:[\da-f:]*|\.local\b/i)
  const [, name = '', key = ''] = /#([^/]+)\/([\w-]{22})/.exec(ada.url) ?? []
  expect(key).not.toBe('')
  for (const secret of [name, key, 'Lovelace', 'Nevis']) expect(text).not.toContain(secret)
  expect(text).not.toMatch(/[\da-f]{9,}/)
  await ben.closeTab()
  await expect(dialog.getByText('They are not here any more.')).toBeVisible()
})

test('two people between whom nothing gets through read which step failed, and what would help', async ({
  startServer,
  people,
}) => {
  test.slow()
  const server = await startServer({ STUN_PORT: '0' })
  const before = () => {
    // As between networks that know no way to each other.
    RTCPeerConnection.prototype.addIceCandidate = async () => {}
  }
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada', before })
  const ben = await people.arrive(ada.url, { name: 'Ben', before })
  for (const { page, status } of [ada, ben]) {
    await expect(status).toHaveText(
      /Can't reach somebody here directly: the server names neither a STUN nor a TURN server, .* Trying again…$/,
      { timeout: 40_000 },
    )
    await page.getByRole('button', { name: "Why somebody can't be reached" }).click()
    const dialog = page.getByRole('dialog', { name: 'Connection to somebody here' })
    await expect(dialog.getByText(/^Can't reach somebody here directly: the server names neither/)).toBeVisible()
    const step = dialog.getByRole('listitem').filter({ hasText: 'failed after' })
    await expect(step).toHaveText(/^Way through the network \(ICE\) failed after \d+\.\d s$/)
    await dialog.getByRole('button', { name: 'Close' }).click()
  }
})

test('a relayed link says so at both ends, and a relay that refuses the credentials is named', async ({
  startServer,
  people,
}) => {
  test.slow()
  test.skip(lacksTurn !== false, `TURN: ${lacksTurn}`)
  const turn = await Turn.start()
  try {
    // Which of several ways wins is a matter of milliseconds.
    const settings = { ...turn.settings, TURN_URLS: `${turn.settings.TURN_URLS}?transport=udp`, STUN_PORT: '0' }
    const server = await startServer(settings)
    const url = `${roomUrl(server.url)}?relay`
    const ada = await people.arrive(url, { name: 'Ada' })
    const ben = await people.arrive(url, { name: 'Ben' })
    await expect(ada.member('Ben')).toContainText('relayed by UDP')
    await expect(ben.member('Ada')).toContainText('relayed by UDP')
    await expect(ada.status).toHaveText('Connected to 1 person.')

    const strange = await startServer({ ...settings, TURN_SECRET: 'not-the-secret-of-the-relay' })
    const room = `${roomUrl(strange.url)}?relay`
    const cleo = await people.arrive(room, { name: 'Cleo' })
    const dora = await people.arrive(room, { name: 'Dora' })
    for (const { status } of [cleo, dora])
      await expect(status).toContainText('the TURN relay refused the credentials', { timeout: 40_000 })
  } finally {
    await turn.stop()
  }
})

function literally(text: string): string {
  return text.replace(/[()]/g, '\\$&')
}
