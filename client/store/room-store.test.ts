/** What every store must do with a room. */
import 'fake-indexeddb/auto'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { IDBFactory } from 'fake-indexeddb'
import { openIndexedDbStore } from './indexeddb.ts'
import { createMemoryStore } from './memory.ts'
import type { Elsewhere, KeptEntry, KeptRecord, RoomStore } from './room-store.ts'
import type { Store } from './store.ts'

const TOPIC = 'aa'.repeat(32)
const [ADA, BEN] = ['ada', 'ben']

const entry = (chain: string, seq: number, side: 0 | 1 | 2 = 0, length = 100): KeptEntry => ({
  chain,
  seq,
  side,
  data: new Uint8Array(length).fill(seq % 256),
  seal: new Uint8Array(32).fill(side + 1),
})
const chain = (name: string, length: number) => Array.from({ length }, (_, index) => entry(name, index + 1))

async function all(room: RoomStore): Promise<KeptRecord[]> {
  const records: KeptRecord[] = []
  for (;;) {
    const slice = await room.entries(records.at(-1) ?? null)
    if (slice.length === 0) return records
    records.push(...slice)
  }
}
const places = async (room: RoomStore) => (await all(room)).map(({ chain, seq, side }) => `${chain} ${seq} ${side}`)

const STORES: Record<string, () => Store> = {
  memory: () => createMemoryStore({ isLasting: true }),
  IndexedDB: () => {
    globalThis.indexedDB = new IDBFactory()
    return openIndexedDbStore()
  },
}

for (const [name, make] of Object.entries(STORES)) {
  /** Two visits of one room, as in two tabs. */
  const visits = (): [RoomStore, RoomStore] => {
    const store = make()
    return [store.room(TOPIC), store.room(TOPIC)]
  }
  const opened = async (): Promise<[RoomStore, RoomStore]> => {
    const both = visits()
    for (const room of both) await room.open(true)
    return both
  }

  test(`${name}: a room is kept where that is the default, and leaves no trace where it is not`, async () => {
    const [room] = visits()
    assert.deepEqual(await room.open(false), { on: false, floor: 0, entries: 0, bytes: 0 })
    assert.deepEqual(await room.open(true), { on: true, floor: 0, entries: 0, bytes: 0 })
    assert.equal((await room.open(false)).on, true, 'what holds once is no matter of default')
  })

  test(`${name}: what was written is there for the next visit, byte for byte and in order`, async () => {
    const [room, next] = await opened()
    const entries = [entry(BEN, 2), entry(ADA, 10), entry(ADA, 9), entry(BEN, 3, 2), entry(BEN, 3, 1)]
    const written = await room.write({ entries, floor: 7 }, true)
    assert.equal(written.result, 'kept')
    assert.deepEqual(await all(next), [entries[2], entries[1], entries[0], entries[4], entries[3]])
    const keeping = await next.open(true)
    assert.deepEqual(written, { result: 'kept', entries: keeping.entries, bytes: keeping.bytes })
    assert.equal(keeping.entries, 5)
    assert.ok(keeping.bytes >= 5 * 132)
    assert.equal(keeping.floor, 7)
  })

  test(`${name}: thousands of entries come back in slices, each once`, async () => {
    const [room, next] = await opened()
    await room.write({ entries: [...chain(ADA, 1_000), ...chain(BEN, 1_000)] }, false)
    assert.ok((await next.entries(null)).length < 1_000)
    const found = await places(next)
    assert.equal(found.length, 2_000)
    assert.equal(new Set(found).size, 2_000)
  })

  test(`${name}: two visits that write the same entries keep each once`, async () => {
    const [room, other] = await opened()
    const [one, two] = await Promise.all([
      room.write({ entries: chain(ADA, 5) }, false),
      other.write({ entries: [...chain(ADA, 7), entry(BEN, 1)] }, false),
    ])
    assert.equal(one.result, 'kept')
    assert.ok(two.result === 'kept' && two.entries === 8)
    assert.equal((await all(room)).length, 8)
    const before = await room.open(true)
    const again = await other.write({ entries: chain(ADA, 7) }, false)
    assert.deepEqual(again, { result: 'kept', entries: 8, bytes: before.bytes })
  })

  test(`${name}: what is removed is gone and counts no more, and may come again at once`, async () => {
    const [room] = await opened()
    await room.write({ entries: [...chain(ADA, 700), ...chain(BEN, 3), entry(ADA, 701, 1), entry(ADA, 701, 2)] }, false)
    const proofs = [entry(ADA, 2, 1), entry(ADA, 2, 2)]
    const spans = [
      { chain: ADA, from: 2, to: Number.POSITIVE_INFINITY },
      { chain: BEN, from: 1, to: 2 },
    ]
    const written = await room.write({ removed: spans, entries: [...proofs, entry(BEN, 1)] }, false)
    assert.deepEqual(await places(room), ['ada 1 0', 'ada 2 1', 'ada 2 2', 'ben 1 0', 'ben 3 0'])
    const expected = await visitsAfter([entry(ADA, 1), ...proofs, entry(BEN, 1), entry(BEN, 3)])
    assert.deepEqual(written, { result: 'kept', ...expected })
  })

  /** What these entries alone would take. */
  async function visitsAfter(entries: KeptEntry[]) {
    const [room] = await opened()
    const written = await room.write({ entries }, false)
    assert.ok(written.result === 'kept')
    return { entries: written.entries, bytes: written.bytes }
  }

  test(`${name}: how far others hold a chain only rises`, async () => {
    const [room, other] = await opened()
    await room.write({ heard: [{ chain: ADA, author: 'x', seq: 5 }] }, false)
    await other.write(
      {
        heard: [
          { chain: ADA, author: 'x', seq: 3 },
          { chain: ADA, author: 'y', seq: 2 },
          { chain: BEN, author: 'x', seq: 1 },
        ],
      },
      false,
    )
    const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
    assert.deepEqual(
      [...(await room.heard())].sort(byText),
      [
        { chain: ADA, author: 'x', seq: 5 },
        { chain: ADA, author: 'y', seq: 2 },
        { chain: BEN, author: 'x', seq: 1 },
      ].sort(byText),
    )
  })

  test(`${name}: the people remembered for one chain are bounded`, async () => {
    const [room] = await opened()
    const heard = Array.from({ length: 200 }, (_, index) => ({ chain: ADA, author: `a${index}`, seq: 1 }))
    await room.write({ heard }, false)
    await room.write({ heard: [{ chain: ADA, author: 'a0', seq: 9 }] }, false)
    const kept = await room.heard()
    assert.equal(kept.length, 64)
    assert.ok(kept.some(({ author, seq }) => author === 'a0' && seq === 9))
  })

  test(`${name}: a room that is not to be kept is emptied, and a visit that slept through it can write nothing`, async () => {
    const [room, sleeper] = await opened()
    await room.write({ entries: chain(ADA, 3), heard: [{ chain: ADA, author: 'x', seq: 1 }] }, true)
    assert.equal((await room.keep(false)).on, false)
    assert.deepEqual(await sleeper.write({ entries: chain(BEN, 3) }, true), { result: 'off' })
    assert.deepEqual([await all(room), await room.heard()], [[], []])
    assert.deepEqual(await room.open(true), { on: false, floor: 0, entries: 0, bytes: 0 }, 'the choice is remembered')
  })

  test(`${name}: a visit that slept while keeping ended and began anew has to open the room again`, async () => {
    const [room, sleeper] = await opened()
    await room.keep(false)
    assert.equal((await room.keep(true)).on, true)
    assert.equal((await room.write({ entries: chain(ADA, 3) }, true)).result, 'kept')
    assert.deepEqual(await sleeper.write({ entries: [entry(BEN, 2)] }, true), { result: 'restarted' })
    await sleeper.open(true)
    assert.equal((await sleeper.write({ entries: [entry(BEN, 2)] }, true)).result, 'kept')
    assert.equal((await all(room)).length, 4)
  })

  test(`${name}: a forgotten room leaves nothing, and a visit that slept through it can write nothing`, async () => {
    const [room, sleeper] = await opened()
    await room.keep(false)
    await room.keep(true)
    await sleeper.open(true)
    await room.write({ entries: chain(ADA, 3), heard: [{ chain: ADA, author: 'x', seq: 1 }], floor: 9 }, true)
    await room.forget()
    assert.deepEqual(await sleeper.write({ entries: chain(BEN, 3) }, true), { result: 'forgotten' })
    assert.deepEqual([await all(room), await room.heard()], [[], []])
    assert.equal((await room.open(false)).on, false, 'nor what was chosen')
    // Somebody comes in again: that is another keeping, of which the sleeper is no part.
    assert.deepEqual(await room.open(true), { on: true, floor: 0, entries: 0, bytes: 0 })
    assert.deepEqual(await sleeper.write({ entries: chain(BEN, 3) }, true), { result: 'forgotten' })
    assert.deepEqual(await all(room), [])
  })

  test(`${name}: rooms share nothing`, async () => {
    const store = make()
    const [one, other] = [store.room(TOPIC), store.room('bb'.repeat(32))]
    for (const room of [one, other]) {
      await room.open(true)
      await room.write({ entries: chain(ADA, 3), heard: [{ chain: ADA, author: 'x', seq: 1 }] }, false)
    }
    await one.forget()
    assert.equal((await all(other)).length, 3)
    assert.equal((await other.heard()).length, 1)
    assert.equal((await other.write({ entries: chain(BEN, 1) }, false)).result, 'kept')
  })

  test(`${name}: other visits of the room hear of what one did, after it is done, and nobody else`, async () => {
    const store = make()
    const [room, other, closed, elsewhere] = [
      store.room(TOPIC),
      store.room(TOPIC),
      store.room(TOPIC),
      store.room('bb'.repeat(32)),
    ]
    const told: Elsewhere[] = []
    let heard: () => void = () => {}
    const wrong = () => assert.fail('this visit was not to be told')
    for (const [visit, handler] of [
      [room, wrong],
      [closed, wrong],
      [elsewhere, wrong],
    ] as const)
      visit.onElsewhere(handler)
    other.onElsewhere((what) => {
      told.push(what)
      heard()
    })
    closed.close()
    for (const act of [() => room.keep(true), () => room.keep(false), () => room.forget()]) {
      const next = new Promise<void>((resolve) => {
        heard = resolve
      })
      await act()
      await next
      assert.equal((await other.open(false)).on, told.at(-1) === 'on')
    }
    assert.deepEqual(told, ['on', 'off', 'forgotten'])
    for (const visit of [room, other, elsewhere]) visit.close()
  })
}
