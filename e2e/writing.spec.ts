import { accessibilityFaults } from './support/axe.ts'
import type { Person } from './support/person.ts'
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

test('a few emoji alone are drawn large at both ends, and among words as large as these', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.say('🎉 hooray')
  await ada.say('🎉👏🏽')
  for (const person of [ada, ben]) {
    await person.sees('👏🏽')
    const [among, alone] = await person.log
      .getByText('🎉')
      .evaluateAll((all) => all.map((each) => Number.parseFloat(getComputedStyle(each).fontSize)))
    expect(alone).toBeGreaterThan((among ?? 0) * 1.5)
  }
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

test('with fingers the emoji picker brings up no keyboard, and a cancelled answer leads back to the field', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { isPhone: true })
  await ada.page.getByRole('button', { name: 'Emoji' }).tap()
  const picker = ada.page.getByRole('dialog', { name: 'Emoji' })
  await expect(picker).toBeFocused()
  await picker.getByRole('button', { name: '😀 grinning face' }).tap()
  await ada.page.getByRole('button', { name: 'Send' }).tap()
  await ada.message('😀').getByText('😀').tap()
  await ada.page.getByRole('menuitem', { name: 'Reply', exact: true }).tap()
  await ada.page.getByRole('button', { name: 'Cancel reply' }).tap()
  await expect(ada.textbox).toBeFocused()
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

test('a code becomes its emoji at its closing colon, but not in code; that, and what is completed, can be undone', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.textbox.pressSequentially('good :thumbsup:')
  await expect(ada.textbox).toHaveValue('good 👍')
  await ada.textbox.pressSequentially(' :nosuchthing: :tada:!')
  await expect(ada.textbox).toHaveValue('good 👍 :nosuchthing: 🎉!')
  await ada.textbox.pressSequentially(' `:tada:` :tad')
  await expect(ada.page.getByRole('listbox', { name: 'Emoji' })).toBeVisible()
  await ada.textbox.press('Enter')
  await expect(ada.textbox).toHaveValue('good 👍 :nosuchthing: 🎉! `:tada:` 🎉 ')
  await ada.page.getByRole('button', { name: 'Emoji' }).click()
  await ada.page.getByRole('button', { name: '😀 grinning face' }).click()
  await expect(ada.textbox).toHaveValue('good 👍 :nosuchthing: 🎉! `:tada:` 🎉 😀')
  const undone: string[] = []
  await expect
    .poll(async () => {
      await ada.textbox.press('ControlOrMeta+Z')
      return undone[undone.push(await ada.textbox.inputValue()) - 1]
    })
    .toBe('')
  expect(undone).toContain('good 👍 :nosuchthing: 🎉! `:tada:` 🎉 ')
  expect(undone).toContain('good 👍 :nosuchthing: 🎉! `:tada:` :tad')
  expect(undone).toContain('good :thumbsup:')
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

test('marks that mark nothing are shown as they were typed, and a quote holds no words of one’s own', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const last = ada.articles.last().locator('.written')
  for (const [index, text] of ['>', '*', '# #', '> >', '- [ ]', '1. \n2. '].entries()) {
    await ada.say(text)
    await expect(ada.articles).toHaveCount(index + 1)
    await expect(last).toHaveText(text.trim())
  }
  await ada.say('> said he\nsay I')
  await expect(ada.articles.last().getByRole('blockquote')).toHaveText('said he')
  await expect(last).toHaveText('said hesay I')
  await ada.say('2024. was good')
  await expect(last).toHaveText('2024. was good')
  await expect(ada.articles.last().getByRole('listitem')).toHaveCount(0)
})

test('a box stands in the place of a bullet, and no number is cut', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.say('- [ ] tea\n- [x] milk\n- bread')
  const items = ada.articles.last().getByRole('listitem')
  await expect(items).toHaveText(['☐ tea', '☑ milk', 'bread'])
  const bullets = await items.evaluateAll((all) => all.map((item) => getComputedStyle(item).listStyleType))
  expect(bullets).toEqual(['none', 'none', 'disc'])
  await ada.say('998. one\n999. two')
  const room = await ada.articles
    .last()
    .getByRole('list')
    .evaluate((list) => {
      const mark = document.createElement('span')
      mark.textContent = '999. '
      list.before(mark)
      const width = mark.getBoundingClientRect().width
      mark.remove()
      return Number.parseFloat(getComputedStyle(list).paddingLeft) - width
    })
  expect(room).toBeGreaterThan(0)
  expect(await accessibilityFaults(ada.page)).toEqual([])
})

test('a host and an address are links without a scheme, with markup and without', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  for (const [index, text] of ['www.a.example or b@c.example.', '*www.a.example* or b@c.example.'].entries()) {
    await ada.say(text)
    await expect(ada.articles).toHaveCount(index + 1)
    const links = ada.articles.last().getByRole('link')
    await expect(links).toHaveText(['www.a.example', 'b@c.example'])
    await expect(links.first()).toHaveAttribute('href', 'https://www.a.example')
    await expect(links.last()).toHaveAttribute('href', 'mailto:b@c.example')
    await expect(ada.articles.last().locator('.link-host')).toHaveCount(0)
  }
})

test('the link to a message of this room is short, and is followed in this tab; other rooms’ links, too', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.say('the place')
  for (let n = 1; n <= 12; n++) await ada.say(`later ${n}${'\nmore'.repeat(6)}`)
  await ada.message('the place').hover()
  await ada.message('the place').getByRole('button', { name: 'Actions' }).click()
  await ada.page.getByRole('menuitem', { name: 'Copy link to message' }).click()
  await expect(ada.page.getByRole('status', { name: 'Notices' })).toHaveText('Copied.')
  const link = await ada.page.evaluate(() => navigator.clipboard.readText())
  const room = ada.url
  const other = roomUrl(server.url, 'badgers')
  const elsewhere = link.replace(/otters\/[\w-]+/, new URL(other).hash.slice(1))
  for (const text of [`see ${link}`, `*see* ${link}`, `[there](${link})`]) {
    await ada.say(text)
    const drawn = ada.articles.last().getByRole('link')
    await expect(drawn).toHaveText(text.startsWith('[') ? 'there' : 'a message in this room')
    await expect(drawn).not.toHaveAttribute('target')
    await expect(ada.message('the place')).not.toBeInViewport()
    await drawn.click()
    await expect(ada.message('the place')).toBeInViewport()
    await expect(ada.message('the place')).toBeFocused()
  }
  await ada.say(`or ${elsewhere} or https://a.example/r#otters`)
  const links = ada.articles.last().getByRole('link')
  await expect(links).toHaveText([elsewhere, 'https://a.example/r#otters'])
  await expect(links.last()).toHaveAttribute('target', '_blank')
  await links.first().click()
  await expect(ada.page).toHaveURL(elsewhere)
  await expect(ada.page.getByRole('heading', { name: 'badgers' })).toBeVisible()
  await ada.page.goBack()
  await expect(ada.page.getByRole('heading', { name: 'otters' })).toBeVisible()
  expect(ada.url.split('?')[0]).toBe(room.split('?')[0])
  expect(ada.page.context().pages()).toHaveLength(1)
})

test('code is set off from the bubble around it, in both schemes', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.say('run `it`')
  for (const colorScheme of ['light', 'dark'] as const) {
    await ada.page.emulateMedia({ colorScheme })
    const code = ada.log.getByRole('code')
    const [inner, edge, outer] = await code.evaluate((element) => {
      const bubble = element.closest('.bubble')
      const { backgroundColor, boxShadow } = getComputedStyle(element)
      return [backgroundColor, boxShadow, bubble ? getComputedStyle(bubble).backgroundColor : '']
    })
    expect(inner).not.toBe(outer)
    expect(edge).toContain('1px')
    expect(await accessibilityFaults(ada.page)).toEqual([])
  }
})
