import { setTimeout as pass } from 'node:timers/promises'
import { Laptop } from './support/laptop.ts'
import { expectNoDoubles } from './support/members.ts'
import type { Person } from './support/person.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

/** How long the laptop sleeps, and within which time everything must be as before, both in milliseconds. */
const SLEEP = 60_000
const DEADLINE = 5_000

test('a laptop that slept for a minute is back within 5 s, and nothing is lost', async ({ server, people }) => {
  test.skip(process.platform === 'win32', 'no signals that stop a process')
  test.setTimeout(180_000)
  const ada = await people.arrive(roomUrl(server.url), { name: 'Ada' })
  const ben = await people.arrive(ada.url, { name: 'Ben' })
  const cleo = await people.arrive(ada.url, { name: 'Cleo' })
  const everyone = [ada, ben, cleo]
  const all = ['Ada', 'Ben', 'Cleo']
  const isBack = (person: Person) => expect(person.status).toHaveText('Connected directly to 2 people.')
  await Promise.all(everyone.map((person) => person.isWith(...all)))
  await Promise.all(everyone.map(isBack))
  await cleo.say('I close the lid')
  await expect(cleo.message('I close the lid')).toContainText('Delivered')
  const recordings = await Promise.all(everyone.map((person) => person.recordMembers()))

  const laptop = await Laptop.of(cleo)
  try {
    laptop.stopNetwork()
    await cleo.say('this one does not get out')
    await expect(cleo.message('this one does not get out')).toContainText('nobody has it yet')
    laptop.sleep()
    const asleep = Date.now()
    await ada.say('is Cleo still there?')
    const others = [ada, ben]
    const isSeenToDoze = (person: Person) => expect(person.member('Cleo')).not.toContainText('direct, ')
    await Promise.all(others.map(isSeenToDoze))
    const isSeenToLeave = (person: Person) => expect(person.memberItems).toHaveCount(2, { timeout: SLEEP })
    await Promise.all(others.map(isSeenToLeave))
    await ben.say('no, she left')
    await ada.sees('no, she left')
    await pass(asleep + SLEEP - Date.now())
  } finally {
    laptop.wake()
  }
  const woken = Date.now()

  const texts = ['I close the lid', 'this one does not get out', 'is Cleo still there?', 'no, she left']
  await Promise.all(
    everyone.flatMap((person) => [isBack(person), ...texts.map((text) => person.message(text).waitFor())]),
  )
  const seconds = (Date.now() - woken) / 1000
  process.stdout.write(`    after sleep: back after ${seconds.toFixed(1)} s\n`)
  expect(seconds).toBeLessThanOrEqual(DEADLINE / 1000)

  for (const person of everyone) {
    await person.reads(texts)
    await person.isWith(...all)
  }
  await expect(cleo.message('this one does not get out')).toContainText('Delivered')
  for (const recording of recordings) expectNoDoubles(await recording(), all)
})
