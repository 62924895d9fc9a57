import { expectNoDoubles } from './support/members.ts'
import { roomUrl } from './support/rooms.ts'
import { areLinked, sever } from './support/sever.ts'
import { expect, test } from './support/test.ts'
import { SERVER_AWAY } from './support/watch.ts'

test('with the server gone for good, a link between two that breaks heals through a third', async ({
  startServer,
  people,
  watch,
}) => {
  const server = await startServer()
  watch.expect(...SERVER_AWAY)
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada', severable: true })
  const ben = await people.arrive(ada.url, { name: 'Ben', severable: true })
  const cleo = await people.arrive(ada.url, { name: 'Cleo' })
  const all = ['Ada', 'Ben', 'Cleo']
  const everyone = [ada, ben, cleo]
  await Promise.all(everyone.map((person) => person.isWith(...all)))
  for (const { status } of everyone) await expect(status).toHaveText('Connected directly to 2 people.')

  await server.kill()
  for (const { status } of everyone) await expect(status).toContainText('Server away')
  const recordings = await Promise.all([ada.recordMembers(), ben.recordMembers()])
  const said: string[] = []
  for (const [one, other] of [
    [ada, ben],
    [ben, ada],
  ] as const) {
    expect(await sever(one, other)).toBe(1)
    // What is said meanwhile goes through the third.
    const text = `said after cut ${said.length + 1}`
    said.push(text)
    await other.say(text)
    await one.sees(text)
    await expect.poll(() => areLinked(one, other), { timeout: 30_000 }).toBe(true)
    for (const { status } of [one, other])
      await expect(status).toContainText("Server away. You're still connected to 2 people.")
  }
  for (const person of everyone) await person.reads(said)
  for (const recording of recordings) {
    const states = await recording()
    expectNoDoubles(states, all)
    for (const state of states) expect(state).toHaveLength(3)
  }
})
