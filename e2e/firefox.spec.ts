import { firefoxPath } from './support/firefox.ts'
import { expectNoDoubles } from './support/members.ts'
import { roomUrl } from './support/rooms.ts'
import type { Talker } from './support/talker.ts'
import { expect, test } from './support/test.ts'
import { SERVER_AWAY } from './support/watch.ts'

test.skip(() => firefoxPath() === null, 'No Firefox here: install it, or set EARSHOT_FIREFOX to its path.')

// In order, so that a Firefox that was started is used again. It takes many seconds to start.
test.describe.configure({ mode: 'default', timeout: 120_000 })

type Kind = 'Chromium' | 'Firefox'

const PAIRS: readonly (readonly [Kind, Kind, string])[] = [
  ['Chromium', 'Firefox', ''],
  ['Firefox', 'Chromium', ''],
  // Of all tests it takes the processor longest.
  ['Firefox', 'Firefox', ' @long'],
]

for (const [first, second, tag] of PAIRS)
  test(`${first}, joined by ${second}: they talk, show the same safety number, reload, and go on without the server${tag}`, async ({
    startServer,
    people,
    firefoxPeople,
    watch,
  }) => {
    const server = await startServer()
    const arrive = (kind: Kind, url: string, name: string): Promise<Talker> =>
      (kind === 'Firefox' ? firefoxPeople : people).arrive(url, { name })
    const ada = await arrive(first, roomUrl(server.url), 'Ada')
    const ben = await arrive(second, ada.url, 'Ben')
    const both = [ada, ben]
    await Promise.all(both.map((person) => person.isWith('Ada', 'Ben')))

    await ada.say('Is anybody here?')
    await ben.seesBy('Ada', 'Is anybody here?')
    await ben.say('Line one\nline two')
    await ada.seesBy('Ben', 'Line one\nline two')
    await ada.delivered('Is anybody here?')
    await ben.delivered('Line one')

    const number = await ada.safetyNumber('Ben')
    expect(await ben.safetyNumber('Ada')).toBe(number)

    // Either reload makes the other of the two offer at least once: the ids of visits are random.
    const recording = await ada.recordMembers()
    await ben.reload()
    await ben.say('back again')
    await Promise.all(both.map((person) => person.reads(['Is anybody here?', 'Line one\nline two', 'back again'])))
    await Promise.all(both.map((person) => person.isWith('Ada', 'Ben')))
    expectNoDoubles(await recording(), ['Ada', 'Ben'])
    await ada.reload()
    await Promise.all(both.map((person) => person.isWith('Ada', 'Ben')))
    await Promise.all(both.map((person) => person.isTold(/^Connected directly to 1 person\.$/)))

    watch.expect(...SERVER_AWAY)
    await server.kill()
    await Promise.all(both.map((person) => person.isTold(/Server away/)))
    await ada.say('Is the server gone?')
    await ben.sees('Is the server gone?')
    await ben.say('We do not need it.')
    await ada.sees('We do not need it.')
    await Promise.all([ada.delivered('Is the server gone?'), ben.delivered('We do not need it.')])

    // Firefox may end a page before its goodbye got out. Then he is doubted for a while first.
    await ben.closeTab()
    await ada.isWith('Ada')

    await server.restart()
    await ada.isTold(/Server away|Can't reach/, { not: true })
    const cleo = await arrive('Chromium', ada.url, 'Cleo')
    await Promise.all([ada, cleo].map((person) => person.isWith('Ada', 'Cleo')))
    await cleo.sees('We do not need it.')
    await cleo.say('What did I miss?')
    await ada.sees('What did I miss?')
  })

test('a Firefox that is killed keeps what was written, alone and with others, and who one is', async ({
  server,
  firefoxPeople,
  people,
}) => {
  const profile = await firefoxPeople.profile()
  const url = roomUrl(server.url)
  const ada = await firefoxPeople.arrive(url, { name: 'Ada', profile })
  await ada.say('nobody here yet')
  await ada.sent('nobody here yet')
  await ada.kill()

  const again = await firefoxPeople.arrive(url, { profile })
  await again.isWith('Ada')
  await again.reads(['nobody here yet'])
  const ben = await people.arrive(url, { name: 'Ben' })
  await ben.seesBy('Ada', 'nobody here yet')
  await again.delivered('nobody here yet')
  await ben.say('now there is')
  await again.sees('now there is')
  await ben.closeTab()
  await again.isWith('Ada')
  await again.kill()

  const last = await firefoxPeople.arrive(url, { profile })
  await last.reads(['nobody here yet', 'now there is'])
})

test('in Firefox, too, one takes a name, answers, reacts, edits, deletes, completes what one writes, and searches', async ({
  server,
  firefoxPeople,
  people,
}) => {
  const ada = await firefoxPeople.arrive(roomUrl(server.url))
  await ada.rename('Ada')
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await Promise.all([ada.isWith('Ada', 'Ben'), ben.isWith('Ada', 'Ben')])
  const { keyboard } = ada.page
  await ben.say('the **café** opens')

  await ada.openMenu('the café opens')
  await ada.click('menuitemcheckbox', 'React with 🎉')
  await expect(ben.log.getByRole('button', { name: /🎉/ })).toBeVisible()
  await ada.openMenu('the café opens')
  await ada.click('menuitem', 'React with another emoji…')
  await ada.click('searchbox', 'Search emoji')
  await keyboard.type('otter')
  await ada.click('button', '🦦 otter')
  await expect(ben.log.getByRole('button', { name: /🦦/ })).toBeVisible()

  await ada.openMenu('the café opens')
  await ada.click('menuitem', 'Reply')
  await keyboard.type('me too')
  await keyboard.press('Enter')
  await expect(ben.message('me too').getByRole('button', { name: /the café opens/ })).toBeVisible()
  await ada.delivered('me too')
  await keyboard.press('ArrowUp')
  await keyboard.type(', soon')
  await keyboard.press('Enter')
  await ben.sees('me too, soon')

  await keyboard.type('@B')
  await ada.click('option', 'Ben')
  await keyboard.type('look :ott')
  await ada.click('option', '🦦 :otter:')
  await keyboard.press('Enter')
  await ben.sees('@Ben look 🦦')

  await ada.openMenu('me too')
  await ada.click('menuitem', 'Delete')
  await ada.click('button', 'Delete')
  await ben.sees('Ada deleted this message.')

  await ada.click('button', 'Search')
  await ada.click('searchbox', 'Search messages')
  await keyboard.type('cafe')
  const current = () => ada.page.evaluate(() => document.querySelector('article[aria-current]')?.textContent)
  await expect.poll(current).toContain('the café opens')
})
