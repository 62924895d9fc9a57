import type { Person } from './support/person.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

const TEXTS = {
  'an image with a handler': '<img src=x onerror="window.ran = true">',
  'a script': '<script>window.ran = true</script>',
  'an svg with a handler': '<svg onload="window.ran = true"><a href="javascript:window.ran = true">x</a></svg>',
  'a link in Markdown': '[click](javascript:window.ran=true) ![x](https://elsewhere.invalid/x.png)',
  'a javascript: link': 'javascript:window.ran=true//https://example.com',
  'a data: link': 'data:text/html,<script>parent.ran=true</script>',
  entities: '&lt;b&gt; &#60;b&#62; &amp;amp;',
  'a template': '{{7*7}} #{7*7} <%= 7*7 %>',
  'an override of direction': 'user\u202Egnp.exe \u2066isolated and never closed',
  'zero-width characters': 'zero\u200Bwidth\u200D\u2060joi\uFEFFned',
  'a stack of accents': `Z${'\u0335\u0321\u0489'.repeat(100)}algo`,
  'emoji with joiners': '👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇩🇪 ❤️‍🔥',
  'right-to-left text': 'שלום עולם, this is mixed, مرحبا بالعالم',
  'an unpaired surrogate': 'broken \uD83D half',
  'control characters': 'bell\u0007 null-free\u0001 escape\u001B[31m',
  '16,000 characters without a space': 'x'.repeat(16_000),
  'emphasis in emphasis, 3,199 times': `${'***a '.repeat(3_199)}b***`,
  'quotes in quotes, 8,000 times': `${'> '.repeat(7_999)}a`,
  'a host that hides another': 'www.a.example@b.example www.a.example:x@b.example',
  '300 lines': Array.from({ length: 300 }, (_, n) => `line ${n + 1}`).join('\n'),
}

/** Nothing ran, nothing was made of it but text, the page is no wider than its window, and no time reads backwards. */
async function expectHarmless(person: Person): Promise<void> {
  const found = await person.page.evaluate(() => ({
    ran: 'ran' in window,
    backwards: [...document.querySelectorAll('[role=log] time')].filter(({ firstChild: text }) => {
      if (!(text instanceof Text) || text.length < 2) return true
      const left = (index: number) => {
        const range = document.createRange()
        range.setStart(text, index)
        range.setEnd(text, index + 1)
        return range.getBoundingClientRect().left
      }
      return left(0) >= left(text.length - 1)
    }).length,
    elements: document.querySelectorAll('[role=log] :is(img, script, svg a, iframe, object, embed, style, b)').length,
    links: [...document.querySelectorAll<HTMLAnchorElement>('[role=log] a')].map(({ protocol }) => protocol),
    tooWide: document.documentElement.scrollWidth - window.innerWidth,
  }))
  expect(found).toMatchObject({ ran: false, elements: 0, backwards: 0 })
  for (const protocol of found.links) expect(protocol).toMatch(/^https?:$/)
  expect(found.tooWide).toBeLessThanOrEqual(0)
}

test('whatever people write is shown as they wrote it, runs nothing and breaks nothing', async ({ server, people }) => {
  test.slow()
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ben.isWith('Ada', 'Ben')
  let count = 0
  for (const [what, text] of Object.entries(TEXTS))
    await test.step(what, async () => {
      await ada.say(text)
      count++
      for (const person of [ada, ben]) {
        await expect(person.articles).toHaveCount(count)
        await expect.poll(async () => contains(await person.articles.last().innerText(), text)).toBe(true)
        await expectHarmless(person)
      }
    })
  for (const width of [320, 800]) {
    await ben.page.setViewportSize({ width, height: 640 })
    await expectHarmless(ben)
  }
})

/** Whether the article shows the text, line for line. Lone surrogates can't cross and are replaced. */
function contains(article: string, text: string): boolean {
  const shown = text.replace(/[\uD800-\uDFFF]/gu, '\uFFFD')
  return article.includes(shown) || article.includes(text)
}

test('a name can be as hostile as a message', async ({ server, people }) => {
  // Each with what may be shown of it: characters that would reorder or hide what stands around them are left out.
  const names = {
    '<b onclick=ran=1>Bob</b>': '<b onclick=ran=1>Bob</b>',
    'tom\u202Eecila': 'tomecila',
    '👩‍👩‍👧‍👦 שלום': '👩‍👩‍👧‍👦 שלום',
    [`${'n'.repeat(40)}`]: 'n'.repeat(40),
  }
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url)
  for (const [name, shown] of Object.entries(names))
    await test.step(shown, async () => {
      await ben.rename(name, shown)
      await ben.say(`I am ${shown}`)
      await ada.isWith('Ada', shown)
      const message = ada.message(`I am ${shown}`)
      await expect(message).toHaveCount(1)
      await expect.poll(async () => (await message.getAttribute('aria-label'))?.startsWith(`${shown},`)).toBe(true)
      await expectHarmless(ada)
      await expectHarmless(ben)
    })
  await ada.page.setViewportSize({ width: 320, height: 640 })
  await expectHarmless(ada)
})

test('a name that nobody could see or that is too long is refused, and says why', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.page.getByRole('button', { name: 'Settings' }).click()
  const dialog = ada.page.getByRole('dialog')
  for (const [name, why] of [
    [' \u200B\u2060 ', /empty|letter/i],
    ['n'.repeat(41), /40/],
  ] as const) {
    await dialog.getByRole('textbox', { name: 'Your name' }).fill(name)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByRole('alert')).toContainText(why)
  }
  await ada.page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await ada.isWith('Ada')
})

test('links in messages can be followed, and lead nowhere but where they say', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.say('see https://example.com/a?b=c#d, and (http://example.org).')
  const links = ada.articles.getByRole('link')
  await expect(links).toHaveText(['https://example.com/a?b=c#d', 'http://example.org'])
  for (const link of await links.all()) {
    await expect(link).toHaveAttribute('href', await link.innerText())
    await expect(link).toHaveAttribute('rel', /noopener/)
    await expect(link).toHaveAttribute('target', '_blank')
  }
})

test('a message over the limit is refused before it is sent, and its text kept', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const text = 'y'.repeat(16_001)
  await ada.say(text)
  await expect(ada.page.getByText(/16[,. ]?000/).first()).toBeVisible()
  await expect(ada.textbox).toHaveValue(text)
  await expect(ada.articles).toHaveCount(0)
  await ada.say(text.slice(1))
  await expect(ada.articles).toHaveCount(1)
  await expect(ada.textbox).toHaveValue('')
})

test('white space alone is no message', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.say(' \n\t ')
  await ada.say('a real one')
  await ada.reads(['a real one'])
})
