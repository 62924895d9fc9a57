import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { accessibilityFaults } from './support/axe.ts'
import type { Person } from './support/person.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

/** What the check of a saved conversation says, and its exit code. */
async function verify(path: string): Promise<{ code: number; text: string }> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'client/verify-export.ts', path])
    return { code: 0, text: stdout }
  } catch (error) {
    return { code: Number(Reflect.get(Object(error), 'code')), text: String(Reflect.get(Object(error), 'stdout')) }
  }
}

interface Saved {
  readonly content: string
}

/** What an entry of a saved conversation says, a character for each byte. */
const saidIn = ({ content }: Saved) => Buffer.from(content, 'base64url').toString('latin1')

async function save(person: Person, name: string): Promise<string> {
  const downloading = person.page.waitForEvent('download')
  await person.page.getByRole('button', { name }).click()
  return (await downloading).path()
}

test('a saved conversation is checked by a command, which finds whatever was changed in it or left out', async ({
  server,
  people,
}, info) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  await ada.say('I owe you five')
  await ben.sees('I owe you five')
  await ben.say('Thank you')
  await ada.say('On Friday')
  await ben.sees('On Friday')
  await ben.page.getByRole('button', { name: 'Settings' }).click()
  const path = await save(ben, 'Export with signatures')
  await expect(ben.page.getByText('Saved.')).toBeVisible()
  const good = await verify(path)
  expect(good.text).toContain('"Ben": 1 message.')
  expect(good.text).toContain('Everything is as its author signed it,')
  expect(good.code).toBe(0)
  const text = await readFile(path, 'utf8')
  expect(text).not.toContain(ada.url.split('/').at(-1))
  const file = JSON.parse(text)
  const changed = info.outputPath('changed.json')
  const entries = file.entries.filter((entry: Saved) => !saidIn(entry).includes('five'))
  await writeFile(changed, JSON.stringify({ ...file, entries }))
  const left = await verify(changed)
  expect(left.text).toContain('1 entry in between is missing')
  expect(left.code).toBe(3)
  for (const entry of file.entries) {
    entry.content = Buffer.from(saidIn(entry).replace('five', 'nine'), 'latin1').toString('base64url')
  }
  await writeFile(changed, JSON.stringify(file))
  expect((await verify(changed)).code).toBe(1)
  await writeFile(changed, 'no conversation')
  expect((await verify(changed)).code).toBe(2)
})

test('a conversation saved to read is a page that shows it, and runs nothing of what was said', async ({
  server,
  people,
}) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await ada.say('<img src=x onerror="document.title=1"> *hello*')
  await ada.sees('hello')
  await ada.page.getByRole('button', { name: 'Settings' }).click()
  const html = await readFile(await save(ada, 'Export as a page'), 'utf8')
  const page = await ada.page.context().newPage()
  await page.setContent(html)
  await expect(page.getByRole('heading', { name: 'otters' })).toBeVisible()
  await expect(page.getByText('<img src=x onerror="document.title=1"> *hello*')).toBeVisible()
  await expect(page).toHaveTitle('otters')
  await expect(page.locator('img')).toHaveCount(0)
  expect(await accessibilityFaults(page)).toEqual([])
})
