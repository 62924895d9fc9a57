import { accessibilityFaults } from './support/axe.ts'
import type { Person } from './support/person.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

/** Chooses from the menu of the message that holds a text. */
async function choose(person: Person, text: string, item: string): Promise<void> {
  await person.message(text).first().hover()
  await person.message(text).first().getByRole('button', { name: 'Actions' }).click()
  const menu = person.page.getByRole('menu', { name: 'Message' })
  await menu.getByRole('menuitem', { name: item, exact: true }).click()
  await expect(menu).toBeHidden()
}

async function react(person: Person, text: string, emoji: string): Promise<void> {
  await person.message(text).first().hover()
  await person.message(text).first().getByRole('button', { name: 'Actions' }).click()
  await person.page.getByRole('menuitemcheckbox', { name: `React with ${emoji}` }).click()
}

async function deletes(person: Person, text: string): Promise<void> {
  await choose(person, text, 'Delete')
  const dialog = person.page.getByRole('dialog', { name: 'Delete this message?' })
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(dialog).toBeHidden()
}

test('an answer quotes what it answers, and the quotation leads there, however far up', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.say('Shall we meet at noon?')
  await ada.saysMany(12, (n) => `by the way, ${n}${'\nmore'.repeat(4)}`)
  await ben.sees('by the way, 12')
  await choose(ben, 'at noon?', 'Reply')
  await expect(ben.textbox).toBeFocused()
  await expect(ben.page.getByText('Replying to Ada')).toBeVisible()
  await ben.say('Gladly')
  for (const person of [ada, ben]) {
    const quote = person.message('Gladly').getByRole('button', { name: 'In reply to Ada: Shall we meet at noon?' })
    await quote.click()
    const quoted = person.articles.filter({ hasText: 'at noon?' }).first()
    await expect(quoted).toBeInViewport()
    await expect(quoted).toBeFocused()
  }
  await deletes(ada, 'at noon?')
  await expect(ben.message('Gladly')).toContainText('A deleted message')
})

test('Escape ends an answer without sending it', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.say('one')
  await ada.sees('one')
  await choose(ada, 'one', 'Reply')
  await ada.page.keyboard.press('Escape')
  await expect(ada.page.getByText('Replying to')).toBeHidden()
  await ada.say('two')
  await ada.sees('two')
  await expect(ada.page.getByRole('button', { name: /In reply to/ })).toHaveCount(0)
})

test('reactions show at all, count people, and are taken back by the same button', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.say('It works')
  await ben.sees('It works')
  await react(ben, 'It works', '🎉')
  await ada.message('It works').getByRole('button', { name: '🎉 from Ben' }).click()
  for (const person of [ada, ben])
    await expect(person.message('It works').getByRole('list', { name: 'Reactions' })).toHaveText('🎉 2')
  const own = ada.message('It works').getByRole('button', { name: '🎉 from Ben and you', pressed: true })
  await own.click()
  await expect(ben.message('It works').getByRole('button', { name: '🎉 from you' })).toBeVisible()
})

test('an edited message says so at all, and shows what it said before', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.say('See you at tree')
  await ben.sees('See you at tree')
  await ada.textbox.fill('')
  await ada.textbox.press('ArrowUp')
  await expect(ada.textbox).toHaveValue('See you at tree')
  await ada.textbox.fill('See you at three')
  await ada.textbox.press('Enter')
  await expect(ada.textbox).toHaveValue('')
  for (const person of [ada, ben]) {
    await expect(person.message('See you at three')).toHaveCount(1)
    await expect(person.message('at tree')).toHaveCount(0)
    await person.message('at three').getByRole('button', { name: 'edited' }).click()
    await expect(person.log.getByRole('list', { name: 'Earlier versions' })).toContainText('See you at tree')
  }
  const late = await people.arrive(ada.url, { name: 'Cleo' })
  await late.sees('See you at three')
})

test('what was being written comes back when an edit is given up', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.say('old')
  await ada.sees('old')
  await ada.textbox.fill('half a thou')
  await choose(ada, 'old', 'Edit')
  await expect(ada.textbox).toHaveValue('old')
  await ada.page.getByRole('button', { name: 'Cancel editing' }).click()
  await expect(ada.textbox).toHaveValue('half a thou')
})

test('a message of which an edit leaves nothing is deleted, if one means it', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.say('a slip')
  await ben.sees('a slip')
  await ada.textbox.fill('half a thou')
  await choose(ada, 'a slip', 'Edit')
  await ada.textbox.fill(' \n')
  await ada.textbox.press('Enter')
  const dialog = ada.page.getByRole('dialog', { name: 'Delete this message?' })
  await expect(dialog).toContainText('a slip')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(ada.textbox).toBeFocused()
  await expect(ben.message('a slip')).toHaveCount(1)
  await ada.textbox.press('Enter')
  // Who asks again the moment that it closes is asked again: the browser tells of a closing a little late.
  await dialog.getByRole('button', { name: 'Cancel' }).evaluate((cancel: HTMLElement) => {
    cancel.click()
    const enter = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true })
    document.activeElement?.dispatchEvent(enter)
  })
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await ben.sees('Ada deleted this message.')
  await expect(ada.textbox).toBeFocused()
  await expect(ada.textbox).toHaveValue('half a thou')
})

test('a second press of a button closes what it opened', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.say('hello')
  const actions = ada.message('hello').getByRole('button', { name: 'Actions' })
  const emoji = ada.page.getByRole('button', { name: 'Emoji' })
  for (const [button, opened] of [
    [actions, ada.page.getByRole('menu', { name: 'Message' })],
    [emoji, ada.page.getByRole('dialog', { name: 'Emoji' })],
  ] as const) {
    for (const round of [1, 2]) {
      await button.click()
      await expect(opened, `round ${round}`).toBeVisible()
      await button.click()
      await expect(opened, `round ${round}`).toHaveCount(0)
    }
  }
})

test('a deleted message is empty for all, after a reload and for who comes later, too', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.say('my secret')
  await ada.say('not secret')
  await ben.sees('my secret')
  await react(ben, 'my secret', '😮')
  await deletes(ada, 'my secret')
  await expect(ben.message('Ada deleted this message.')).toHaveCount(1)
  await expect(ada.message('You deleted this message.')).toHaveCount(1)
  await expect(ada.message('You deleted this message.')).toBeFocused()
  await ben.reload()
  await ben.sees('Ada deleted this message.')
  await ada.closeTab()
  const cleo = await people.arrive(ben.url, { name: 'Cleo' })
  await cleo.sees('not secret')
  await cleo.sees('Ada deleted this message.')
  for (const person of [ben, cleo]) await expect(person.message('my secret')).toHaveCount(0)
})

test('what is being written as an answer or an edit stays when its message is deleted meanwhile', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.say('soon gone')
  await ben.sees('soon gone')
  const second = await people.anotherTab(ada)
  await second.sees('soon gone')
  await choose(ben, 'soon gone', 'Reply')
  await ben.textbox.fill('my answer')
  await choose(second, 'soon gone', 'Edit')
  await second.textbox.fill('another text')
  await deletes(ada, 'soon gone')
  for (const person of [ben, second]) {
    await expect(person.page.getByRole('status', { name: 'Notices' })).toContainText('Your text is still here.')
    await expect(person.page.getByRole('button', { name: /^Cancel/ })).toHaveCount(0)
    await person.textbox.press('Enter')
  }
  for (const person of [ada, ben]) {
    await person.sees('my answer')
    await person.sees('another text')
  }
})

test('a pointer answers with one click: "Reply" comes with it beside a message', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.say('who comes?')
  await ben.sees('who comes?')
  await ben.message('who comes?').hover()
  await ben.message('who comes?').getByRole('button', { name: 'Reply' }).click()
  await expect(ben.textbox).toBeFocused()
  await ben.say('I do')
  await expect(ada.message('I do').getByRole('button', { name: /^In reply to (you|Ada): who comes\?/ })).toBeVisible()
})

test('only its author is offered to edit or delete a message', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.say('mine')
  await ben.sees('mine')
  await ben.message('mine').hover()
  await ben.message('mine').getByRole('button', { name: 'Actions' }).click()
  await expect(ben.page.getByRole('menuitem', { name: 'React with another emoji…' })).toBeVisible()
  await expect(ben.page.getByRole('menuitem')).toHaveText(['', 'Reply', 'Copy text', 'Copy link to message'])
})

test('the link to a message leads to it, in an open room without joining anew, and for somebody who just comes', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.say('the place')
  await ada.saysMany(12, (n) => `later ${n}${'\nmore'.repeat(6)}`)
  await ada.sees('later 12')
  await choose(ada, 'the place', 'Copy link to message')
  await expect(ada.page.getByRole('status', { name: 'Notices' })).toHaveText('Copied.')
  const link = await ada.page.evaluate(() => navigator.clipboard.readText())
  expect(link).toMatch(/\?m=[\w-]+$/)
  const ben = await people.arrive(link, { name: 'Ben' })
  await expect(ben.message('the place')).toBeInViewport()
  await ada.articles.last().scrollIntoViewIfNeeded()
  await expect(ada.message('the place')).not.toBeInViewport()
  await ada.page.evaluate((href) => {
    location.href = href
  }, link)
  await expect(ada.message('the place')).toBeInViewport()
  await ada.isWith('Ada', 'Ben')
})

test('whoever follows the link to a message that nobody here has is told so, and sees it when it comes', async ({
  server,
  people,
}) => {
  const url = roomUrl(server.url)
  const ada = await people.arrive(url, { name: 'Ada' })
  await ada.say('the place')
  await ada.sees('the place')
  await choose(ada, 'the place', 'Copy link to message')
  await expect(ada.page.getByRole('status', { name: 'Notices' })).toHaveText('Copied.')
  const link = await ada.page.evaluate(() => navigator.clipboard.readText())
  await ada.page.goto('about:blank')
  const ben = await people.arrive(link, { name: 'Ben' })
  await expect(ben.page.getByRole('status', { name: 'Notices' })).toContainText('not here yet', { timeout: 20_000 })
  const cleo = await people.arrive(link, { name: 'Cleo' })
  await cleo.textbox.fill('Who has')
  await ada.page.goto(url)
  await expect(ben.message('the place')).toBeFocused()
  await expect(cleo.message('the place')).toBeInViewport()
  await cleo.page.keyboard.type(' it?')
  await expect(cleo.textbox, 'nobody is interrupted while writing').toHaveValue('Who has it?')
})

test('all of it needs the keyboard only, and the focus is never lost', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.say('first')
  await ada.say('second')
  await ada.sees('second')
  const { keyboard } = ada.page
  const actions = (text: string) => ada.message(text).getByRole('button', { name: 'Actions' })
  await actions('second').focus()
  await keyboard.press('ArrowUp')
  await expect(actions('first')).toBeFocused()
  await keyboard.press('Enter')
  await expect(ada.page.getByRole('menuitemcheckbox', { name: 'React with 👍' })).toBeFocused()
  await keyboard.press('Escape')
  await expect(actions('first')).toBeFocused()
  await keyboard.press('Enter')
  await expect(ada.page.getByRole('menuitemcheckbox', { name: 'React with 👍' })).toBeFocused()
  await keyboard.press('End')
  await expect(ada.page.getByRole('menuitem', { name: 'Delete' })).toBeFocused()
  await keyboard.press('ArrowUp')
  await keyboard.press('Enter')
  await expect(ada.textbox).toBeFocused()
  await expect(ada.textbox).toHaveValue('first')
  await keyboard.type(' of all')
  await keyboard.press('Enter')
  await ada.sees('first of all')
  await expect(ada.textbox).toBeFocused()
})

test('axe finds nothing in answers, reactions, versions, the menu and the question before deleting', async ({
  server,
  people,
}) => {
  test.slow()
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.say('one')
  await ben.sees('one')
  await choose(ben, 'one', 'Reply')
  await ben.say('two')
  await react(ben, 'one', '👍')
  await ada.textbox.press('ArrowUp')
  await ada.say('one and a half')
  await ada.sees('two')
  await ada.message('one and a half').first().getByRole('button', { name: 'edited' }).click()
  await ada.say('gone')
  await ada.sees('gone')
  await deletes(ada, 'gone')
  await choose(ada, 'two', 'Reply')
  expect(await accessibilityFaults(ada.page)).toEqual([])
  await ada.page.keyboard.press('Escape')
  await ada.message('one and a half').first().getByRole('button', { name: 'Actions' }).click()
  expect(await accessibilityFaults(ada.page)).toEqual([])
  await ada.page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(ada.page.getByRole('dialog')).toBeVisible()
  expect(await accessibilityFaults(ada.page)).toEqual([])
})
