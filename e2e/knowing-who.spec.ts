import { accessibilityFaults } from './support/axe.ts'
import type { Person } from './support/person.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

const press = (person: Person, name: string) => person.page.getByRole('button', { name, exact: true }).click()

/** Takes a name that somebody else may have, too. */
async function takeName(person: Person, name: string): Promise<void> {
  await press(person, 'Settings')
  const textbox = person.page.getByRole('textbox', { name: 'Your name' })
  await textbox.fill(name)
  await textbox.press('Enter')
  await expect(textbox).toBeHidden()
}

const alert = (person: Person) => person.page.getByRole('main').getByRole('alert').filter({ hasText: /\S/ })
const notices = (person: Person) => person.page.getByRole('status', { name: 'Notices' })

test('two people see the same safety number, and two others another one', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  const cleo = await people.arrive(ada.url, { name: 'Cleo' })
  await Promise.all([ada, ben, cleo].map((person) => person.isWith('Ada', 'Ben', 'Cleo')))
  const number = await ada.safetyNumber('Ben')
  expect(await ben.safetyNumber('Ada')).toBe(number)
  const other = await ada.safetyNumber('Cleo')
  expect(other).not.toBe(number)
  expect(await cleo.safetyNumber('Ada')).toBe(other)
  await ben.reload()
  await ben.isWith('Ada', 'Ben', 'Cleo')
  expect(await ben.safetyNumber('Ada')).toBe(number)
})

test('who is verified stays so over a reload and another name, until it is taken back', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  await ben.say('hello')
  await ada.sees('hello')
  await ada.verify('Ben')
  await expect(ada.member('Ben')).toContainText('verified')
  await expect(ada.message('hello')).toContainText('verified')
  await expect(notices(ada)).toHaveText('Ben is verified.')
  await ben.rename('Benjamin')
  await expect(ada.member('Benjamin')).toContainText('verified')
  await ada.reload()
  await ada.isWith('Ada', 'Benjamin')
  await expect(ada.member('Benjamin')).toContainText('verified')
  await expect(ada.member('Ada')).not.toContainText('verified')

  await press(ada, 'Verify Benjamin')
  await expect(ada.page.getByRole('dialog')).toContainText('Benjamin is verified.')
  await press(ada, 'Not verified any more')
  await expect(ada.member('Benjamin')).not.toContainText('verified')
  // Said once it is kept.
  await expect(notices(ada)).toHaveText('Benjamin is not verified any more.')
  await ada.reload()
  await ada.isWith('Ada', 'Benjamin')
  await expect(ada.member('Benjamin')).not.toContainText('verified')
})

test('the same name with another key is said out loud, at the list and at the messages', async ({ server, people }) => {
  const ben = await people.arrive(roomUrl(server.url), { name: 'Ben' })
  const ada = await people.arrive(ben.url, { name: 'Ada' })
  await ben.isWith('Ada', 'Ben')
  await ada.say('from the real one')
  await ben.sees('from the real one')
  await ben.verify('Ada')
  const eve = await people.arrive(ben.url, { name: 'Eve' })
  await ben.isWith('Ada', 'Ben', 'Eve')
  await takeName(eve, 'Ada')
  await expect(alert(ben)).toHaveText(
    'Someone here is called Ada, but is not the Ada you verified: their key is another one.',
  )
  await eve.say('from the other one')
  await expect(ben.message('from the other one')).toContainText('not the Ada you verified')
  await expect(ben.message('from the real one')).not.toContainText('not the Ada')
  await expect(ben.memberItems.filter({ hasText: 'not the Ada you verified' })).toHaveCount(1)
  await press(ben, 'Dismiss')
  await expect(alert(ben)).toHaveCount(0)

  // Also when the real one is away, and the page was opened anew.
  await ada.closeTab()
  await expect(ben.memberItems).toHaveCount(2)
  await ben.reload()
  await expect(alert(ben)).toContainText('not the Ada you verified')
  await expect(ben.message('from the other one')).toContainText('not the Ada you verified')
})

test('of somebody known the warning is milder, and of two who are new it says that there are two', async ({
  server,
  people,
}) => {
  const ben = await people.arrive(roomUrl(server.url), { name: 'Ben' })
  const ada = await people.arrive(ben.url, { name: 'Ada' })
  await ben.isWith('Ada', 'Ben')
  const eve = await people.arrive(ben.url, { name: 'Eve' })
  await takeName(eve, 'Ada')
  await expect(alert(ben)).toHaveText('More than one Ada is here. Verify them to know who is who.')
  await expect(ben.memberItems.filter({ hasText: 'not the only Ada' })).toHaveCount(2)
  await expect(alert(ada)).toHaveText('Someone here is called Ada, as you are: it is somebody else.')
  await takeName(eve, 'Eve')
  await expect(ben.memberItems.filter({ hasText: 'not the only Ada' })).toHaveCount(0)
  await ben.reload()
  await expect(ben.memberItems).toHaveCount(3)
  await takeName(eve, 'Ada')
  await expect(alert(ben)).toHaveText(
    'Someone here is called Ada, but is not the Ada you know: their key is another one.',
  )
})

test('a name that looks the same in other letters is marked', async ({ server, people }) => {
  const ben = await people.arrive(roomUrl(server.url), { name: 'Ben' })
  const ada = await people.arrive(ben.url, { name: 'Ada' })
  await Promise.all([ada, ben].map((person) => person.isWith('Ada', 'Ben')))
  await ben.verify('Ada')
  await people.arrive(ben.url, { name: '\u0410da' })
  const imitation = ben.memberItems.filter({ hasText: '\u0410da' })
  await expect(imitation).toContainText('looks like Ada, whom you verified')
  await expect(alert(ben)).toContainText('which looks like Ada, whom you verified')
  await expect(alert(ada)).toContainText('which looks like your name')
  await expect(ben.memberItems.filter({ hasText: 'looks like' })).toHaveCount(1)
})

test('somebody met before under another name is recognised', async ({ server, people }) => {
  const ben = await people.arrive(roomUrl(server.url), { name: 'Ben' })
  const ada = await people.arrive(ben.url, { name: 'Ada' })
  await ben.isWith('Ada', 'Ben')
  const url = roomUrl(server.url, 'elsewhere')
  await ada.page.goto('about:blank')
  await ben.isWith('Ben')
  await ada.page.goto(url)
  await ada.rename('Bea')
  await ben.page.goto(url)
  await expect(ben.member('Bea')).toContainText('you knew them as Ada')
  await ada.reload()
  await expect(notices(ben)).toContainText('Bea joined. You knew them as Ada.')
})

test('nothing is shown of somebody hidden, past or future, until they are shown again', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  await ben.say('something rude')
  await ada.say('please stop')
  await ada.reads(['something rude', 'please stop'])
  await press(ada, 'Hide Ben')
  await ada.reads(['please stop'])
  await expect(ada.member('Ben (hidden)')).toHaveCount(1)
  await expect(notices(ada)).toContainText('Ben is hidden')
  await expect(ada.page.getByRole('button', { name: 'Verify Ben' })).toHaveCount(0)

  await ben.textbox.fill('typing')
  await ben.say('something ruder')
  await ben.rename('Rude words')
  await ada.say('still talking')
  await ben.sees('still talking')
  await ada.reads(['please stop', 'still talking'])
  await expect(ada.member('Rude words')).toHaveCount(0)
  await expect(ada.page.getByText('is typing')).toHaveCount(0)

  await ada.reload()
  await expect(ada.member('Ben (hidden)')).toHaveCount(1)
  await ada.reads(['please stop', 'still talking'])
  // Coming and going is not told of, that of others is.
  await ben.reload()
  const cleo = await people.arrive(ada.url, { name: 'Cleo' })
  await cleo.isWith('Ada', 'Rude words', 'Cleo')
  await expect(notices(ada)).not.toContainText('Rude words')
  await expect(notices(ada)).not.toContainText('Ben')

  await press(ada, 'Show Ben')
  await ada.reads(['something rude', 'please stop', 'something ruder', 'still talking'])
  await expect(ada.member('Rude words')).toHaveCount(1)
})

test('what two tabs learn of the same person at once is all kept', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  const second = await people.anotherTab(ada)
  await Promise.all([ada, second].map((tab) => tab.isWith('Ada', 'Ben')))
  await ada.verify('Ben')
  await press(second, 'Hide Ben')
  await expect(notices(second)).toContainText('Ben is hidden')
  await ben.rename('Benno')
  await second.reload()
  // The first tab, where he is not hidden, may have learned his new name by then, or not.
  await expect(second.memberItems.filter({ hasText: '(hidden)' })).toHaveCount(1)
  await second.page.getByRole('button', { name: /^Show Ben/ }).click()
  await expect(second.member('Benno')).toContainText('verified')
})

test('a browser that knew nothing of people yet keeps its identity and name', async ({ server, people }) => {
  const url = roomUrl(server.url)
  const ada = await people.arrive(url, { name: 'Ada' })
  const ben = await people.arrive(url, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  const number = await ben.safetyNumber('Ada')
  await ada.page.goto(server.url)
  await ada.page.evaluate(async () => {
    const wait = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const late = await wait(indexedDB.open('earshot'))
    const stores = ['identity', 'profile'] as const
    const kept = await Promise.all(stores.map((name) => wait(late.transaction(name).objectStore(name).get('own'))))
    late.close()
    await wait(indexedDB.deleteDatabase('earshot'))
    const opening = indexedDB.open('earshot', 1)
    opening.onupgradeneeded = () => {
      for (const name of stores) opening.result.createObjectStore(name)
    }
    const early = await wait(opening)
    await Promise.all(
      stores.map((name, index) => wait(early.transaction(name, 'readwrite').objectStore(name).put(kept[index], 'own'))),
    )
    early.close()
  })
  await ada.page.goto(url)
  await ada.isWith('Ada', 'Ben')
  expect(await ben.safetyNumber('Ada')).toBe(number)
  await ada.verify('Ben')
  await ada.reload()
  await expect(ada.member('Ben')).toContainText('verified')
})

test('axe finds nothing in the list of members and the safety number, wide and narrow', async ({ server, people }) => {
  test.slow()
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  const cleo = await people.arrive(ada.url, { name: '\u0410da' })
  await cleo.say('I am Ada')
  await ben.say('so am I')
  await expect(ada.message('I am Ada')).toContainText('looks like your name')
  await press(ada, 'Verify Ben')
  await expect(ada.page.getByLabel('Safety number')).toHaveText(/\d{5}$/)
  expect(await accessibilityFaults(ada.page)).toEqual([])
  await press(ada, 'They match')
  await press(ada, 'Verify Ben')
  await expect(ada.page.getByRole('button', { name: 'Not verified any more' })).toBeVisible()
  expect(await accessibilityFaults(ada.page)).toEqual([])
  await ada.page.keyboard.press('Escape')
  expect(await accessibilityFaults(ada.page)).toEqual([])
  await press(ada, 'Hide Ben')
  await ada.page.setViewportSize({ width: 360, height: 720 })
  await ada.page.getByRole('button', { name: 'Members' }).click()
  await expect(ada.member('Ben (hidden)')).toBeVisible()
  expect(await accessibilityFaults(ada.page)).toEqual([])
})

test('verifying and hiding need the keyboard only', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await people.arrive(ada.url, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  await ada.page.setViewportSize({ width: 360, height: 720 })
  const { keyboard } = ada.page
  await ada.page.getByRole('button', { name: 'Members' }).focus()
  await keyboard.press('Enter')
  await expect(ada.page.getByRole('complementary', { name: 'Members' })).toBeFocused()
  await keyboard.press('Tab')
  await expect(ada.page.getByRole('button', { name: 'Connection to Ben' })).toBeFocused()
  await keyboard.press('Tab')
  const button = ada.page.getByRole('button', { name: 'Verify Ben' })
  await expect(button).toBeFocused()
  await keyboard.press('Enter')
  await expect(ada.page.getByLabel('Safety number')).toHaveText(/\d{5}$/)
  // Escape closes the dialog only.
  await keyboard.press('Escape')
  await expect(ada.page.getByRole('dialog')).toBeHidden()
  await expect(button).toBeFocused()
  await keyboard.press('Tab')
  await keyboard.press('Enter')
  await expect(ada.page.getByRole('button', { name: 'Show Ben' })).toBeFocused()
  await keyboard.press('Enter')
  await expect(ada.page.getByRole('button', { name: 'Hide Ben' })).toBeFocused()
})
