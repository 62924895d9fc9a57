import { expectNoDoubles } from './support/members.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

test('a closed tab leaves at once', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  await ben.closeTab()
  await expect(ada.member('Ben')).toHaveCount(0, { timeout: 2_000 })
  await expect(ada.status).toContainText(/only one here/i)
})

test('a killed browser is shown as shaky in seconds, and is gone soon after', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  const before = await ada.member('Ben').innerText()
  const states = await ada.recordMembers()
  await ben.kill()
  await expect.poll(async () => (await states()).length, { timeout: 9_000 }).toBeGreaterThan(1)
  await expect(ada.member('Ben')).toHaveCount(0, { timeout: 30_000 })
  const shaky = (await states()).flat().filter((item) => item.includes('Ben') && item !== before)
  expect(shaky).not.toEqual([])
})

test('a reload shows the others neither a ghost nor a double, and keeps the conversation', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  const cleo = await people.arrive(ada.url, { name: 'Cleo' })
  const all = ['Ada', 'Ben', 'Cleo']
  await Promise.all([ada, ben, cleo].map((person) => person.isWith(...all)))
  await ben.say('before the reload')
  await Promise.all([ada.sees('before the reload'), cleo.sees('before the reload')])

  const recordings = await Promise.all([ada.recordMembers(), cleo.recordMembers()])
  for (let times = 1; times <= 3; times++) {
    await ben.reload()
    await ben.isWith(...all)
    await ben.say(`after reload ${times}`)
    for (const other of [ada, cleo]) await other.sees(`after reload ${times}`)
  }
  const conversation = ['before the reload', 'after reload 1', 'after reload 2', 'after reload 3']
  for (const person of [ada, ben, cleo]) {
    await person.reads(conversation)
    await person.isWith(...all)
    await expect(person.status).toHaveText('Connected directly to 2 people.')
  }
  for (const recording of recordings) expectNoDoubles(await recording(), all)
})

test('two tabs of one person are one member', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  const states = await ada.recordMembers()
  const second = await people.anotherTab(ben)
  await second.isWith('Ada', 'Ben')
  await second.say('from the second tab')
  await ada.sees('from the second tab')
  await ben.sees('from the second tab')
  await ben.closeTab()
  await second.say('one tab is left')
  await ada.sees('one tab is left')
  await ada.isWith('Ada', 'Ben')
  expectNoDoubles(await states(), ['Ada', 'Ben'])
})

test('a name given in one tab is the name in all tabs, and stays so for whoever comes later', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.say('as Ada')
  await ben.sees('as Ada')
  const second = await people.anotherTab(ada)
  await second.isWith('Ada', 'Ben')
  await second.rename('Zed')
  await Promise.all([ada, ben].map((person) => person.isWith('Zed', 'Ben')))
  await second.closeTab()
  const cleo = await people.arrive(ada.url, { name: 'Cleo' })
  await Promise.all([ada, ben, cleo].map((person) => person.isWith('Zed', 'Ben', 'Cleo')))
  const third = await people.anotherTab(ada)
  await third.isWith('Zed', 'Ben', 'Cleo')
  await third.say('still Zed')
  await cleo.sees('still Zed')
  await Promise.all([ada, ben, cleo].map((person) => person.isWith('Zed', 'Ben', 'Cleo')))
})

test('what is said on the way out of a room still arrives', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  await ada.page.getByRole('button', { name: 'Rooms' }).click()
  await ada.page.getByRole('button', { name: 'Options for otters' }).click()
  await ada.page.evaluate(() => {
    const field = document.querySelector('textarea')
    if (field) field.value = 'my last words'
    field?.dispatchEvent(new Event('input', { bubbles: true }))
    document.querySelector<HTMLFormElement>('form.composer')?.requestSubmit()
    const items = document.querySelectorAll<HTMLElement>('[role=menuitem]')
    for (const item of items) if (item.textContent === 'Leave') item.click()
  })
  await ben.sees('my last words')
  await expect(ben.member('Ada')).toHaveCount(0)
  await expect(ada.page.getByRole('button', { name: 'New room' })).toBeVisible()
})
