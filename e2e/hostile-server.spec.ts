import { ManInTheMiddle } from './hostile/man.ts'
import { secretsOf } from './hostile/member.ts'
import { HostileServer, inventIds, type Relayed } from './hostile/server.ts'
import { expectNoDoubles } from './support/members.ts'
import type { People } from './support/people.ts'
import type { Person } from './support/person.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

let hostile: HostileServer
const men: ManInTheMiddle[] = []
test.beforeEach(async ({ server }) => {
  hostile = await HostileServer.start(server.port)
})
test.afterEach(async ({ watch }) => {
  watch.stop()
  for (const man of men.splice(0)) man.close()
  await hostile.close()
})

async function standIn(url: string): Promise<ManInTheMiddle> {
  const man = new ManInTheMiddle(hostile, await secretsOf(url))
  men.push(man)
  return man
}

async function adaAndBen(people: People, url: string): Promise<[Person, Person]> {
  const ada = await people.arrive(url, { name: 'Ada' })
  return [ada, await people.arrive(url, { name: 'Ben' })]
}

/** The last two who joined, the one who offers, with the greater id, first. */
function offererAndAnswerer(): [string, string] {
  const [a = '', b = ''] = hostile.joined.slice(-2)
  return a > b ? [a, b] : [b, a]
}

const alertOf = (person: Person, text: RegExp) => person.page.getByRole('alert').filter({ hasText: text })

test('who doubles, delays, replays, reflects, bends and mixes up envelopes, and invents a thousand people, can’t keep two apart', async ({
  people,
}) => {
  const url = roomUrl(hostile.url)
  hostile.invented = inventIds(1_000)
  const stranger = hostile.invented[0] ?? ''
  let calls = 0
  hostile.relay = (relayed: Relayed) => {
    const { from, to, sealed } = relayed
    const bent = Buffer.from(sealed)
    bent[calls++ % bent.length] = (bent[calls % bent.length] ?? 0) ^ 1
    hostile.deliver({ from, to, sealed: bent })
    hostile.deliver({ from: to, to: from, sealed })
    hostile.deliver({ from: stranger, to, sealed })
    for (const earlier of hostile.relayed.slice(-20)) hostile.deliver(earlier)
    for (const ms of [0, 30, 300]) setTimeout(() => hostile.deliver(relayed), ms)
  }
  const [ada, ben] = await adaAndBen(people, url)
  await Promise.all([ada.isWith('Ada', 'Ben'), ben.isWith('Ada', 'Ben')])
  const recorded = await ada.recordMembers()
  await ada.say('through all this')
  await ben.sees('through all this')

  // Across connections and visits: Ben comes back, and all that was ever said is said again.
  const replay = setInterval(() => {
    for (const earlier of hostile.relayed.slice(0, 200)) hostile.deliver(earlier)
  }, 200)
  await ben.reload()
  await ben.isWith('Ada', 'Ben')
  await ben.say('back again')
  await ada.sees('back again')
  clearInterval(replay)

  // Lies about who is there, and what is no message.
  const [first = '', second = ''] = hostile.joined.slice(-2)
  for (const id of hostile.joined) {
    for (const lie of ['null', '{"type":"welcome"}', '[1', `{"type":"left","peer":"${first}"}`]) hostile.tell(id, lie)
    hostile.tell(id, { type: 'left', peer: second })
    hostile.tell(id, { type: 'joined', peer: stranger })
  }
  await ada.say('still here')
  await ben.sees('still here')
  await Promise.all([ada.isWith('Ada', 'Ben'), ben.isWith('Ada', 'Ben')])
  expectNoDoubles(await recorded(), ['Ben'])
})

test('with the room’s key it can’t stand between two people: they see that somebody tried, say nothing to it, and meet once it stops', async ({
  people,
}) => {
  const url = roomUrl(hostile.url)
  const man = await standIn(url)
  man.standBetween()
  const [ada, ben] = await adaAndBen(people, url)
  for (const person of [ada, ben]) await expect(alertOf(person, /could not prove who they are/)).toBeVisible()
  expect(man.opened, 'it really stood between them').toBeGreaterThanOrEqual(2)
  await ada.isWith('Ada')
  await ben.isWith('Ben')
  await ada.say('for Ben only')
  await expect(ada.message('for Ben only')).toContainText(/Sending|nobody has it yet/)
  await expect.poll(() => man.opened, { timeout: 20_000 }).toBeGreaterThanOrEqual(4)

  hostile.behave()
  await expect(ada.memberItems).toHaveCount(2, { timeout: 45_000 })
  await ben.sees('for Ben only')
  await Promise.all([ada.isWith('Ada', 'Ben'), ben.isWith('Ada', 'Ben')])
  expect(man.overheard).not.toContain('for Ben only')
  expect(man.overheard.length, 'though it heard their hellos').toBeGreaterThan(200)
})

test('with the room’s key it can’t take over an open link, at a restart least of all, nor end it', async ({
  people,
}) => {
  const url = roomUrl(hostile.url)
  const man = await standIn(url)
  const [ada, ben] = await adaAndBen(people, url)
  await Promise.all([ada.isWith('Ada', 'Ben'), ben.isWith('Ada', 'Ben')])
  const [offerer, answerer] = offererAndAnswerer()
  const seen = await Promise.all(hostile.relayed.map((relayed) => man.open(relayed)))
  const attempt = Math.max(...seen.map((envelope) => envelope?.attempt ?? 0))
  const recorded = await ada.recordMembers()

  await test.step('a restart with a certificate of its own is refused, and both are told', async () => {
    man.connection(answerer, offerer, attempt, true, () => {})
    // The offerer is asked to restart, and its offer answered by somebody else.
    const near = man.connection(offerer, answerer, attempt, false, () => {})
    hostile.relay = async (relayed) => {
      const envelope = await man.open(relayed)
      if (relayed.from === offerer && envelope?.type === 'description') near.signal(envelope)
    }
    await man.say(answerer, offerer, { type: 'restart' }, attempt)
    for (const person of [ada, ben]) await expect(alertOf(person, /tried to take over your connection/)).toBeVisible()
    await ada.say('who are you?')
    await ben.sees('who are you?')
  })

  await test.step('an honest restart goes through, and the same link goes on', async () => {
    const fresh = hostile.relayed.length
    hostile.behave()
    const descriptions = async () => {
      const opened = await Promise.all(hostile.relayed.slice(fresh).map((relayed) => man.open(relayed)))
      return opened.flatMap((envelope) =>
        envelope?.type === 'description' && envelope.attempt === attempt ? [envelope.description.type] : [],
      )
    }
    await expect
      .poll(
        async () => {
          await man.say(answerer, offerer, { type: 'restart' }, attempt)
          return descriptions()
        },
        { intervals: [4_500], timeout: 30_000 },
      )
      .toEqual(expect.arrayContaining(['offer', 'answer']))
    await ada.say('a new path, the same people')
    await ben.sees('a new path, the same people')
  })
  await test.step('forged offers, pleas and absurd counts end nothing', async () => {
    for (const high of [attempt + 1, 1_000, 2 ** 31]) {
      man.connection(answerer, offerer, high, true, () => {})
      await man.say(answerer, offerer, { type: 'please' }, high)
    }
    await ben.say('is all well?')
    await ada.sees('is all well?')
  })

  expectNoDoubles(await recorded(), ['Ben'])
  for (const state of await recorded())
    if (state.some((item) => item.includes('Ben'))) expect(state.join()).not.toContain('reconnecting')
  expect(man.overheard).not.toContain('who are you?')
})
