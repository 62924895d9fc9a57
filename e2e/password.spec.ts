import type { Page } from '@playwright/test'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

const PASSWORD = 'Pfirsich & Größe 7'
const WRONG = 'Pflaume & Größe 7'

/** Types a password into the page's form, and joins with it. */
async function enter(page: Page, password: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'This room asks for a password' })).toBeVisible()
  const field = page.getByLabel('Password', { exact: true })
  await expect(field).toBeFocused()
  await field.fill(password)
  await page.getByRole('button', { name: 'Join' }).click()
}

/** Everything that this page's origin keeps, and where the page has been, as one text. */
async function keptBy(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const dump: unknown[] = [{ ...localStorage }, { ...sessionStorage }, history.state, location.href, document.cookie]
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name)
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
      for (const store of database.objectStoreNames) {
        const request = database.transaction(store).objectStore(store).getAll()
        dump.push(
          await new Promise((resolve) => {
            request.onsuccess = () => resolve(request.result)
          }),
        )
      }
      database.close()
    }
    return JSON.stringify(dump)
  })
}

test('a room with a password lets in who has both, and tells the others what to check', async ({
  recorder,
  people,
}) => {
  test.slow()
  const url = `${roomUrl(recorder.url)}?p`
  const ada = await people.arrive(url)
  await ada.page.getByRole('button', { name: 'Join' }).click()
  await expect(ada.page.getByText('Type the password first.')).toBeVisible()
  await enter(ada.page, PASSWORD)
  await ada.rename('Ada')

  const ben = await people.arrive(url)
  await enter(ben.page, WRONG)
  await expect(ben.status).toContainText('check the password and the link')
  await ben.rename('Ben')
  await ada.isWith('Ada')
  await ben.isWith('Ben')
  await ben.page.getByRole('button', { name: 'Try another password' }).click()
  // Written with other code points: the same password all the same.
  await enter(ben.page, PASSWORD.normalize('NFD'))
  await Promise.all([ada.isWith('Ada', 'Ben'), ben.isWith('Ada', 'Ben')])
  await expect(ben.page.getByRole('button', { name: 'Try another password' })).toHaveCount(0)
  await ben.say('in at last')
  await ada.sees('in at last')

  await ada.page.getByRole('button', { name: 'Invite' }).click()
  await expect(ada.page.getByRole('dialog')).toContainText('the password, which is not in the link')
  await expect(ada.page.getByRole('textbox', { name: 'Invite link' })).toHaveValue(url)
  await ada.page.keyboard.press('Escape')

  await ben.reload()
  await enter(ben.page, PASSWORD)
  await ben.isWith('Ada', 'Ben')
  await ben.sees('in at last')

  const secrets = { 'the password': PASSWORD, 'a word of it': 'Pfirsich', 'the wrong one': WRONG }
  expect(recorder.recorded.some(({ kind }) => kind === 'binary')).toBe(true)
  expect(recorder.findAnywhere(secrets)).toEqual([])
  const kept = await keptBy(ben.page)
  expect(kept).toContain('Ben')
  expect(kept).not.toContain('Pfirsich')
})

test('a room with a password is made on the start page, and joined at once', async ({ server, people }) => {
  const ada = await people.arrive(server.url)
  await ada.page.getByText('Ask for a password, too').click()
  const field = ada.page.getByLabel('Password', { exact: true })
  await expect(field).toBeFocused()
  await ada.page.getByRole('button', { name: 'New room' }).click()
  await expect(ada.page.getByText('Type the password first.')).toBeVisible()
  await field.fill(PASSWORD)
  await field.press('Enter')
  await expect(ada.page).toHaveURL(/\/r#[^/]+\/[\w-]{22}\?p$/)
  await expect(ada.status).toContainText('check the password and the link')
  const ben = await people.arrive(ada.url)
  await enter(ben.page, PASSWORD)
  await expect(ben.memberItems).toHaveCount(2)
})

test('a link that asks for a password without a key joins nothing', async ({ server, people }) => {
  const ada = await people.arrive(`${server.url}/r#standup?p`)
  await expect(ada.page.getByRole('heading', { name: "This link doesn't work" })).toBeVisible()
})
