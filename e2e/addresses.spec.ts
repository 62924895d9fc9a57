import type { Person } from './support/person.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

const KEY = 'AAECAwQFBgcICQoLDA0ODw'

test('a room without a key opens for all who know its name, and the page says so', async ({ server, people }) => {
  const ada = await people.arrive(`${server.url}/r/standup`, { name: 'Ada' })
  await expect(ada.page).toHaveURL(`${server.url}/r#standup`)
  await expect(ada.page.getByText(/anyone who guesses/i)).toBeVisible()
  const ben = await people.arrive(`${server.url}/r#StandUp`, { name: 'Ben' })
  await ben.isWith('Ada', 'Ben')
  await ben.say('good morning')
  await ada.sees('good morning')
  expect(server.log).not.toMatch(/standup/i)
})

test('a room is joined by typing its name', async ({ server, people }) => {
  const ada = await people.arrive(server.url)
  await ada.page.getByRole('textbox', { name: 'Room name' }).fill('Daily Standup')
  await ada.page.getByRole('button', { name: 'Join' }).click()
  await expect(ada.page).toHaveURL(`${server.url}/r#Daily%20Standup`)
  await expect(ada.page.getByText('Daily Standup').first()).toBeVisible()
})

const BROKEN = [
  ['too short a key', `otters/${KEY.slice(1)}`, 'key'],
  ['too long a key', `otters/${KEY}A`, 'key'],
  ['a key with a character that none has', `otters/${KEY.slice(1)}!`, 'key'],
  ['an empty key', 'otters/', 'key'],
  ['a name of 65 characters', `${'n'.repeat(65)}/${KEY}`, 'name'],
  ['a name that is not UTF-8', `%ff%fe/${KEY}`, 'name'],
  ['a percent sign that stands alone', `50%/${KEY}`, 'name'],
  ['no name', `/${KEY}`, 'name'],
] as const

test('a room URL that is broken says what is wrong with it, and joins nothing', async ({ recorder, people }) => {
  let ada: Person | undefined
  for (const [what, fragment, culprit] of BROKEN)
    await test.step(what, async () => {
      ada = await people.arrive(`${recorder.url}/r#${fragment}`, ada && { beside: ada })
      await expect(ada.page.getByRole('heading', { name: "This link doesn't work" })).toBeVisible()
      await expect
        .soft(ada.page.getByRole('main'))
        .toContainText(new RegExp(`\\b${culprit}\\b`, 'i'), { timeout: 1_000 })
      await expect(ada.textbox).toHaveCount(0)
    })
  expect(recorder.recorded.filter(({ kind }) => kind === 'text')).toEqual([])
})

const NAMES = ['Café Größe', '日本語の部屋', '👩‍🚀 & <b>friends</b>', 'a/b?c#d%20', 'n'.repeat(64), 'العربية']

test('a room can have any name of up to 64 characters', async ({ server, people }) => {
  const [ada, ben] = [await people.arrive(server.url), await people.arrive(server.url)]
  for (const name of NAMES)
    await test.step(name, async () => {
      const url = roomUrl(server.url, name)
      await Promise.all([ada.page.goto(url), ben.page.goto(url)])
      for (const person of [ada, ben]) {
        await expect(person.page.getByRole('heading', { level: 1 })).toHaveText(name)
        await expect(person.memberItems).toHaveCount(2)
        const tooWide = await person.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect(tooWide).toBeLessThanOrEqual(0)
      }
      await ada.say(`Is this ${name}?`)
      await ben.sees(`Is this ${name}?`)
    })
})

test('the same name written in another Unicode form is the same room', async ({ server, people }) => {
  const ada = await people.arrive(`${server.url}/r#${encodeURIComponent('Café')}`, { name: 'Ada' })
  const ben = await people.arrive(`${server.url}/r#${encodeURIComponent('Cafe\u0301')}`, { name: 'Ben' })
  await Promise.all([ada.isWith('Ada', 'Ben'), ben.isWith('Ada', 'Ben')])
})

test('another key is another room', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(roomUrl(server.url), { name: 'Ben' })
  await expect(ben.status).toContainText(/only one here/i)
  await ada.isWith('Ada')
  await ben.isWith('Ben')
})

test('a new fragment in the address bar leads into the other room', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url, 'first'), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ben.isWith('Ada', 'Ben')
  const cleo = await people.arrive(roomUrl(server.url, 'second'), { name: 'Cleo' })
  await ben.page.goto(cleo.url)
  await Promise.all([cleo.isWith('Ben', 'Cleo'), ben.isWith('Ben', 'Cleo')])
  // Ben is in both.
  await ada.isWith('Ada', 'Ben')
})
