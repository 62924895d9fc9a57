import { accessibilityFaults } from './support/axe.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

test('names are completed after an @, and whoever is meant sees it set off', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben Nevis' })
  await ada.isWith('Ada', 'Ben Nevis')
  await ada.textbox.pressSequentially('hi @be')
  const list = ada.page.getByRole('listbox', { name: 'People to mention' })
  await expect(list.getByRole('option', { name: 'Ben Nevis', selected: true })).toBeVisible()
  expect(await accessibilityFaults(ada.page)).toEqual([])
  await ada.textbox.press('Enter')
  await expect(list).toBeHidden()
  await expect(ada.textbox).toHaveValue('hi @Ben Nevis ')
  await ada.textbox.press('Enter')
  await expect(ben.message('hi').locator('.mention.me')).toHaveText('@Ben Nevis')
  await expect(ada.message('hi').locator('.mention')).not.toHaveClass(/\bme\b/)
  await ada.textbox.pressSequentially('@b')
  await expect(list).toBeVisible()
  await ada.textbox.press('Escape')
  await expect(list).toBeHidden()
  await expect(ada.textbox).toHaveValue('@b')
})

test('choices close when the caret leaves the word or the field, and a whole name is sent by one Enter', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await people.arrive(ada.url, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  const list = ada.page.getByRole('listbox')
  for (const key of ['Home', 'ArrowLeft', 'Shift+ArrowLeft', 'ControlOrMeta+A']) {
    await ada.textbox.fill('')
    await ada.textbox.pressSequentially('hi :smile')
    await expect(list, key).toBeVisible()
    await ada.textbox.press(key)
    await expect(list, key).toBeHidden()
  }
  await ada.textbox.press('End')
  await ada.textbox.press('Enter')
  await ada.sees('hi :smile')
  await ada.textbox.pressSequentially('hi @B')
  await expect(list).toBeVisible()
  await ada.textbox.click({ position: { x: 20, y: 20 } })
  await expect(list).toBeHidden()
  await ada.textbox.fill('hi @B')
  await expect(list).toBeVisible()
  await ada.page.getByRole('button', { name: 'Send' }).focus()
  await expect(list).toBeHidden()
  await ada.textbox.fill('')
  await ada.textbox.pressSequentially('hello @ben')
  await expect(list).toBeVisible()
  await ada.textbox.press('Enter')
  await ada.sees('hello @ben')
})

test('blank lines and spaces around a text are not sent, nor counted against the limit', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const bodies = () => ada.log.locator('.message-text').evaluateAll((texts) => texts.map((text) => text.textContent))
  await ada.say('\n\n  one \n two  \n\n')
  await expect.poll(bodies).toEqual(['one \n two'])
  await ada.textbox.press('ArrowUp')
  await ada.say('\n another \n')
  await expect.poll(bodies).toEqual(['another'])
  await ada.say(`${' '.repeat(9_000)}${'long '.repeat(2_000)}`)
  await expect(ada.articles).toHaveCount(2)
})

test('what is said of a text that is too long goes with the edit that it was about', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.say('short')
  await ada.sees('short')
  await ada.textbox.press('ArrowUp')
  await ada.say('x'.repeat(16_001))
  await expect(ada.page.getByRole('alert').filter({ hasText: '16,001' })).toBeVisible()
  await ada.textbox.press('Escape')
  await expect(ada.page.getByRole('alert').filter({ hasText: '16,001' })).toHaveCount(0)
})

test('what is pasted stays plain, and Up edits the last message of one’s own', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.page.evaluate(async () => {
    const html = new Blob(['<b>bold</b> <i>text</i>'], { type: 'text/html' })
    const plain = new Blob(['bold text'], { type: 'text/plain' })
    await navigator.clipboard.write([new ClipboardItem({ 'text/html': html, 'text/plain': plain })])
  })
  await ada.textbox.press('ControlOrMeta+V')
  await expect(ada.textbox).toHaveValue('bold text')
  await ada.textbox.press('Enter')
  await ada.sees('bold text')
  await ada.textbox.press('ArrowUp')
  await expect(ada.textbox).toHaveValue('bold text')
  await expect(ada.page.getByText('Editing your message')).toBeVisible()
})

test('the choices leave the field in sight on a short window, and the active one is in sight among them', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  for (const [width, height] of [
    [360, 420],
    [640, 320],
  ] as const) {
    await ada.page.setViewportSize({ width, height })
    await ada.textbox.fill('')
    await ada.textbox.pressSequentially(':smile')
    await expect(ada.page.getByRole('option')).toHaveCount(8)
    await expect(ada.textbox).toBeInViewport({ ratio: 1 })
    await ada.textbox.press('ArrowUp')
    await expect(ada.page.getByRole('option').last()).toHaveAttribute('aria-selected', 'true')
    await expect(ada.page.getByRole('option').last()).toBeInViewport({ ratio: 0.9 })
    expect(await accessibilityFaults(ada.page)).toEqual([])
  }
})

test('with fingers Enter breaks the line, and the button sends', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { isPhone: true })
  await expect(ada.textbox).toHaveAttribute('enterkeyhint', 'enter')
  await ada.textbox.pressSequentially('one')
  await ada.textbox.press('Enter')
  await ada.textbox.pressSequentially('two')
  await expect(ada.textbox).toHaveValue('one\ntwo')
  await ada.page.getByRole('button', { name: 'Send' }).tap()
  await expect(ada.log.locator('.message-text')).toHaveText('one\ntwo')
})

test('nobody is told that one types once an edit is given up', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  await ada.say('old')
  await ben.sees('old')
  await ada.textbox.press('ArrowUp')
  await ada.textbox.pressSequentially('er')
  const typing = ben.page.getByText('Ada is typing')
  await expect(typing).toBeVisible()
  await ada.textbox.press('Escape')
  await expect(typing).toBeHidden({ timeout: 2_500 })
})
