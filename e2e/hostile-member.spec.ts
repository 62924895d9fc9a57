import { encode } from '../client/crypto/msgpack.ts'
import { nodeIdentity } from '../client/crypto/node.ts'
import { HostileMember, tell, type Victim } from './hostile/member.ts'
import type { Person } from './support/person.ts'
import { roomUrl } from './support/rooms.ts'
import { expect, test } from './support/test.ts'

const members: HostileMember[] = []
test.afterEach(async () => {
  await Promise.all(members.splice(0).map((member) => member.leave()))
})

async function join(...args: Parameters<typeof HostileMember.join>): Promise<HostileMember> {
  const member = await HostileMember.join(...args)
  members.push(member)
  return member
}

async function mallory(url: string, name = 'Mallory') {
  const member = await join(url, name)
  const [ada, ben] = await member.knows('Ada', 'Ben')
  if (!ada || !ben) throw new Error('somebody is missing')
  return { member, ada, ben }
}

/** They still talk, both ways, and read the same. */
async function expectTalk(ada: Person, ben: Person, word: string): Promise<void> {
  await ada.say(`${word}, says Ada`)
  await ben.say(`${word}, says Ben`)
  for (const person of [ada, ben]) for (const name of ['Ada', 'Ben']) await person.sees(`${word}, says ${name}`)
  expect(await ada.articles.allInnerTexts()).toHaveLength(await ben.articles.count())
}

test('nobody speaks as another: not with another’s claim, hello or entries, nor with entries of another room', async ({
  server,
  people,
}) => {
  const url = roomUrl(server.url)
  const ada = await people.arrive(url, { name: 'Ada' })
  const ben = await people.arrive(url, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  await ada.say('the real word')
  await ben.sees('the real word')
  const { member, ada: adaSeen, ben: benSeen } = await mallory(url)
  await ada.isWith('Ada', 'Ben', 'Mallory')

  // With Ada's key in its claim, and what it has: another key, or Ada's own signature to itself.
  const own = nodeIdentity()
  const claims = [own.sign, async () => adaSeen.hello.signature]
  for (const sign of claims) await join(url, 'Ada', { author: adaSeen.hello.author, sign })
  for (const person of [ada, ben]) {
    await expect(person.page.getByRole('alert').filter({ hasText: /could not prove who they are/ })).toBeVisible()
    await person.isWith('Ada', 'Ben', 'Mallory')
  }

  // Entries in Ada's name: altered, with her signature to something else, and in her visit.
  adaSeen.link.send({ type: 'vector', rows: [], last: true })
  const heard = () => adaSeen.heard.flatMap((frame) => (frame.type === 'entries' ? frame.entries : []))
  await expect.poll(heard).not.toHaveLength(0)
  const said = heard().at(-1)
  if (!said?.body) throw new Error('Ada said nothing')
  const mine = await member.sign(null, 'text', { text: 'in whose name?' })
  const elsewhere = await HostileMember.join(roomUrl(server.url), 'Mallory', member.identity)
  members.push(elsewhere)
  const forged = [
    { ...said, body: { ...said.body, content: encode({ text: 'a forged word' }) } },
    { ...said, header: encode({ ...mine.header, author: adaSeen.hello.author }), body: mine.wire.body },
    (await elsewhere.sign(null, 'text', { text: 'said elsewhere' })).wire,
  ]
  await tell(benSeen, forged)
  await expectTalk(ada, ben, 'after the forgeries')
  for (const person of [ada, ben])
    for (const text of ['a forged word', 'in whose name?', 'said elsewhere'])
      await expect(person.message(text)).toHaveCount(0)
})

test('who tells two people different things is found out, by both, and what came after is hidden', async ({
  server,
  people,
}) => {
  const url = roomUrl(server.url)
  const ada = await people.arrive(url, { name: 'Ada' })
  const ben = await people.arrive(url, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  const { member, ada: adaSeen, ben: benSeen } = await mallory(url)
  const name = await member.sign(null, 'profile', { name: 'Mallory' })
  const common = await member.sign(name, 'text', { text: 'listen, both of you' })
  const versions: [Victim, string][] = [
    [adaSeen, 'I sold it to Ada'],
    [benSeen, 'I sold it to Ben'],
  ]
  for (const [victim, text] of versions) {
    const lie = await member.sign(common, 'text', { text })
    await tell(victim, [name, common, lie, await member.sign(lie, 'text', { text: `${text}, I swear` })])
  }
  for (const person of [ada, ben]) {
    await expect(person.page.getByRole('alert').filter({ hasText: /Mallory.*different things/ })).toBeVisible()
    await person.reads(['listen, both of you'])
  }
  await expectTalk(ada, ben, 'so that is Mallory')
})

test('garbage, floods, ten thousand visits and endless names: memory stays bounded, and honest messages flow', async ({
  server,
  people,
}) => {
  test.slow()
  const url = roomUrl(server.url)
  const ada = await people.arrive(url, { name: 'Ada' })
  const ben = await people.arrive(url, { name: 'Ben' })
  await ada.isWith('Ada', 'Ben')
  const session = await ben.page.context().newCDPSession(ben.page)
  const heap = async () => {
    await session.send('HeapProfiler.collectGarbage')
    return (await session.send('Runtime.getHeapUsage')).usedSize / 1_000_000
  }
  const before = await heap()
  const { member, ben: benSeen } = await mallory(url)

  await test.step('ten thousand visits, each with another name', async () => {
    const visits = await Promise.all(
      Array.from({ length: 10_000 }, (_, i) => member.signInVisit('profile', { name: `Name ${i}` })),
    )
    const told = tell(benSeen, visits)
    await expectTalk(ada, ben, 'in the flood')
    await told
    await expectTalk(ada, ben, 'after ten thousand visits')
  })
  await test.step('frames of all kinds, as fast as they go', async () => {
    const { author } = member.identity
    for (let i = 0; i < 5_000; i++) {
      benSeen.link.send({ type: 'want', author: benSeen.hello.author, visit: member.visit.peer, from: 1 + i })
      benSeen.link.send({ type: 'digest', digest: benSeen.hello.author, floor: 0 })
      benSeen.link.send({ type: 'typing', typing: i % 2 === 0 })
      benSeen.link.send({ type: 'have', rows: [[author, member.visit.peer, 1, i + 1, author, i % 2 === 0]] })
    }
    await expectTalk(ada, ben, 'in the noise')
  })
  await test.step('what is no frame', async () => {
    // The noise may have cost her a link, and what was on its way over it; she makes a new one, until hers are refused.
    await expect(async () => {
      for (let i = 0; i < 20; i++) member.sendRaw(new Uint8Array(1_000).fill(0xc1))
      await expect(ben.memberItems.filter({ hasText: 'direct, ' })).toHaveCount(1, { timeout: 5_000 })
    }).toPass({ timeout: 30_000 })
    await expectTalk(ada, ben, 'after the garbage')
  })
  // About two kilobytes for each of the ten thousand, and no more for what followed.
  expect((await heap()) - before).toBeLessThan(60)
})
