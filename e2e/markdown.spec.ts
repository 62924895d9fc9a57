import { accessibilityFaults } from './support/axe.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

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
  const items = ada.message('tea').getByRole('listitem')
  await expect(items).toHaveText(['☐ tea', '☑ milk', 'bread'])
  const bullets = await items.evaluateAll((all) => all.map((item) => getComputedStyle(item).listStyleType))
  expect(bullets).toEqual(['none', 'none', 'disc'])
  await ada.say('998. one\n999. two')
  const room = await ada
    .message('two')
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
  await ada.saysMany(12, (n) => `later ${n}${'\nmore'.repeat(6)}`)
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
