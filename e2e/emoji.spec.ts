import { accessibilityFaults } from './support/axe.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'
import { SERVER_AWAY } from './support/watch.ts'

test('emoji are picked by a word with the keyboard, and completed between colons', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.textbox.fill('one ')
  await ada.page.getByRole('button', { name: 'Emoji' }).click()
  const picker = ada.page.getByRole('dialog', { name: 'Emoji' })
  const search = picker.getByRole('searchbox', { name: 'Search emoji' })
  await expect(search).toBeFocused()
  await expect(picker.getByRole('button', { name: '😀 grinning face' })).toBeVisible()
  expect(await accessibilityFaults(ada.page)).toEqual([])
  await search.press('Enter')
  await expect(picker).toBeVisible()
  await expect(ada.textbox).toHaveValue('one ')
  await search.fill('no such thing')
  const noneFound = await picker.getByText('No emoji found').boundingBox()
  expect(noneFound?.width).toBeGreaterThan(50)
  // A word that is part of no name.
  await search.fill('playful')
  await expect(picker.getByRole('button', { name: '🦦 otter' })).toBeVisible()
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
    .poll(
      async () => {
        await ada.textbox.press('ControlOrMeta+Z')
        return undone[undone.push(await ada.textbox.inputValue()) - 1]
      },
      { intervals: [10] },
    )
    .toBe('')
  expect(undone).toContain('good 👍 :nosuchthing: 🎉! `:tada:` 🎉 ')
  expect(undone).toContain('good 👍 :nosuchthing: 🎉! `:tada:` :tad')
  expect(undone).toContain('good :thumbsup:')
})
