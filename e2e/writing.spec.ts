import { accessibilityFaults } from './support/axe.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'
import { SERVER_AWAY } from './support/watch.ts'

test('markup is drawn at both ends: emphasis, lists, quotes, code, links that tell where they lead', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.say('*maybe* **sure** ~~no~~ `x = 1`\n- milk\n- bread\n\n> said he\n\n[the plan](https://plan.example/a)')
  for (const { log } of [ada, ben]) {
    await expect(log.getByRole('emphasis')).toHaveText('maybe')
    await expect(log.getByRole('strong')).toHaveText('sure')
    await expect(log.getByRole('deletion')).toHaveText('no')
    await expect(log.getByRole('code')).toHaveText('x = 1')
    await expect(log.getByRole('article').getByRole('listitem')).toHaveText(['milk', 'bread'])
    await expect(log.getByRole('blockquote')).toHaveText('said he')
    await expect(log.getByRole('link', { name: 'the plan' })).toHaveAttribute('href', 'https://plan.example/a')
    await expect(log.getByRole('article')).toContainText('the plan (plan.example)')
  }
  await ada.say('*see* https://a.example/_x_/y and [https://good.example](https://other.example/)')
  await expect(ben.articles.last().getByRole('link')).toHaveText(['https://a.example/_x_/y', 'https://good.example'])
  await expect(ben.articles.last().getByRole('link').last()).toHaveAttribute('href', 'https://other.example/')
  await expect(ben.articles.last()).toContainText('https://good.example (other.example)')
  await ada.say('<b>plain</b> [x](javascript:alert(1))')
  await expect(ben.articles.last()).toContainText('<b>plain</b>')
  await expect(ben.articles.last()).toContainText('[x](javascript:alert(1))')
  await expect(ben.articles.last().getByRole('link')).toHaveCount(0)
})

test('code keeps its shape, gets colours, and is copied by its button', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  const code = 'const a = 1 // one\nif (a) {\n  go("there")\n}'
  await ada.say(`\`\`\`js\n${code}\n\`\`\``)
  await expect(ben.log.getByRole('code')).toHaveText(code)
  await expect(ben.log.getByRole('code').getByText('const', { exact: true })).toHaveClass(/keyword/)
  await ben.log.getByRole('button', { name: 'Copy code' }).click()
  await expect(ben.log.getByText('Copied.')).toBeVisible()
  expect(await ben.page.evaluate(() => navigator.clipboard.readText())).toBe(code)
  expect(await accessibilityFaults(ben.page)).toEqual([])
})

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

test('emoji are picked by a word with the keyboard, and completed between colons', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.textbox.fill('one ')
  await ada.page.getByRole('button', { name: 'Emoji' }).click()
  const picker = ada.page.getByRole('dialog', { name: 'Emoji' })
  const search = picker.getByRole('searchbox', { name: 'Search emoji' })
  await expect(search).toBeFocused()
  await expect(picker.getByRole('button', { name: '😀 grinning face' })).toBeVisible()
  expect(await accessibilityFaults(ada.page)).toEqual([])
  await search.fill('otter')
  await expect(picker.getByRole('button')).toHaveCount(1)
  await search.press('ArrowDown')
  await expect(picker.getByRole('button', { name: '🦦 otter' })).toBeFocused()
  await ada.page.keyboard.press('Enter')
  await expect(picker).toBeHidden()
  await expect(ada.textbox).toBeFocused()
  await expect(ada.textbox).toHaveValue('one 🦦')
  await ada.textbox.pressSequentially(' :tada')
  await expect(ada.page.getByRole('listbox', { name: 'Emoji' }).getByRole('option', { selected: true })).toContainText(
    '🎉',
  )
  await ada.textbox.press('Tab')
  await expect(ada.textbox).toHaveValue('one 🦦 🎉 ')
  await ada.page.getByRole('button', { name: 'Emoji' }).click()
  await expect(picker.getByRole('radio', { name: 'Used lately' })).toBeChecked()
  await expect(picker.getByRole('button')).toHaveText(['🦦'])
  await ada.page.keyboard.press('Escape')
  await expect(picker).toBeHidden()
})

test('any emoji can be a reaction', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.say('look')
  await ada.message('look').hover()
  await ada.message('look').getByRole('button', { name: 'Actions' }).click()
  await ada.page.getByRole('menuitem', { name: 'React with another emoji…' }).click()
  await ada.page.getByRole('searchbox', { name: 'Search emoji' }).fill('otter')
  await ada.page.getByRole('button', { name: '🦦 otter' }).click()
  await expect(ada.message('look').getByRole('button', { name: '🦦 from you' })).toBeVisible()
})

test('the groups of emoji are a row that arrow keys lead through, and a picker left by Tab or Escape is closed', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const { keyboard } = ada.page
  const picker = ada.page.getByRole('dialog', { name: 'Emoji' })
  const group = (name: string) => picker.getByRole('radiogroup', { name: 'Group' }).getByRole('radio', { name })
  const search = picker.getByRole('searchbox', { name: 'Search emoji' })
  await ada.page.getByRole('button', { name: 'Emoji' }).click()
  await expect(group('Smileys')).toBeChecked()
  await search.press('Tab')
  await expect(group('Smileys')).toBeFocused()
  await keyboard.press('ArrowRight')
  await keyboard.press('ArrowRight')
  await expect(group('Animals')).toBeFocused()
  await expect(group('Animals')).toBeChecked()
  await expect(picker.getByRole('button').first()).toHaveAccessibleName('🐵 monkey face')
  await search.fill('otter')
  await expect(group('Animals')).not.toBeChecked()
  await group('Flags').click()
  await expect(search).toHaveValue('')
  await expect(picker.getByRole('button', { name: '🏁 chequered flag' })).toBeVisible()
  await keyboard.press('Tab')
  await keyboard.press('Tab')
  await expect(picker).toBeHidden()
  await expect(ada.page.getByRole('button', { name: 'Send' })).toBeFocused()
  await ada.page.getByRole('button', { name: 'Emoji' }).click()
  await search.fill('otter')
  await search.press('Escape')
  await expect(picker).toBeHidden()
  await expect(ada.page.getByRole('button', { name: 'Emoji' })).toBeFocused()
})

test('emoji and the colours of code are there without the server, even when first looked for after it went', async ({
  startServer,
  people,
  watch,
}) => {
  const server = await startServer()
  watch.expect(...SERVER_AWAY)
  const ada = await people.arrive(roomUrl(server.url))
  const loaded = () =>
    ada.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name.replace(/^.*\//, '')))
  for (const part of [/^emoji-/, /^highlight-/])
    await expect.poll(async () => (await loaded()).some((name) => part.test(name))).toBe(true)
  await server.kill()
  await ada.isTold(/Can't reach the server/)
  await ada.page.getByRole('button', { name: 'Emoji' }).click()
  await ada.page.getByRole('button', { name: '😀 grinning face' }).click()
  await ada.textbox.pressSequentially(' :tad')
  await expect(ada.page.getByRole('listbox', { name: 'Emoji' })).toContainText('🎉')
  await ada.textbox.press('Enter')
  await expect(ada.textbox).toHaveValue('😀 🎉 ')
  await ada.say('```js\nconst a = 1\n```')
  await expect(ada.log.getByRole('code').getByText('const', { exact: true })).toHaveClass(/keyword/)
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
