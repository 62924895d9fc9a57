import { accessibilityFaults } from './support/axe.ts'
import type { Person } from './support/person.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

const rooms = (person: Person) => person.page.getByRole('list', { name: 'Rooms' })
const row = (person: Person, name: string) => rooms(person).getByRole('listitem').filter({ hasText: name })

/** Opens the list of rooms; in a wide window it stands beside the room once there are two. */
async function openRooms(person: Person): Promise<void> {
  const button = person.page.getByRole('button', { name: 'Rooms', exact: true })
  await expect(button.or(rooms(person)).first()).toBeVisible()
  if (await button.isVisible()) await button.click()
  await expect(rooms(person)).toBeVisible()
}

async function choose(person: Person, room: string, item: string): Promise<void> {
  await row(person, room)
    .getByRole('button', { name: `Options for ${room}` })
    .click()
  await person.page.getByRole('menuitem', { name: item, exact: true }).click()
}

/** Goes to another room within the page. */
const goTo = (person: Person, url: string) =>
  person.page.evaluate((href) => {
    location.href = href
  }, url)

test('several rooms stay open at once: what is said in each arrives, is counted, and nothing is left or loaded anew', async ({
  server,
  people,
}) => {
  const [otters, seals] = [roomUrl(server.url, 'otters'), roomUrl(server.url, 'seals')]
  const ada = await people.arrive(otters, { name: 'Ada' })
  await ada.page.setViewportSize({ width: 1000, height: 700 })
  const ben = await people.arrive(otters, { name: 'Ben' })
  const cleo = await people.arrive(seals, { name: 'Cleo' })
  await ada.isWith('Ada', 'Ben')
  await ada.textbox.fill('half a thou')
  await goTo(ada, seals)
  await ada.isWith('Ada', 'Cleo')
  await expect(ada.textbox).toHaveValue('')
  await ben.isWith('Ada', 'Ben')
  await ben.say('are you there?')
  await expect(ada.page).toHaveTitle(/^\(1\) seals/)
  await openRooms(ada)
  await expect(row(ada, 'otters')).toContainText('Ben: are you there?')
  await expect(row(ada, 'otters')).toContainText('1 new message')
  await row(ada, 'otters').getByRole('link').click()
  await expect(ada.page.getByRole('dialog')).toBeHidden()
  await ada.sees('are you there?')
  await expect(ada.log.getByRole('separator', { name: 'New messages' })).toBeVisible()
  await expect(ada.textbox).toHaveValue('half a thou')
  await expect(ada.page).toHaveTitle(/^otters/)
  await cleo.isWith('Ada', 'Cleo')
  await ada.page.goBack()
  await ada.isWith('Ada', 'Cleo')
  await cleo.say('hello again')
  await ada.sees('hello again')
  await ada.rename('Adele')
  await ben.isWith('Adele', 'Ben')
  await cleo.isWith('Adele', 'Cleo')
})

test('the place where one was reading is there again when one comes back to a room', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url, 'otters'), { name: 'Ada' })
  await ada.saysMany(14, (n) => `message ${n}.${'\nwith many lines'.repeat(6)}`)
  await ada.sees('message 14.')
  await ada.message('message 4.').scrollIntoViewIfNeeded()
  await expect(ada.message('message 14.')).not.toBeInViewport()
  const url = ada.url
  await goTo(ada, roomUrl(server.url, 'seals'))
  await expect(ada.page.getByRole('heading', { name: 'seals' })).toBeVisible()
  await goTo(ada, url)
  await expect(ada.message('message 4.')).toBeInViewport()
  await expect(ada.message('message 14.')).not.toBeInViewport()
})

test('kept rooms are listed on the start page after a reload, with what was said last; others are not', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url, 'otters'), { name: 'Ada' })
  await ada.say('see you')
  await ada.sees('see you')
  await goTo(ada, `${server.url}/r#standup`)
  await expect(ada.page.getByRole('heading', { name: 'standup' })).toBeVisible()
  await openRooms(ada)
  await expect(rooms(ada).getByRole('listitem')).toHaveCount(2)
  await ada.page.keyboard.press('Escape')
  await ada.page.goto(server.url)
  await expect(row(ada, 'otters')).toContainText('Ada: see you')
  await expect(row(ada, 'standup')).toHaveCount(0)
  await row(ada, 'otters').getByRole('link').click()
  await ada.sees('see you')
})

test('a room gets another name on this device, is muted, and is forgotten with all that is kept of it', async ({
  server,
  people,
}) => {
  const otters = roomUrl(server.url, 'otters')
  const ada = await people.arrive(otters, { name: 'Ada' })
  const ben = await people.arrive(otters, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  await openRooms(ada)
  await choose(ada, 'otters', 'Rename')
  await expect(ada.page.getByRole('textbox', { name: 'Name on this device' })).toBeFocused()
  await ada.page.keyboard.type('Our river')
  await ada.page.keyboard.press('Enter')
  await expect(row(ada, 'Our river')).toBeVisible()
  await choose(ada, 'Our river', 'Mute')
  await expect(row(ada, 'Our river')).toContainText('muted')
  expect(await accessibilityFaults(ada.page)).toEqual([])
  await ada.page.keyboard.press('Escape')
  await expect(ada.page.getByRole('heading', { name: 'Our river' })).toBeVisible()
  await expect(ben.page.getByRole('heading', { name: 'otters' })).toBeVisible()
  await goTo(ada, roomUrl(server.url, 'seals'))
  await ben.say('nobody needs to hear this at once')
  await openRooms(ada)
  await expect(row(ada, 'Our river')).toContainText('1 new message')
  await expect(ada.page).toHaveTitle(/^seals/)
  await ada.page.goto(server.url)
  await expect(row(ada, 'Our river')).toContainText('muted')
  await choose(ada, 'Our river', 'Forget')
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Forget' }).click()
  await expect(row(ada, 'Our river')).toHaveCount(0)
  await ben.closeTab()
  await goTo(ada, otters)
  await expect(ada.page.getByRole('heading', { name: 'otters' })).toBeVisible()
  await expect(ada.status).toContainText(/only one here/i)
  await expect(ada.articles).toHaveCount(0)
})

test('a selection that is drawn out of a dialog leaves it open, a click beside it does not', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url, 'otters'), { name: 'Ada' })
  const { mouse } = ada.page
  await openRooms(ada)
  await choose(ada, 'otters', 'Rename')
  const field = ada.page.getByRole('textbox', { name: 'Name on this device' })
  const box = await field.boundingBox()
  await mouse.move((box?.x ?? 0) + 30, (box?.y ?? 0) + 10)
  await mouse.down()
  await mouse.move(5, 5, { steps: 4 })
  await mouse.up()
  await expect(field).toBeVisible()
  await mouse.click(5, 5)
  await expect(field).toBeHidden()
})

test('what came while one was away is marked as new, after a reload, too', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ben.say('seen by Ada')
  await ada.sees('seen by Ada')
  // What was seen is noted a moment later.
  await expect
    .poll(() =>
      ada.page.evaluate(
        () =>
          new Promise((resolve) => {
            const opening = indexedDB.open('earshot')
            opening.onsuccess = () => {
              const all = opening.result.transaction('list').objectStore('list').getAll()
              all.onsuccess = () => {
                opening.result.close()
                resolve(all.result.filter(({ readTo }) => readTo !== null).length)
              }
            }
          }),
      ),
    )
    .toBe(1)
  const url = ada.url
  await ada.page.goto('about:blank')
  await ben.isWith('Ben')
  await ben.say('said meanwhile')
  await ada.page.goto(url)
  await ada.sees('said meanwhile')
  await expect(ada.log.getByRole('separator', { name: 'New messages' })).toBeVisible()
  const [line, after] = await Promise.all([
    ada.log.getByRole('separator', { name: 'New messages' }).boundingBox(),
    ada.message('said meanwhile').boundingBox(),
  ])
  expect(line?.y ?? 0).toBeLessThan(after?.y ?? 0)
  expect((await ada.message('seen by Ada').boundingBox())?.y ?? 0).toBeLessThan(line?.y ?? 0)
})
