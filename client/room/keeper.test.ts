import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeIdentity, nodeSuite } from '../crypto/node.ts'
import { VirtualTime } from '../net/virtual-time.ts'
import { createMemoryStore } from '../store/memory.ts'
import type { KeptRecord, RoomStore, Written } from '../store/room-store.ts'
import type { Store } from '../store/store.ts'
import { chainOf, type Entry, signEntry } from './entry.ts'
import { Keeper } from './keeper.ts'
import { Log } from './log.ts'
import type { RoomError } from './types.ts'

const TOPIC = new Uint8Array(32).fill(7)
const ROOM = '07'.repeat(32)
const [ada, ben] = [nodeIdentity(new Uint8Array(32).fill(1)), nodeIdentity(new Uint8Array(32).fill(2))]
const visit = (number: number) => new Uint8Array(16).fill(number)
const MINE = chainOf(ada.author, visit(1))

/** So many entries in a row, of one visit. */
async function written(count: number, identity = ada, number = 1): Promise<Entry[]> {
  const entries: Entry[] = []
  for (let seq = 1; seq <= count; seq++) {
    const before = entries.at(-1)
    const prev = before ? Uint8Array.from(Buffer.from(before.id, 'hex')) : null
    const place = { visit: visit(number), seq, prev, clock: seq * 10 + number, at: seq }
    entries.push(await signEntry(nodeSuite, TOPIC, identity, { ...place, kind: 'text' }, { text: `${seq}` }))
  }
  return entries
}

/** One visit of the room. */
class Visit {
  readonly time = new VirtualTime(1)
  readonly log: Log
  readonly restored: Entry[] = []
  readonly heard: unknown[] = []
  readonly kept = new Map<string, number>()
  readonly warnings: RoomError[] = []
  unkept = 0
  forgotten = 0
  readonly keeper: Keeper

  constructor(store: RoomStore | null, { mine = MINE, byDefault = true, log = new Log() } = {}) {
    this.log = log
    this.keeper = new Keeper({
      store,
      byDefault,
      suite: nodeSuite,
      log: this.log,
      time: this.time,
      mine,
      heard: () => [{ chain: MINE, author: 'cleo', seq: 1 }],
      events: {
        restored: (entries, heard) => {
          this.restored.push(...entries)
          this.heard.push(...heard)
        },
        kept: (chain, seq) => this.kept.set(chain, seq),
        unkept: () => this.unkept++,
        forgotten: () => this.forgotten++,
        changed: () => {},
        warn: (error) => this.warnings.push(error),
      },
    })
  }

  /** Another's entries come. */
  take(entries: readonly Entry[]): void {
    for (const entry of entries) if (this.log.add(entry) === 'added') this.keeper.added(entry)
  }

  get ids(): string[] {
    return this.log.inOrder().map(({ id }) => id)
  }

  /** Lets what is under way come to its end. */
  async pass(ms = 1_000): Promise<this> {
    await this.time.pass(ms)
    return this
  }

  /** Whether something is done by now. */
  async isDone(doing: Promise<unknown>, ms = 0): Promise<boolean> {
    let done = false
    void doing.then(() => {
      done = true
    })
    await this.time.pass(ms)
    return done
  }
}

const disk = (): Store => createMemoryStore({ isLasting: true })
const enter = (store: Store, mine = MINE) => new Visit(store.room(ROOM), { mine }).pass()
/** As after a reload: this visit writes another chain. */
const reenter = (store: Store) => enter(store, chainOf(ada.author, visit(99)))

/** A store whose writes wait until they are let through, and fail with `error` if there is one. */
function gated(store: Store) {
  const room = store.room(ROOM)
  const waiting: (() => void)[] = []
  const gate = {
    isOpen: true,
    error: null as Error | null,
    writes: 0,
    room: {
      ...room,
      async write(...how: Parameters<RoomStore['write']>): Promise<Written> {
        gate.writes++
        if (!gate.isOpen) await new Promise<void>((resolve) => waiting.push(resolve))
        if (gate.error) throw gate.error
        return room.write(...how)
      },
    },
    open() {
      gate.isOpen = true
      for (const go of waiting.splice(0)) go()
    },
  }
  return gate
}

async function onDisk(store: Store): Promise<readonly KeptRecord[]> {
  const room = store.room(ROOM)
  const records: KeptRecord[] = []
  for (;;) {
    const slice = await room.entries(records.at(-1) ?? null)
    if (slice.length === 0) return records
    records.push(...slice)
  }
}

test('what was said is in the log of the next visit, whoever said it, with who was known to hold it', async () => {
  const store = disk()
  const first = await enter(store)
  const [mine, bens] = [await written(3), await written(700, ben, 2)]
  for (const entry of mine) {
    const kept = first.keeper.own(entry)
    await first.pass(0)
    await kept
    first.log.add(entry)
  }
  first.take(bens)
  first.keeper.heard({ chain: MINE, author: 'ben', seq: 2 })
  await first.pass()
  assert.equal(first.kept.get(MINE), 3)
  assert.equal(first.keeper.keeping.entries, 703)
  const second = await reenter(store)
  assert.deepEqual(second.ids, first.ids)
  assert.deepEqual(
    second.restored.map(({ id }) => id),
    first.ids,
    'shown in display order',
  )
  assert.deepEqual(second.log.vector(), first.log.vector())
  assert.deepEqual(second.restored[0], first.log.inOrder()[0], 'the very same entry')
  assert.deepEqual(second.heard, [{ chain: MINE, author: 'ben', seq: 2 }])
  assert.equal(second.kept.get(MINE), 3)
  assert.deepEqual(second.keeper.keeping, { ...first.keeper.keeping })
  assert.deepEqual([...first.warnings, ...second.warnings], [])
})

test('one’s own entry is on the disk before it may be sent', async () => {
  const gate = gated(disk())
  const here = await new Visit(gate.room).pass()
  gate.isOpen = false
  const [entry] = await written(1)
  assert.ok(entry)
  const kept = here.keeper.own(entry)
  assert.equal(await here.isDone(kept), false)
  assert.equal(here.kept.size, 0)
  gate.open()
  assert.equal(await here.isDone(kept), true)
  assert.equal(here.kept.get(MINE), 1)
})

test('one says that one holds an entry only once it is on the disk', async () => {
  const gate = gated(disk())
  const here = await new Visit(gate.room).pass()
  gate.isOpen = false
  const entries = await written(3, ben, 2)
  here.take(entries.slice(0, 2))
  const settled = here.keeper.settled()
  assert.equal(await here.isDone(settled), false)
  here.take(entries.slice(2))
  const both = here.keeper.settled()
  gate.open()
  assert.equal(await here.isDone(Promise.all([settled, both])), true)
  assert.equal(here.keeper.keeping.entries, 3)
})

test('what one types does not wait for a long history', async () => {
  const gate = gated(disk())
  const here = await new Visit(gate.room).pass()
  gate.isOpen = false
  here.take(await written(1_000, ben, 2))
  await here.pass()
  const [entry] = await written(1)
  assert.ok(entry)
  const order: string[] = []
  void here.keeper.own(entry).then(() => order.push('mine'))
  void here.keeper.settled().then(() => order.push('all'))
  gate.open()
  await here.pass()
  assert.deepEqual(order, ['mine', 'all'])
  assert.ok(gate.writes > 2)
  assert.equal(here.kept.get(MINE), 1)
})

test('entries that come together are written together', async () => {
  const gate = gated(disk())
  const here = await new Visit(gate.room).pass()
  for (const entry of await written(50, ben, 2)) here.take([entry])
  await here.pass()
  assert.equal(gate.writes, 1)
})

test('where nothing lasts, or the person wants nothing kept, nothing is waited for and nothing is sent late', async () => {
  const store = disk()
  await store.room(ROOM).keep(false)
  for (const here of [
    new Visit(null),
    new Visit(store.room(ROOM)),
    new Visit(disk().room(ROOM), { byDefault: false }),
  ]) {
    await here.pass()
    const [entry] = await written(1)
    assert.ok(entry)
    assert.equal(await here.isDone(Promise.all([here.keeper.own(entry), here.keeper.settled()])), true)
    assert.deepEqual(here.keeper.keeping, { on: false, entries: 0, bytes: 0, problem: null })
    assert.equal(here.kept.size, 0)
  }
  assert.deepEqual(await onDisk(store), [])
})

test('a store that fails is said once, and everything goes on in memory', async () => {
  const gate = gated(disk())
  const here = await new Visit(gate.room).pass()
  gate.error = new DOMException('no room', 'QuotaExceededError')
  const entries = await written(3)
  for (const entry of entries) assert.equal(await here.isDone(here.keeper.own(entry)), true)
  here.take(await written(3, ben, 2))
  assert.equal(await here.isDone(here.keeper.settled()), true)
  assert.deepEqual(
    here.warnings.map(({ code, message }) => [code, /no room left/.test(message)]),
    [['store', true]],
  )
  assert.equal(here.keeper.keeping.problem, here.warnings[0])
  assert.equal(here.keeper.keeping.on, false)
  assert.equal(here.kept.size, 0, 'nothing counts as kept')
})

test('a store that can’t be opened or read is said once, and what was read before it broke stays', async () => {
  const store = disk()
  const first = await enter(store)
  first.take(await written(700, ben, 2))
  await first.pass()
  const broken = async () => {
    throw new Error('blocked')
  }
  const closed = await new Visit({ ...store.room(ROOM), open: broken }).pass()
  assert.deepEqual([closed.warnings.length, closed.log.size, closed.keeper.keeping.on], [1, 0, false])
  const room = store.room(ROOM)
  const torn = await new Visit({ ...room, entries: (after) => (after ? broken() : room.entries(after)) }).pass()
  assert.deepEqual([torn.warnings.length, torn.log.size > 0, torn.keeper.keeping.on], [1, true, false])
})

test('a store that never answers holds nothing up for long', async () => {
  const never = () => new Promise<never>(() => {})
  const deaf = new Visit({ ...disk().room(ROOM), open: never })
  const [entry] = await written(1)
  assert.ok(entry)
  const sent = deaf.keeper.own(entry)
  assert.equal(await deaf.isDone(sent, 1_000), false)
  assert.equal(await deaf.isDone(sent, 2_000), true, 'sent without being kept')
  assert.equal(await deaf.isDone(deaf.keeper.ready, 8_000), true)
  assert.equal(deaf.warnings.length, 1)

  const gate = gated(disk())
  const stuck = await new Visit(gate.room).pass()
  gate.isOpen = false
  stuck.take(await written(1, ben, 2))
  assert.equal(await stuck.isDone(stuck.keeper.settled(), 20_000), true)
  assert.equal(stuck.warnings.length, 1)
})

test('a damaged record is never taken: its chain ends before it, there and on the disk, and that is said once', async () => {
  const store = disk()
  const first = await enter(store)
  const bens = await written(5, ben, 2)
  first.take([...bens, ...(await written(5, ada, 3))])
  await first.pass()
  const chain = chainOf(ben.author, visit(2))
  const record = (await onDisk(store)).find((one) => one.chain === chain && one.seq === 3)
  assert.ok(record && 'data' in record)
  const at = record.data.length - 30
  record.data[at] = (record.data[at] ?? 0) ^ 1
  const second = await reenter(store)
  assert.deepEqual([second.log.last(chain), second.log.size], [2, 7])
  assert.deepEqual(
    second.warnings.map(({ code }) => code),
    ['store'],
  )
  assert.equal((await onDisk(store)).length, 7)
  const third = await reenter(store)
  assert.deepEqual([third.log.size, third.warnings], [7, []])
  // Others send it again.
  third.take(bens)
  await third.pass()
  assert.equal((await reenter(store)).log.size, 10)
})

test('a whole record in another one’s place is not taken either', async () => {
  const store = disk()
  const first = await enter(store)
  first.take(await written(3, ben, 2))
  await first.pass()
  const [one, two] = await onDisk(store)
  assert.ok(one && two && 'data' in one && 'data' in two)
  const room = store.room(ROOM)
  await room.open(true)
  await room.write(
    { removed: [{ chain: two.chain, from: 2, to: 2 }], entries: [{ ...two, data: one.data, seal: one.seal }] },
    true,
  )
  const second = await reenter(store)
  assert.equal(second.log.size, 1)
  assert.equal(second.warnings.length, 1)
})

test('a fork is kept with its proof, and is one again after a restart', async () => {
  const store = disk()
  const first = await enter(store)
  const [entries, others] = [await written(5, ben, 2), await written(3, ben, 2)]
  first.take(entries)
  await first.pass()
  const other = others[2]
  assert.ok(other && other.id !== entries[2]?.id)
  // Its salt differs, and so its id does. It follows the same second entry.
  const prev = Uint8Array.from(Buffer.from(entries[1]?.id ?? '', 'hex'))
  const place = { visit: visit(2), seq: 3, prev, clock: 99, at: 3 }
  const forked = await signEntry(nodeSuite, TOPIC, ben, { ...place, kind: 'text' }, { text: 'another' })
  assert.equal(first.log.add(forked), 'forked')
  const chain = chainOf(ben.author, visit(2))
  first.keeper.forked(chain)
  await first.pass()
  const second = await reenter(store)
  assert.deepEqual(second.warnings, [])
  assert.deepEqual(second.log.row(chain), first.log.row(chain))
  assert.equal(second.log.chains.get(chain)?.fork?.length, 2)
  assert.equal(second.log.add(entries[2] ?? forked), 'known', 'nothing follows')
})

test('what the log drops is dropped from the disk, also what was still to be written', async () => {
  const store = disk()
  const first = await enter(store)
  const [bens, mine] = [await written(5, ben, 2), await written(2, ada, 3)]
  first.take([...bens.slice(0, 3), ...mine])
  await first.pass()
  first.take(bens.slice(3))
  first.keeper.removed([{ chain: chainOf(ben.author, visit(2)), from: 1, to: Number.POSITIVE_INFINITY }])
  await first.pass()
  assert.equal(first.keeper.keeping.entries, 2)
  assert.equal((await reenter(store)).log.size, 2)
})

test('what was thinned is gone from the disk, and after a restart the rest and the floor are as they were', async () => {
  const store = disk()
  const before = await enter(store)
  const all = [...(await written(4, ben, 2)), ...(await written(4, ada, 5)), ...(await written(4, ben, 3))]
  before.take(all)
  await before.pass()
  assert.equal((await onDisk(store)).length, 12)
  const few = new Log({ entries: 10, bytes: 1_000_000 })
  for (const entry of all) few.add(entry)
  const spared = { mine: MINE, heard: () => Number.POSITIVE_INFINITY, present: new Set<string>() }
  const dropped = few.trim({ ...spared, now: Date.now() })
  assert.ok(dropped.length > 0 && few.floor > 0, 'something was thinned')
  const thinned = new Visit(store.room(ROOM), { log: few })
  await thinned.pass()
  thinned.keeper.dropped(dropped)
  await thinned.pass()
  assert.equal((await onDisk(store)).length, few.size)

  const after = await reenter(store)
  assert.equal(after.log.floor, few.floor)
  assert.deepEqual(
    after.ids,
    few.inOrder().map(({ id }) => id),
  )
  assert.deepEqual(after.warnings, [], 'nothing of it is called damaged')
  after.take(dropped)
  assert.equal(after.log.size, few.size, 'what is below the floor does not come back')
})

test('switched off, the disk is emptied; switched on, all that is in the log is kept again', async () => {
  const store = disk()
  const here = await enter(store)
  const [mine, bens] = [await written(3), await written(3, ben, 2)]
  here.take([...mine, ...bens])
  await here.pass()
  await here.keeper.set(false)
  assert.deepEqual([await onDisk(store), here.unkept, here.keeper.keeping.on], [[], 1, false])
  here.take(await written(4, ben, 5))
  await here.pass()
  assert.deepEqual(await onDisk(store), [])
  assert.equal((await reenter(store)).keeper.keeping.on, false, 'the choice is remembered')
  here.kept.clear()
  await here.keeper.set(true)
  await here.pass()
  assert.equal(here.kept.get(MINE), 3)
  const after = await reenter(store)
  assert.deepEqual(after.ids, here.ids)
  assert.deepEqual(after.heard, [{ chain: MINE, author: 'cleo', seq: 1 }])
})

test('what can’t be switched or forgotten stays as it was, and says so', async () => {
  const store = disk()
  const broken = async () => {
    throw new Error('blocked')
  }
  const here = await new Visit({ ...store.room(ROOM), keep: broken, forget: broken }).pass()
  await assert.rejects(here.keeper.set(false), { code: 'store' })
  await assert.rejects(here.keeper.forget(), { code: 'store' })
  assert.deepEqual([here.keeper.keeping.on, here.forgotten, here.unkept], [true, 0, 0])
  here.take(await written(2, ben, 2))
  await here.pass()
  assert.equal((await onDisk(store)).length, 2)
})

test('a visit hears when another switches it off, on or forgets the room', async () => {
  const store = disk()
  const [here, other] = [await enter(store), await reenter(store)]
  for (const visit of [here, other]) visit.take(await written(3, ben, 2))
  await here.pass()
  await other.pass()
  await here.keeper.set(false)
  await other.pass()
  assert.deepEqual([other.keeper.keeping.on, other.unkept], [false, 1])
  await other.keeper.set(true)
  await here.pass()
  await other.pass()
  assert.equal(here.keeper.keeping.on, true)
  assert.equal((await onDisk(store)).length, 3)
  await other.keeper.forget()
  await here.pass()
  assert.deepEqual([here.forgotten, other.forgotten], [1, 1])
  here.take(await written(3, ben, 5))
  await here.pass()
  assert.deepEqual(await onDisk(store), [])
})

/** A room whose visit hears nothing of what others do, as a tab that sleeps. */
const asleep = (store: Store): RoomStore => ({ ...store.room(ROOM), onElsewhere: () => {} })

test('a visit that slept while the room was forgotten writes nothing, and is told when it tries', async () => {
  const store = disk()
  const [here, sleeper] = [await enter(store), await new Visit(asleep(store)).pass()]
  await here.keeper.forget()
  const [entry] = await written(1)
  assert.ok(entry)
  assert.equal(await sleeper.isDone(sleeper.keeper.own(entry)), true)
  assert.equal(sleeper.forgotten, 1)
  assert.deepEqual(await onDisk(store), [])
})

test('a visit that slept while keeping ended and began again keeps all of its own anew, what waits too', async () => {
  const store = disk()
  const [here, sleeper] = [await enter(store, chainOf(ada.author, visit(9))), await new Visit(asleep(store)).pass()]
  const mine = await written(3)
  sleeper.take(mine.slice(0, 2))
  await sleeper.pass()
  await here.keeper.set(false)
  await here.keeper.set(true)
  const last = mine[2]
  assert.ok(last)
  assert.equal(await sleeper.isDone(sleeper.keeper.own(last), 100), true)
  assert.equal(sleeper.kept.get(MINE), 3)
  assert.equal((await onDisk(store)).length, 3)
})

test('what waits is written when the room is left', async () => {
  const store = disk()
  const here = await enter(store)
  here.take(await written(300, ben, 2))
  here.keeper.close()
  await here.pass(0)
  assert.equal((await onDisk(store)).length, 300)
})
