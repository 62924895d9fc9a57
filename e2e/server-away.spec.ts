import { expectNoDoubles } from './support/members.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'
import { SERVER_AWAY } from './support/watch.ts'

test('people go on talking when the server dies, and a third joins when it is back', async ({
  startServer,
  people,
  watch,
}) => {
  const server = await startServer()
  watch.expect(...SERVER_AWAY)
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await Promise.all([ada.isWith('Ada', 'Ben'), ben.isWith('Ada', 'Ben')])
  await ada.say('before')
  await ben.sees('before')
  const recordings = await Promise.all([ada.recordMembers(), ben.recordMembers()])

  await server.kill()
  await expect(ada.status).toContainText('Server away')
  await expect(ben.status).toContainText('Server away')
  await ada.say('is the server gone?')
  await ben.sees('is the server gone?')
  await ben.say('we do not need it')
  await ada.reads(['before', 'is the server gone?', 'we do not need it'])
  await expect(ada.message('is the server gone?')).toContainText('Delivered')

  await server.restart()
  await expect(ada.status).not.toContainText('Server away', { timeout: 30_000 })
  await expect(ben.status).not.toContainText('Server away', { timeout: 30_000 })
  const cleo = await people.arrive(ada.url, { name: 'Cleo' })
  const all = ['Ada', 'Ben', 'Cleo']
  await Promise.all([ada, ben, cleo].map((person) => person.isWith(...all)))
  for (const { status } of [ada, ben, cleo]) await expect(status).toHaveText('Connected directly to 2 people.')
  await cleo.reads(['before', 'is the server gone?', 'we do not need it'])
  await cleo.say('what did I miss?')
  await Promise.all([ada.sees('what did I miss?'), ben.sees('what did I miss?')])

  for (const recording of recordings) {
    const states = await recording()
    expectNoDoubles(states, all)
    // Nobody who was there went away in between either.
    for (const state of states) for (const name of ['Ada', 'Ben']) expect(state.join()).toContain(name)
  }
})

test('a server that ends in good order is no different', async ({ startServer, people, watch }) => {
  const server = await startServer()
  watch.expect(...SERVER_AWAY)
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  await ben.isWith('Ada', 'Ben')
  expect(await server.stop()).toBe(0)
  await expect(ada.status).toContainText('Server away')
  await ada.say('still there?')
  await ben.sees('still there?')
  await server.restart()
  await expect(ada.status).not.toContainText('Server away', { timeout: 30_000 })
  await ada.isWith('Ada', 'Ben')
})
