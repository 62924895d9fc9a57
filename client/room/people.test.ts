import assert from 'node:assert/strict'
import { test } from 'node:test'
import { VirtualTime } from '../net/virtual-time.ts'
import type { PersonChange } from '../store/known-person.ts'
import { createMemoryStore } from '../store/memory.ts'
import { loadConfusables } from './lookalike.ts'
import { People } from './people.ts'
import { STRANGER } from './stranger.ts'
import type { Member } from './types.ts'

const id = (letter: string) => letter.repeat(64)
const someone = (letter: string, name: string, change: Partial<Member> = {}): Member => ({
  id: id(letter),
  name,
  me: false,
  state: 'connected',
  route: null,
  verdict: null,
  typing: false,
  ...STRANGER,
  ...change,
})

/** One device: what is kept on it, and every write to it. */
function device() {
  const store = createMemoryStore()
  const time = new VirtualTime()
  const writes: (readonly PersonChange[])[] = []
  const counting = {
    ...store,
    savePeople: (changes: readonly PersonChange[]) => {
      writes.push(changes)
      return store.savePeople(changes)
    },
  }
  /** A visit with this name, in which `there` tells who else is there. */
  const visit = async (name = 'Me') => {
    await loadConfusables()
    const warnings: string[] = []
    const people = new People({
      store: counting,
      time,
      changed: () => {},
      warn: (message) => warnings.push(message),
    })
    await people.load()
    const me = someone('0', name, { me: true, state: 'me' })
    const there = (...others: Member[]) => people.describe([me, ...others]).slice(1)
    const end = async () => {
      people.flush()
      await time.pass(1)
    }
    return { people, there, end, warnings }
  }
  return { store, time, writes, visit }
}

const cautions = (members: readonly Member[]) =>
  members.map(({ caution }) => (caution ? `${caution.kind} ${caution.of} ${caution.name}` : ''))

test('somebody is new at first, and known on the next visit, whatever their name', async () => {
  const { visit, time } = device()
  const first = await visit()
  assert.deepEqual(first.there(someone('a', 'Ada')), [someone('a', 'Ada')])
  await time.pass(1_000)
  const second = await visit()
  assert.deepEqual(second.there(someone('a', 'Ada')), [someone('a', 'Ada', { known: 'known' })])
  const third = await visit()
  assert.deepEqual(third.there(someone('a', 'Bea')), [someone('a', 'Bea', { known: 'known', formerName: 'Ada' })])
})

test('a verified person stays so over visits and names, until taken back', async () => {
  const { visit } = device()
  const first = await visit()
  first.there(someone('a', 'Ada'))
  first.people.setVerified(id('a'), 'Ada', true)
  assert.equal(first.there(someone('a', 'Bea'))[0]?.verified, true)
  await first.end()
  const second = await visit()
  assert.equal(second.there(someone('a', 'Cleo'))[0]?.verified, true)
  second.people.setVerified(id('a'), 'Cleo', false)
  assert.equal(second.there(someone('a', 'Cleo'))[0]?.verified, false)
  await second.end()
  assert.equal((await visit()).there(someone('a', 'Cleo'))[0]?.verified, false)
})

test('the same name with another key is marked, on the one who is not known', async () => {
  const { visit } = device()
  const first = await visit()
  first.there(someone('a', 'Ada'))
  await first.end()
  const second = await visit()
  assert.deepEqual(cautions(second.there(someone('b', 'Ada'))), ['other-key known Ada'])
  assert.deepEqual(cautions(second.there(someone('a', 'Ada'), someone('b', 'Ada'))), ['', 'other-key known Ada'])
  await second.end()
  // The impostor is known by now, too, but not for as long.
  const third = await visit()
  assert.deepEqual(cautions(third.there(someone('a', 'Ada'), someone('b', 'Ada'))), ['', 'other-key known Ada'])
})

test('of two who are both new both are marked', async () => {
  const { there } = await device().visit()
  assert.deepEqual(cautions(there(someone('a', 'Ada'))), [''])
  assert.deepEqual(cautions(there(someone('a', 'Ada'), someone('b', 'Ada'))), [
    'other-key new Ada',
    'other-key new Ada',
  ])
})

test('somebody known who takes the name of somebody else known is marked, however long they are known', async () => {
  const { visit, time } = device()
  const first = await visit()
  first.there(someone('b', 'Eve'))
  await time.pass(1_000)
  first.there(someone('a', 'Ada'), someone('b', 'Eve'))
  await first.end()
  const second = await visit()
  assert.deepEqual(cautions(second.there(someone('a', 'Ada'), someone('b', 'Ada'))), ['', 'other-key known Ada'])
})

test('the name of somebody verified is theirs from that moment on, also when it was taken before', async () => {
  const { visit } = device()
  const { people, there } = await visit()
  const both = [someone('a', 'Ada'), someone('b', 'Ada')]
  there(...both)
  people.setVerified(id('b'), 'Ada', true)
  const [ada, other] = there(...both)
  assert.deepEqual(ada?.caution, { kind: 'other-key', name: 'Ada', verified: true, of: 'known' })
  assert.equal(other?.caution, null)
  // They go on being warned of when the verified one is away, or took another name.
  assert.equal(there(someone('a', 'Ada'))[0]?.caution?.verified, true)
  assert.deepEqual(cautions(there(someone('a', 'Ada'), someone('b', 'Bea'))), ['other-key known Ada', ''])
})

test('a name that only looks the same is marked as that, once what letters look like is known', async () => {
  const { visit } = device()
  const first = await visit()
  first.there(someone('a', 'Ada'))
  await first.end()
  const { there } = await visit()
  for (const name of ['\u0410da', 'ADA', 'A da', 'Ａda'])
    assert.deepEqual(cautions(there(someone('a', 'Ada'), someone('b', name))), ['', 'imitates known Ada'], name)
  assert.deepEqual(cautions(there(someone('a', 'Ada'), someone('b', 'Adam'))), ['', ''])
})

test("somebody with one's own name is marked, unless they are verified and bore it before", async () => {
  const { visit } = device()
  const { people, there } = await visit('Ada')
  assert.deepEqual(cautions(there(someone('a', 'Ada'))), ['other-key me Ada'])
  assert.deepEqual(cautions(there(someone('a', '\u0410da'))), ['imitates me Ada'])
  people.setVerified(id('a'), 'Ada', true)
  assert.deepEqual(cautions(there(someone('a', 'Ada'))), [''])
})

test('an author who is not there is judged all the same', async () => {
  const { people, there } = await device().visit()
  there(someone('a', 'Ada'))
  assert.equal(people.standing(id('b'), 'Ada').caution?.kind, 'other-key')
  assert.equal(people.standing(id('0'), 'Ada').caution, null)
})

test('somebody hidden keeps the name under which they were, does not type, and is marked no more', async () => {
  const { visit } = device()
  const first = await visit()
  first.there(someone('a', 'Ada'))
  first.people.setHidden(id('a'), 'Ada', true)
  const hidden = someone('a', 'Ada', { hidden: true })
  assert.deepEqual(first.there(someone('a', 'You fool', { typing: true })), [hidden])
  await first.end()
  const second = await visit()
  assert.deepEqual([...second.people.hidden], [id('a')])
  assert.deepEqual(second.there(someone('a', 'You fool')), [{ ...hidden, known: 'known' }])
  second.people.setHidden(id('a'), 'You fool', false)
  assert.deepEqual(second.there(someone('a', 'You fool')), [
    someone('a', 'You fool', { known: 'known', formerName: 'Ada' }),
  ])
})

test('those who come together are written together, and names that change all the time seldom', async () => {
  const { visit, writes, time } = device()
  const { there } = await visit()
  there(someone('a', 'Ada'))
  there(someone('a', 'Ada'), someone('b', 'Ben'))
  await time.pass(1_000)
  assert.deepEqual(
    writes.map((changes) => changes.length),
    [2],
  )
  for (let n = 0; n < 1_000; n++) {
    there(someone('a', `Ada ${n}`), someone('b', 'Ben'))
    await time.pass(300)
  }
  await time.pass(20_000)
  // 20 soon, and one in ten seconds.
  assert.ok(writes.length <= 1 + 20 + 2 * 32, `${writes.length} writes`)
  assert.equal(writes.at(-1)?.[0]?.name, 'Ada 999')
  assert.equal(time.pending, 0)
})

test('a crowd of strangers is not remembered beyond some hundreds', async () => {
  const { visit, store, time } = device()
  const { there, people } = await visit()
  const crowd = Array.from({ length: 1_500 }, (_, n) => ({
    ...someone('a', `Stranger ${n}`),
    id: n.toString(16).padStart(64, 'c'),
  }))
  for (let n = 100; n <= crowd.length; n += 100) there(...crowd.slice(0, n))
  await time.pass(20_000)
  assert.equal((await store.people()).length, 250)
  // Verifying one of the others still is.
  const last = crowd.at(-1)
  assert.ok(last)
  people.setVerified(last.id, last.name, true)
  await time.pass(1)
  assert.equal((await store.people()).length, 251)
})

test('a thousand who all take one name are judged quickly', async () => {
  const { there } = await device().visit()
  const crowd = Array.from({ length: 1_000 }, (_, n) => ({
    ...someone('a', 'Ada'),
    id: n.toString(16).padStart(64, 'c'),
  }))
  const begin = performance.now()
  assert.ok(there(...crowd).every(({ caution }) => caution?.kind === 'other-key'))
  assert.ok(performance.now() - begin < 500)
})

test('a device that keeps nothing is told of once, and all holds for the visit', async () => {
  const warnings: string[] = []
  const broken = async (): Promise<never> => {
    throw new Error('no disk')
  }
  const people = new People({
    store: { ...createMemoryStore(), people: broken, savePeople: broken },
    time: new VirtualTime(),
    changed: () => {},
    warn: (message) => warnings.push(message),
  })
  await people.load()
  people.describe([someone('a', 'Ada')])
  people.setVerified(id('a'), 'Ada', true)
  people.setHidden(id('a'), 'Ada', true)
  await new Promise(setImmediate)
  assert.equal(warnings.length, 1)
  assert.deepEqual([...people.hidden], [id('a')])
})
