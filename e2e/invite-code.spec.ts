import type { Locator } from '@playwright/test'

import { failedAt, HOLE, separate } from './support/firewall.ts'
import type { Person } from './support/person.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'
import { SERVER_AWAY } from './support/watch.ts'

const dialogOf = ({ page }: Person): Locator => page.getByRole('dialog')
const codeOf = (person: Person, name: 'Invite code' | 'Answer code'): Locator =>
  dialogOf(person).getByRole('textbox', { name })

/** Opens the dialog that makes codes, and gives the one that it shows. */
async function makeCode(person: Person): Promise<string> {
  await person.page.getByRole('button', { name: 'Invite', exact: true }).click()
  await dialogOf(person).getByRole('button', { name: 'Invite without a server' }).click()
  await expect(codeOf(person, 'Invite code')).toHaveValue(/^earshot-invite:/)
  return codeOf(person, 'Invite code').inputValue()
}

/** Makes an answer on a newcomer's page. */
async function answer(person: Person, code: string): Promise<string> {
  await person.page.getByRole('button', { name: 'Join by a code' }).click()
  await codeOf(person, 'Invite code').fill(code)
  await dialogOf(person).getByRole('button', { name: 'Make an answer' }).click()
  await expect(codeOf(person, 'Answer code')).toHaveValue(/^earshot-answer:/)
  return codeOf(person, 'Answer code').inputValue()
}

async function take(person: Person, code: string): Promise<void> {
  await codeOf(person, 'Answer code').fill(code)
  await dialogOf(person).getByRole('button', { name: 'Connect' }).click()
}

test('with the server gone for good somebody comes in by a code, and talks to all', async ({
  startServer,
  people,
  watch,
}) => {
  const server = await startServer()
  watch.expect(...SERVER_AWAY)
  const url = roomUrl(server.url)
  const elsewhere = roomUrl(server.url)
  const dan = await people.arrive(elsewhere, { name: 'Dan' })
  const ada = await people.arrive(url, { name: 'Ada' })
  const ben = await people.arrive(url, { name: 'Ben' })
  const cleo = await people.arrive(url, { name: 'Cleo' })
  const three = [ada, ben, cleo]
  await Promise.all(three.map((person) => person.isWith('Ada', 'Ben', 'Cleo')))
  await ada.say('before')
  await Promise.all(three.map((person) => person.sees('before')))
  await server.kill()
  // Another room on a page that is loaded: nothing of it can come from the server any more.
  await dan.page.evaluate((target) => location.assign(target), url)
  await dan.isWith('Dan')
  await expect(dan.page.getByRole('heading', { name: 'The server is away' })).toBeVisible()

  const code = await makeCode(cleo)
  const back = await answer(dan, `Hi Dan! ${code.slice(0, 90)}\n> ${code.slice(90)} See you`)
  await take(cleo, back)
  await expect(dialogOf(cleo).getByRole('status', { name: 'Progress' })).toHaveText('Connected to Dan.')
  await expect(dialogOf(dan)).toBeHidden()
  await cleo.page.keyboard.press('Escape')

  const all = [...three, dan]
  await Promise.all(all.map((person) => person.isWith('Ada', 'Ben', 'Cleo', 'Dan')))
  for (const person of all) await expect(person.status).toHaveText("Server away. You're still connected to 3 people.")
  await dan.sees('before')
  await dan.say('no server here')
  await ben.say('none at all')
  await Promise.all(all.flatMap((person) => [person.sees('no server here'), person.sees('none at all')]))
  await expect(dan.message('no server here')).toContainText('Delivered')

  // The links to the others are Dan's own by now.
  await cleo.closeTab()
  await dan.isWith('Ada', 'Ben', 'Dan')
  await dan.say('she left')
  await Promise.all([ada.sees('she left'), ben.sees('she left')])
})

test('an answer that is pasted only after the newcomer’s connection had failed still leads to a link, through NATs', async ({
  startServer,
  people,
  watch,
}) => {
  const server = await startServer()
  watch.expect(...SERVER_AWAY)
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(roomUrl(server.url), { name: 'Ben' })
  await server.kill()
  await ben.page.evaluate((target) => location.assign(target), ada.url)
  const stop = await separate(ada.page, ben.page)
  const back = await answer(ben, await makeCode(ada))
  // For so long nobody does anything; then what the browser tried first is over, and what it sent opens no way any more.
  await expect
    .poll(async () => Date.now() - ((await failedAt(ben.page)) ?? Date.now()), { timeout: 30_000 })
    .toBeGreaterThan(HOLE)
  await expect(dialogOf(ben).getByRole('status', { name: 'Progress' })).toHaveText('Waiting for them to paste it…')
  await take(ada, back)
  await expect(dialogOf(ada).getByRole('status', { name: 'Progress' })).toHaveText('Connected to Ben.', {
    timeout: 30_000,
  })
  await Promise.all([ada.isWith('Ada', 'Ben'), ben.isWith('Ada', 'Ben')])
  await ben.page.keyboard.press('Escape')
  await ben.say('at last')
  await ada.sees('at last')
  stop()
})
