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

/** Chooses from the menu of a message. */
async function choose(person: Person, text: string, action: string): Promise<void> {
  await person.message(text).hover()
  await person.message(text).getByRole('button', { name: 'Actions' }).click()
  await person.page.getByRole('menuitem', { name: action, exact: true }).click()
}

/** What the device keeps of drafts. */
function storedDrafts({ page }: Person): Promise<string[]> {
  return page.evaluate(() =>
    Object.entries(localStorage)
      .filter(([key]) => key.startsWith('earshot draft'))
      .map(String),
  )
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
    // It may be both: said already, and offered once more.
    await expect(ada.message(`edited ${ms}`).or(editing).first()).toBeVisible()
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
  await choose(ada, 'old', 'Reply')
  const [replying, editing] = [ada.page.getByText('Replying to'), ada.page.getByText('Editing your message')]
  await ada.textbox.fill('half an answer')
  await ada.reload()
  await expect(replying).toBeVisible()
  await expect(ada.textbox).toHaveValue('half an answer')
  await choose(ada, 'old', 'Edit')
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
  const drafts = () => storedDrafts(ada)
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

test('nothing of a draft stays on the device when its room is forgotten from the list', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url, 'otters'), { name: 'Ada' })
  await ada.say('kept')
  await expect(ada.message('kept')).toContainText('nobody has it yet')
  await ada.textbox.fill('half a thou')
  await expect.poll(() => storedDrafts(ada)).toEqual([expect.stringContaining('half a thou')])
  await ada.page.goto(server.url)
  await ada.page.getByRole('button', { name: 'Options for otters' }).click()
  await ada.page.getByRole('menuitem', { name: 'Forget' }).click()
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Forget' }).click()
  await expect.poll(() => storedDrafts(ada)).toEqual([])
})

test('an edit that an answer or another edit interrupts comes back when that is sent or given up', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.say('one')
  await ada.say('two')
  await ada.say('three')
  await ada.sees('three')
  const [replying, editing] = [ada.page.getByText('Replying to'), ada.page.getByText('Editing your message')]
  await choose(ada, 'one', 'Edit')
  await ada.textbox.fill('first, half')
  await choose(ada, 'two', 'Edit')
  await ada.textbox.fill('second, half')
  await choose(ada, 'three', 'Reply')
  await expect(replying).toBeVisible()
  await expect(ada.textbox).toHaveValue('')
  await ada.say('an answer')
  await ada.sees('an answer')
  await expect(editing).toBeVisible()
  await expect(ada.textbox).toHaveValue('second, half')
  await ada.say('second, done')
  await ada.sees('second, done')
  await expect(ada.textbox).toHaveValue('first, half')
  await choose(ada, 'second', 'Reply')
  await expect(ada.textbox).toHaveValue('')
  await ada.textbox.press('Escape')
  await expect(ada.textbox).toHaveValue('first, half')
  await ada.textbox.press('Escape')
  await expect(editing).toBeHidden()
  await expect(replying).toBeHidden()
  await expect(ada.textbox).toHaveValue('')
})

test('what one tab sends is no draft in another one any more', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.say('old')
  await ada.sees('old')
  await choose(ada, 'old', 'Reply')
  await ada.textbox.fill('half')
  const other = await people.anotherTab(ada)
  await expect(other.textbox).toHaveValue('half')
  await expect(other.page.getByText('Replying to')).toBeVisible()
  await ada.say('half and half')
  await ada.sees('half and half')
  await expect(other.textbox).toHaveValue('')
  await expect(other.page.getByText('Replying to')).toBeHidden()
  await other.textbox.fill('typed here')
  await expect(ada.textbox).toHaveValue('typed here')
  await ada.say('another one')
  await ada.sees('another one')
  await expect(other.textbox).toHaveValue('')
})
