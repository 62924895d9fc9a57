import type { Person } from './support/person.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

test('a new room and its link are all it takes for two people to talk', async ({ server, people }) => {
  const ada = await people.arrive(server.url)
  await ada.page.getByRole('button', { name: 'New room' }).click()
  await expect(ada.page).toHaveURL(/\/r#[^/]+\/[\w-]{22}$/)
  await ada.rename('Ada')
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await Promise.all([ada.isWith('Ada', 'Ben'), ben.isWith('Ada', 'Ben')])

  const said: string[] = []
  for (const [who, text] of [
    [ada, 'Hello, is anybody here?'],
    [ben, 'I am.'],
    [ben, 'Can you read me?'],
    [ada, 'Every word.'],
    [ada, 'Line one\nline two'],
  ] as const) {
    await who.say(text)
    said.push(text)
    await Promise.all([ada.reads(said), ben.reads(said)])
  }
  await expect(ben.message('Every word.')).toHaveAccessibleName(/^Ada\b/)
  await expect(ada.message('I am.')).toHaveAccessibleName(/^Ben\b/)
  await expect(ada.message('Every word.')).toContainText('Delivered')
  await expect(ben.message('I am.')).toContainText('Delivered')
})

test('everybody gets a name, can change it, and keeps it for the next visit', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url))
  await expect(ada.memberItems).toHaveCount(1)
  await expect(ada.memberItems).toHaveText(/[A-Z]\w+ [A-Z]\w+.*you/s)
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ben.say('said before')
  await ada.rename('Ada Lovelace')
  await ben.isWith('Ben', 'Ada Lovelace')
  await ada.say('said after')
  await expect(ben.message('said after')).toHaveAccessibleName(/^Ada Lovelace/)
  await ada.reload()
  await Promise.all([ada, ben].map((person) => person.isWith('Ada Lovelace', 'Ben')))
})

test('a message is sent while one is alone, and delivered once somebody comes', async ({ server, people }) => {
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  await expect(ada.status).toContainText(/only one here/i)
  await ada.say('first to arrive')
  await expect(ada.message('first to arrive')).not.toContainText('Delivered')
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ben.sees('first to arrive')
  await expect(ada.message('first to arrive')).toContainText('Delivered')
})

/** Everybody says some messages, all at once. Gives the texts. */
async function everybodyTalks(persons: readonly Person[], round: string, each: number): Promise<string[]> {
  const spoken = await Promise.all(
    persons.map(async (person, index) => {
      const texts = Array.from({ length: each }, (_, n) => `${round} ${index}.${n}.`)
      for (const text of texts) await person.say(text)
      return texts
    }),
  )
  return spoken.flat()
}

/** Waits until all show these texts, each once, and in the same order. */
async function expectSameOrder(persons: readonly Person[], texts: readonly string[]): Promise<void> {
  const shown = async (person: Person) => {
    const messages = await person.messages()
    return messages.map((message) => texts.find((text) => message.includes(text)) ?? message)
  }
  for (const person of persons) await expect.poll(async () => (await shown(person)).sort()).toEqual([...texts].sort())
  const [first, ...others] = persons
  if (first) for (const other of others) expect(await shown(other)).toEqual(await shown(first))
}

test('three people, then eight, see everyone and the same conversation, whole even for who comes last', async ({
  server,
  people,
}) => {
  test.slow()
  const url = roomUrl(server.url)
  const names = ['Ada', 'Ben', 'Cleo', 'Dora', 'Emil', 'Fritz', 'Gerda', 'Hanno']
  const persons: Person[] = []
  for (const name of names.slice(0, 3)) persons.push(await people.arrive(url, { name }))
  await Promise.all(persons.map((person) => person.isWith(...names.slice(0, 3))))
  const texts = await everybodyTalks(persons, 'among three', 3)
  await expectSameOrder(persons, texts)

  for (const [index, name] of names.slice(3).entries()) {
    const beside = persons[index % 3]
    persons.push(await people.arrive(url, { name, ...(beside ? { beside } : {}) }))
  }
  await Promise.all(persons.map((person) => person.isWith(...names)))
  texts.push(...(await everybodyTalks(persons, 'among eight', 2)))
  await expectSameOrder(persons, texts)
})
