import type { Person } from './support/person.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

/** Sends what is in the field, and reloads so many milliseconds later. */
async function sendAndReload(person: Person, ms: number): Promise<void> {
  const loaded = person.page.waitForEvent('load')
  await person.textbox.evaluate((field, ms) => {
    field.closest('form')?.requestSubmit()
    if (ms === 0) location.reload()
    else setTimeout(() => location.reload(), ms)
  }, ms)
  await loaded
}

test('what is sent right before a reload is in the conversation or in the field, never gone, and so is an edit', async ({
  server,
  people,
}) => {
  test.slow()
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const isIn = async (text: string) => {
    const isThere = async () => (await ada.message(text).count()) + Number((await ada.textbox.inputValue()) === text)
    await expect.poll(isThere, text).toBe(1)
  }
  for (const ms of [0, 1, 2, 3, 4, 5, 6, 8, 10]) {
    await ada.textbox.fill(`${ms} ms`)
    await sendAndReload(ada, ms)
    await isIn(`${ms} ms`)
    await ada.textbox.fill('')
  }
  await ada.say('first')
  await ada.sees('first')
  for (const ms of [0, 1, 2, 4, 8]) {
    const editing = ada.page.getByText('Editing your message')
    await ada.textbox.press('ArrowUp')
    await expect(editing).toBeVisible()
    await ada.textbox.fill(`edited ${ms} `)
    await sendAndReload(ada, ms)
    await expect(ada.message(`edited ${ms}`).or(editing)).toBeVisible()
    await ada.textbox.press('Enter')
    await ada.sees(`edited ${ms}`)
    await expect(editing).toBeHidden()
  }
})

test('what one answers or edits is there again after another room and a reload, and so is what was begun before', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.say('old')
  await ada.sees('old')
  await ada.message('old').hover()
  await ada.message('old').getByRole('button', { name: 'Actions' }).click()
  await ada.page.getByRole('menuitem', { name: 'Reply', exact: true }).click()
  const [replying, editing] = [ada.page.getByText('Replying to'), ada.page.getByText('Editing your message')]
  await ada.textbox.fill('half an answer')
  await ada.reload()
  await expect(replying).toBeVisible()
  await expect(ada.textbox).toHaveValue('half an answer')
  await ada.message('old').hover()
  await ada.message('old').getByRole('button', { name: 'Actions' }).click()
  await ada.page.getByRole('menuitem', { name: 'Edit', exact: true }).click()
  await ada.textbox.fill('half an edit')
  const here = ada.url
  await ada.page.evaluate(
    (url) => {
      location.href = url
    },
    roomUrl(server.url, 'seals'),
  )
  await expect(ada.page).toHaveTitle(/^seals/)
  await expect(ada.textbox).toHaveValue('')
  await ada.page.goBack()
  await expect(ada.page).toHaveURL(here)
  await expect(editing).toBeVisible()
  await expect(ada.textbox).toHaveValue('half an edit')
  await ada.reload()
  await expect(editing).toBeVisible()
  await expect(ada.textbox).toHaveValue('half an edit')
  await ada.page.getByRole('button', { name: 'Cancel editing' }).press('Enter')
  await expect(ada.textbox).toBeFocused()
  await expect(replying).toBeVisible()
  await expect(ada.textbox).toHaveValue('half an answer')
  await ada.textbox.fill('')
  await ada.textbox.press('ArrowUp')
  await expect(editing, 'Up edits nothing while one answers').toBeHidden()
  await ada.say('an answer')
  await expect(ada.message('an answer').getByRole('button', { name: /^In reply to/ })).toBeVisible()
  await expect(ada.message('an answer').getByRole('button', { name: /^Sent/ })).toBeVisible()
  await ada.reload()
  await ada.sees('an answer')
  await expect(replying).toBeHidden()
  await expect(ada.textbox).toHaveValue('')
})

test('a draft that was stored as plain text is still read', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.textbox.fill('half a thou')
  await ada.page.evaluate(() => {
    for (const key of Object.keys(localStorage))
      if (key.startsWith('earshot draft')) localStorage.setItem(key, '"as plain" text')
  })
  await ada.reload()
  await expect(ada.textbox).toHaveValue('"as plain" text')
})

test('a draft outlives a reload while the room is kept, and nothing of it stays when it isn’t', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.textbox.fill('half a thou')
  await ada.reload()
  await expect(ada.textbox).toHaveValue('half a thou')
  const drafts = () =>
    ada.page.evaluate(() =>
      Object.entries(localStorage)
        .filter(([key]) => key.startsWith('earshot draft'))
        .map(String),
    )
  expect(await drafts()).toHaveLength(1)
  expect((await drafts()).join()).not.toContain(ada.url.split('/').at(-1))
  await ada.page.getByRole('button', { name: 'Settings' }).click()
  await ada.page.getByRole('checkbox', { name: 'Keep on this device' }).uncheck()
  await expect.poll(drafts).toEqual([])
  await ada.page.getByRole('checkbox', { name: 'Keep on this device' }).check()
  await expect.poll(drafts).toHaveLength(1)
  await ada.page.getByRole('button', { name: 'Forget this room' }).click()
  await ada.page.getByRole('button', { name: 'Forget it' }).click()
  await expect(ada.page.getByRole('heading', { name: 'Forgotten' })).toBeVisible()
  expect(await drafts()).toEqual([])
})
