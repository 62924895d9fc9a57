import type { Person } from './support/person.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

const PASSWORD = 'correct horse'

/** The settings' section on the identity, with one of its forms opened. */
async function open({ page }: Person, button: string) {
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const section = page.getByRole('region', { name: 'Your identity' })
  await section.getByRole('button', { name: button }).click()
  return section
}

/** Exports this person's identity. Returns the file's text. */
async function exportFrom(person: Person, password: string): Promise<string> {
  const section = await open(person, 'Export…')
  const field = section.getByLabel('Password', { exact: true })
  await expect(field).toBeFocused()
  await field.fill(password.slice(0, 7))
  await section.getByRole('button', { name: 'Save the file' }).click()
  await expect(section.getByText('The password needs at least 8 characters.')).toBeVisible()
  await field.fill(password)
  const [download] = await Promise.all([
    person.page.waitForEvent('download'),
    section.getByRole('button', { name: 'Save the file' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('earshot-identity.json')
  await expect(section.getByRole('status')).toHaveText('Saved as earshot-identity.json.')
  await expect(section.getByRole('button', { name: 'Export…' })).toBeFocused()
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk)
  await person.page.keyboard.press('Escape')
  return Buffer.concat(chunks).toString()
}

test('an identity goes from one browser to another with a password, and both are one person then', async ({
  server,
  people,
}) => {
  test.slow()
  const url = roomUrl(server.url)
  const ada = await people.arrive(url, { name: 'Ada' })
  const file = await exportFrom(ada, PASSWORD)
  expect(file).not.toContain(PASSWORD)
  const ben = await people.arrive(url, { name: 'Ben' })
  const laptop = await people.arrive(url, { name: 'Laptop' })
  await ben.isWith('Ada', 'Ben', 'Laptop')

  const section = await open(laptop, 'Import…')
  const take = section.getByRole('button', { name: 'Take it over' })
  await take.click()
  await expect(section.getByText('Choose the file first.')).toBeVisible()
  const choose = (text: string) =>
    section
      .getByLabel('Identity file')
      .setInputFiles({ name: 'earshot-identity.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  const field = section.getByLabel('Password', { exact: true })
  await choose(file)
  await field.fill('correct mule')
  await take.click()
  await expect(section.getByText('That is not the password of this file.')).toBeVisible()
  await choose('{"not": "one"}')
  await field.fill(PASSWORD)
  await take.click()
  await expect(section.getByText('This is no identity file, or it is damaged.')).toBeVisible()
  await choose(file)
  await take.click()
  await expect(section.getByRole('status')).toHaveText(/You are the person in the file now/)

  // The page loads again; for Ben there are two people left.
  await expect(ben.memberItems).toHaveCount(2)
  await expect(laptop.memberItems).toHaveCount(2)
  await laptop.say('written on the laptop')
  await expect(ada.message('written on the laptop')).toHaveClass(/mine/)
  await expect(ben.message('written on the laptop')).toHaveClass(/theirs/)
})

test('who takes a new identity is somebody new, after a word of warning', async ({ server, people }) => {
  const url = roomUrl(server.url)
  const ada = await people.arrive(url, { name: 'Ada' })
  const ben = await people.arrive(url, { name: 'Ben' })
  await ada.say('before')
  await ben.sees('before')
  const section = await open(ada, 'New identity')
  await expect(section.getByText('People will see you as somebody new.')).toBeVisible()
  await section.getByRole('button', { name: 'Cancel' }).click()
  await expect(section.getByRole('button', { name: 'New identity' })).toBeFocused()
  await section.getByRole('button', { name: 'New identity' }).click()
  await section.getByRole('button', { name: 'Become somebody new' }).click()
  await expect(section.getByRole('status')).toHaveText(/You have a new identity/)
  await expect(section).toBeHidden()
  await expect(ada.message('before')).toHaveClass(/theirs/)
  await ben.isWith('Ada', 'Ben')
})
