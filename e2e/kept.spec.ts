import type { Page } from '@playwright/test'
import type { Person } from './support/person.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'
import { SERVER_AWAY } from './support/watch.ts'

/** How many entries of any room are on this page's disk. */
const onDisk = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('earshot')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const counting = opening.result.transaction('entries').objectStore('entries').count()
          counting.onsuccess = () => {
            opening.result.close()
            resolve(counting.result)
          }
        }
      }),
  )

const stateOf = (person: Person, text: string) => person.message(text).getByRole('button', { name: /Sen|Deliv/ })

async function openSettings({ page }: Person) {
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  return page.getByRole('dialog', { name: 'Settings' })
}

test('what is written alone stays through reloads, and goes out by itself when somebody comes', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.say('one')
  await ada.say('two')
  await expect(stateOf(ada, 'two')).toHaveText('Sent · nobody has it yet')
  await ada.reload()
  await ada.reads(['one', 'two'])
  await expect(stateOf(ada, 'one')).toHaveText('Sent · nobody has it yet')
  await ada.say('three')
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ben.reads(['one', 'two', 'three'])
  for (const text of ['one', 'two', 'three']) await expect(stateOf(ada, text)).toHaveText('Delivered')
  await stateOf(ada, 'one').click()
  await expect(ada.message('one')).toContainText('Delivered to Ben.')
  await ben.closeTab()
  await ada.isWith('Ada')
  await ada.reload()
  await ada.reads(['one', 'two', 'three'])
  await expect(stateOf(ada, 'three'), 'who had it once is remembered').toHaveText('Sent')
  await stateOf(ada, 'three').press('Enter')
  await expect(ada.message('three')).toContainText('Delivered to Ben.')
})

test('a browser killed right after writing loses nothing, alone or cut off, and the others get each message once', async ({
  startServer,
  people,
  watch,
}) => {
  test.slow()
  const server = await startServer()
  const profile = await people.profile()
  const url = roomUrl(server.url)
  const first = await people.arrive(url, { profile, name: 'Ada' })
  for (const text of ['one', 'two', 'three']) await first.say(text)
  await expect(stateOf(first, 'three')).toHaveText('Sent · nobody has it yet')
  await first.kill()

  const second = await people.arrive(url, { profile })
  await second.reads(['one', 'two', 'three'])
  await second.isWith('Ada')
  const ben = await people.arrive(url, { name: 'Ben' })
  await ben.reads(['one', 'two', 'three'])
  await expect(stateOf(second, 'three')).toHaveText('Delivered')

  // Cut off: Ben is away for good, and the server with him.
  await ben.closeTab()
  await second.isWith('Ada')
  watch.expect(...SERVER_AWAY)
  await server.kill()
  await expect(second.status).toContainText("Can't reach the server")
  for (const text of ['four', 'five']) await second.say(text)
  await expect(stateOf(second, 'five')).toHaveText('Sent · nobody has it yet')
  await second.kill()

  await server.restart()
  const third = await people.arrive(url, { profile })
  const all = ['one', 'two', 'three', 'four', 'five']
  await third.reads(all)
  const cleo = await people.arrive(url, { name: 'Cleo' })
  await cleo.reads(all)
  await third.reads(all)
  await cleo.isWith('Ada', 'Cleo')
})

test('what others wrote is still there when they are gone and the browser was killed', async ({ server, people }) => {
  const profile = await people.profile()
  const ada = await people.arrive(roomUrl(server.url), { profile, name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  await ben.say('from Ben')
  // Delivered means that Ada has it for good.
  await expect(stateOf(ben, 'from Ben')).toHaveText('Delivered')
  await ada.kill()
  await ben.closeTab()
  const later = await people.arrive(ada.url, { profile })
  await later.reads(['from Ben'])
  await expect(later.message('from Ben')).toHaveClass(/theirs/)
  await later.isWith('Ada')
})

test('two tabs of one profile share what is kept, and forgetting in one forgets in both', async ({
  server,
  people,
}) => {
  const url = roomUrl(server.url)
  const ada = await people.arrive(url, { name: 'Ada' })
  await ada.say('before')
  await expect(stateOf(ada, 'before')).toContainText('Sent')
  const tab = await people.anotherTab(ada)
  await tab.reads(['before'])
  await tab.isWith('Ada')
  await tab.say('from the second')
  await ada.say('from the first')
  for (const page of [ada, tab]) {
    await page.sees('from the second')
    await page.sees('from the first')
    await expect(page.articles).toHaveCount(3)
  }
  // One name, and three messages; each once.
  await expect.poll(() => onDisk(ada.page)).toBe(5)
  const ben = await people.arrive(url, { name: 'Ben' })
  await expect(ben.articles).toHaveCount(3)
  await ben.isWith('Ada', 'Ben')

  const settings = await openSettings(tab)
  await settings.getByRole('button', { name: 'Forget this room' }).click()
  await expect(settings.getByText('you leave it in every tab')).toBeVisible()
  await settings.getByRole('button', { name: 'Forget it' }).click()
  for (const { page } of [ada, tab]) {
    await expect(page.getByRole('heading', { name: 'Forgotten' })).toBeVisible()
    await expect(page.getByText('keeps nothing of otters any more')).toBeVisible()
    expect(new URL(page.url()).hash).toBe('')
  }
  expect(await onDisk(ada.page)).toBe(0)
  await ben.isWith('Ben')
  await expect(ben.articles, 'what others have, they keep').toHaveCount(3)
})

test('switched off, nothing is kept, and that is remembered; switched on, all of it is', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.say('hello')
  await expect(stateOf(ada, 'hello')).toContainText('Sent')
  const settings = await openSettings(ada)
  const keep = settings.getByRole('checkbox', { name: 'Keep on this device' })
  await expect(keep).toBeChecked()
  await expect(settings.getByText(/^1 message, \d KB\./)).toBeVisible()
  await keep.uncheck()
  await expect(settings.getByText('Nothing is kept of this conversation')).toBeVisible()
  expect(await onDisk(ada.page)).toBe(0)
  await ada.page.keyboard.press('Escape')
  await expect(stateOf(ada, 'hello'), 'it is nowhere else').toHaveText('Sending')
  await ada.reload()
  await expect(ada.status).toContainText('only one here')
  await expect(ada.articles).toHaveCount(0)
  await ada.say('again')
  await expect(ada.message('again')).toBeVisible()
  await openSettings(ada)
  await expect(keep).not.toBeChecked()
  await keep.check()
  await expect(settings.getByText(/^1 message, \d KB\./)).toBeVisible()
  await ada.page.keyboard.press('Escape')
  await expect(stateOf(ada, 'again')).toHaveText('Sent · nobody has it yet')
  await ada.reload()
  await ada.reads(['again'])
})

test('an open room is kept only when somebody asks for it', async ({ server, people }) => {
  const ada = await people.arrive(`${server.url}/r#otters-${Date.now()}`, { name: 'Ada' })
  await ada.say('hello')
  await expect(stateOf(ada, 'hello')).toHaveText('Sending')
  const settings = await openSettings(ada)
  const keep = settings.getByRole('checkbox', { name: 'Keep on this device' })
  await expect(keep).not.toBeChecked()
  await expect(settings.getByText('Open rooms keep nothing unless you ask for it')).toBeVisible()
  expect(await onDisk(ada.page)).toBe(0)
  await keep.check()
  await ada.page.keyboard.press('Escape')
  await expect(stateOf(ada, 'hello')).toHaveText('Sent · nobody has it yet')
  await ada.reload()
  await ada.reads(['hello'])
})

test('a browser that keeps nothing says so once, and everything works in memory', async ({ server, people, watch }) => {
  const url = roomUrl(server.url)
  const broken = () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('The storage is out of order.', 'UnknownError')
    }
  }
  const ada = await people.arrive(url, { before: broken })
  await ada.rename('Ada')
  const ben = await people.arrive(url, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  const alert = ada.page.getByRole('alert').filter({ hasText: 'Nothing can be kept on this device right now' })
  await expect(alert).toHaveCount(1)
  await alert.getByRole('button', { name: 'Dismiss' }).click()
  await ada.say('from memory')
  await ben.say('hello')
  await expect(stateOf(ada, 'from memory')).toHaveText('Delivered')
  await ada.sees('hello')
  const settings = await openSettings(ada)
  await expect(settings.getByRole('checkbox', { name: 'Keep on this device' })).not.toBeChecked()
  await expect(settings.getByText("can't be kept on this device right now")).toBeVisible()
  await ada.page.keyboard.press('Escape')
  await expect(ada.page.getByRole('alert').filter({ hasText: 'kept' })).toHaveCount(0)
  expect(watch.faults).toEqual([])
})

test('a disk that is full in the middle of it is said once, and messages still go out', async ({ server, people }) => {
  const url = roomUrl(server.url)
  const ada = await people.arrive(url, { name: 'Ada' })
  await ada.say('kept')
  await expect(stateOf(ada, 'kept')).toContainText('Sent')
  await ada.page.evaluate(() => {
    IDBObjectStore.prototype.put = function () {
      this.transaction.abort()
      throw new DOMException('The disk is full.', 'QuotaExceededError')
    }
  })
  await ada.say('not kept')
  const alert = ada.page.getByRole('alert').filter({ hasText: 'This device has no room left' })
  await expect(alert).toHaveCount(1)
  await expect(stateOf(ada, 'not kept')).toHaveText('Sending')
  const ben = await people.arrive(url, { name: 'Ben' })
  await ben.reads(['kept', 'not kept'])
  await expect(stateOf(ada, 'not kept')).toHaveText('Delivered')
  await ada.reload()
  await ada.reads(['kept', 'not kept'])
})

test('a damaged record is neither shown nor passed on, and comes back from whoever has it', async ({
  server,
  people,
}) => {
  const url = roomUrl(server.url)
  const ada = await people.arrive(url, { name: 'Ada' })
  const ben = await people.arrive(url, { name: 'Ben' })
  for (const text of ['one', 'two', 'three']) await ada.say(text)
  await ben.reads(['one', 'two', 'three'])
  await expect(stateOf(ada, 'three')).toHaveText('Delivered')
  // Entries are the name, then the messages: the last two are damaged.
  await ada.page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('earshot')
        opening.onsuccess = () => {
          const changing = opening.result.transaction('entries', 'readwrite')
          const walking = changing.objectStore('entries').openCursor()
          let number = 0
          walking.onsuccess = () => {
            const at = walking.result
            if (!at) return
            if (number === 2) at.value.data[at.value.data.length - 20] ^= 1
            if (number === 3) at.update('what is this')
            else at.update(at.value)
            number++
            at.continue()
          }
          changing.oncomplete = () => {
            opening.result.close()
            resolve()
          }
          changing.onerror = () => reject(changing.error)
        }
      }),
  )
  await ada.reload()
  await expect(ada.page.getByRole('alert').filter({ hasText: 'was damaged' })).toHaveCount(1)
  await ada.reads(['one', 'two', 'three'])
  await ada.isWith('Ada', 'Ben')
  await ben.closeTab()
  await ada.isWith('Ada')
  await ada.reload()
  await ada.reads(['one', 'two', 'three'])
  await expect(ada.page.getByRole('alert').filter({ hasText: 'damaged' })).toHaveCount(0)
})
