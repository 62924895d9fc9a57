import { networkInterfaces } from 'node:os'
import type { Page } from '@playwright/test'
import { accessibilityFaults } from './support/axe.ts'
import type { Settings } from './support/server.ts'
import { expect, test } from './support/test.ts'
import { lacksTurn, Turn } from './support/turn.ts'
import { SERVER_AWAY } from './support/watch.ts'

/** An address of this machine that is not loopback: browsers ask STUN servers from no other. */
const address = Object.values(networkInterfaces())
  .flatMap((list) => list ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address
/** At a port that is as good as surely free, with two above it. */
const STUN: Settings = { HOST: '0.0.0.0', STUN_PORT: String(20_000 + Math.floor(Math.random() * 10_000)) }

/** The beginning of what is said where the server and its STUN answer, whatever kind of network that is. */
const ANSWER = /You can talk|You and this server/

const check = async (page: Page) => {
  await page.getByRole('button', { name: 'Check my network' }).click()
  return page.getByRole('dialog', { name: 'Your network' })
}

test.beforeEach(() => {
  test.skip(address === undefined, 'This machine has only a loopback address.')
})

test('STUN that answers is said to, with what that means: most people, but no relay', async ({
  startServer,
  people,
}) => {
  const server = await startServer(STUN)
  const { page } = await people.arrive(`http://${address}:${server.port}/`)
  const dialog = await check(page)
  const found = dialog.getByRole('list', { name: 'What was found' })
  await expect(found.getByRole('listitem').filter({ hasText: 'STUN' })).toContainText('works')
  await expect(found.getByRole('listitem').filter({ hasText: 'router' })).toContainText(
    /open|none|can’t be told: this server/,
  )
  await expect(dialog.getByRole('status')).toContainText(
    /You can talk to most people directly\.|people on it can talk with each other/,
  )
  expect(await accessibilityFaults(page)).toEqual([])
  // What checks networks is in no room, and leaves nothing behind.
  expect(await (await fetch(`${server.url}/healthz`)).json()).toMatchObject({ rooms: 0, members: 0 })
})

test('a dead relay is said to be silent, beside one that works', async ({ startServer, people }) => {
  test.skip(lacksTurn !== false, `TURN: ${lacksTurn}`)
  const turn = await Turn.start()
  try {
    const TURN_URLS = `${turn.settings.TURN_URLS},turn:127.0.0.1:9`
    const server = await startServer({ ...STUN, ...turn.settings, TURN_URLS })
    const { page } = await people.arrive(`http://${address}:${server.port}/`)
    const dialog = await check(page)
    const relays = dialog.getByRole('listitem').filter({ hasText: 'Relay (TURN)' })
    await expect(relays.filter({ hasText: 'works' })).toHaveCount(2)
    await expect(relays.filter({ hasText: '127.0.0.1:9?' }).filter({ hasText: 'no answer' })).toHaveCount(2)
    await expect(dialog.getByRole('status')).toContainText('All is well: you can talk to everybody.')
  } finally {
    await turn.stop()
  }
})

test('a relay that refuses the server’s credentials is named, and what to do about it', async ({
  startServer,
  people,
}) => {
  test.skip(lacksTurn !== false, `TURN: ${lacksTurn}`)
  const turn = await Turn.start()
  try {
    const server = await startServer({ ...STUN, ...turn.settings, TURN_SECRET: 'east-west-north-south' })
    const { page } = await people.arrive(`http://${address}:${server.port}/`)
    const dialog = await check(page)
    await expect(dialog.getByRole('listitem').filter({ hasText: 'refuses the credentials' })).toHaveCount(2)
    await expect(dialog.getByRole('status')).toContainText('the same TURN_SECRET')
  } finally {
    await turn.stop()
  }
})

test('without the server that is what is said, and checking again finds it back', async ({
  startServer,
  people,
  watch,
}) => {
  watch.expect(...SERVER_AWAY)
  const server = await startServer(STUN)
  const { page } = await people.arrive(`http://${address}:${server.port}/`)
  const dialog = await check(page)
  await expect(dialog.getByRole('status')).toContainText(ANSWER)
  await server.kill()
  await dialog.getByRole('button', { name: 'Check again' }).click()
  await expect(dialog.getByRole('status')).toContainText("This server can't be reached now.")
  await server.restart()
  await dialog.getByRole('button', { name: 'Check again' }).click()
  await expect(dialog.getByRole('status')).toContainText(ANSWER)
})
