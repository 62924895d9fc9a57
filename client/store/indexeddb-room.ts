import type { IDBPDatabase, IDBPTransaction } from 'idb'
import * as v from 'valibot'
import { type Bytes, randomBytes, toHex } from '../crypto/bytes.ts'
import type { Schema } from './indexeddb-schema.ts'
import {
  type Elsewhere,
  type Heard,
  type Keeping,
  type KeptEntry,
  type KeptRecord,
  MOST_HEARERS,
  type Place,
  type RoomStore,
  type Span,
  sizeOf,
  type Usage,
} from './room-store.ts'

/** How many entries are read at once: few enough that the page can draw between two reads. */
const SLICE = 100
const STORES = ['rooms', 'entries', 'heard'] as const
/** The tabs of this browser profile tell each other here what they did. */
const CHANNEL = 'earshot rooms'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const roomSchema = v.object({
  /** Made with the record: another one means that the room was forgotten in between. */
  born: v.string(),
  /** Made whenever keeping begins or ends. */
  epoch: v.string(),
  on: v.boolean(),
  floor: count,
  entries: count,
  bytes: count,
})
type Kept = v.InferOutput<typeof roomSchema>

const bytes = v.custom<Bytes>((value) => value instanceof Uint8Array && value.buffer instanceof ArrayBuffer)
const entrySchema = v.object({ data: bytes, seal: bytes })
const placeSchema = v.tuple([v.string(), v.string(), count, v.picklist([0, 1, 2])])
const heardSchema = v.record(v.string(), count)
const newsSchema = v.object({ topic: v.string(), what: v.picklist(['forgotten', 'on', 'off']) })

type Changing = IDBPTransaction<Schema, (typeof STORES)[number][], 'readwrite'>

/** One room in this browser profile's IndexedDB. `database` opens it, or gives the one that is open. */
export function openIndexedDbRoom(database: () => Promise<IDBPDatabase<Schema>>, topic: string): RoomStore {
  /** The room as this visit opened it. */
  let opened: Kept | null = null
  let channel: BroadcastChannel | null = null

  const change = async <Result>(strict: boolean, make: (changing: Changing) => Promise<Result>): Promise<Result> => {
    const changing = (await database()).transaction(STORES, 'readwrite', { durability: strict ? 'strict' : 'relaxed' })
    try {
      const result = await make(changing)
      // Goes on by itself from here, also when the page is closed now.
      changing.commit()
      await changing.done
      return result
    } catch (error) {
      // It may have ended by itself, and that is what went wrong.
      changing.done.catch(() => {})
      try {
        changing.abort()
      } catch {}
      throw changing.error ?? error
    }
  }
  const enter = (kept: Kept | null): Keeping => {
    opened = kept
    return { on: kept?.on ?? false, floor: kept?.floor ?? 0, ...usageOf(kept) }
  }
  const tell = (what: Elsewhere) => {
    const telling = channel ?? new BroadcastChannel(CHANNEL)
    telling.postMessage({ topic, what })
    if (telling !== channel) telling.close()
  }

  return {
    open: (byDefault) =>
      change(false, async (changing) => {
        const rooms = changing.objectStore('rooms')
        const found: unknown = await rooms.get(topic)
        if (found === undefined && !byDefault) return enter(null)
        const kept = roomOf(found)
        if (kept) return enter(kept)
        const made = { ...newRoom(byDefault), ...(await measured(changing, IDBKeyRange.bound([topic], [topic, []]))) }
        await rooms.put(made, topic)
        return enter(made)
      }),
    async entries(after) {
      const reading = (await database()).transaction('entries')
      const from = after ? [topic, after.chain, after.seq, after.side] : [topic]
      const range = IDBKeyRange.bound(from, [topic, []], after !== null, true)
      const [keys, values] = await Promise.all([
        reading.store.getAllKeys(range, SLICE),
        reading.store.getAll(range, SLICE),
      ])
      return keys.flatMap((key, index) => recordOf(key, values[index]) ?? [])
    },
    async heard() {
      const reading = (await database()).transaction('heard')
      const range = IDBKeyRange.bound([topic], [topic, []])
      const [keys, values] = await Promise.all([reading.store.getAllKeys(range), reading.store.getAll(range)])
      return keys.flatMap(([, chain], index) =>
        Object.entries(heardOf(values[index])).map(([author, seq]): Heard => ({ chain, author, seq })),
      )
    },
    write: ({ removed = [], entries = [], heard = [], floor }, strict) =>
      change(strict, async (changing) => {
        if (!opened) throw new Error('The room is to be opened first.')
        const [found, present]: [unknown, ReadonlySet<string>] = await Promise.all([
          changing.objectStore('rooms').get(topic),
          placesTaken(changing, topic, entries),
        ])
        const kept = roomOf(found)
        if (kept?.born !== opened.born) return { result: 'forgotten' }
        if (!kept.on) return { result: 'off' }
        if (kept.epoch !== opened.epoch) return { result: 'restarted' }
        for (const span of removed) {
          const gone = await remove(changing, topic, span)
          kept.entries -= gone.entries
          kept.bytes -= gone.bytes
        }
        const isThere = (place: Place) => present.has(textOf(place)) && !removed.some((span) => isWithin(place, span))
        const added = entries.filter((entry) => !isThere(entry))
        for (const entry of added) kept.bytes += sizeOf(entry)
        kept.entries += added.length
        if (floor !== undefined) kept.floor = Math.max(floor, kept.floor)
        await Promise.all(byChain(heard).map(({ chain, seqs }) => hear(changing, [topic, chain], seqs)))
        const store = changing.objectStore('entries')
        // Not waited for, so that the page may be closed sooner: what fails here ends the transaction, which tells of it.
        for (const { chain, seq, side, data, seal } of added)
          store.put({ data, seal }, [topic, chain, seq, side]).catch(() => {})
        changing
          .objectStore('rooms')
          .put(kept, topic)
          .catch(() => {})
        return { result: 'kept', ...usageOf(kept) }
      }),
    async keep(on) {
      const keeping = await change(true, async (changing) => {
        const before = roomOf(await changing.objectStore('rooms').get(topic))
        await removeAll(changing, topic)
        const kept: Kept = { ...newRoom(on), ...(before ? { born: before.born } : {}) }
        await changing.objectStore('rooms').put(kept, topic)
        return enter(kept)
      })
      tell(on ? 'on' : 'off')
      return keeping
    },
    async forget() {
      await change(true, async (changing) => {
        await removeAll(changing, topic)
        await changing.objectStore('rooms').delete(topic)
      })
      tell('forgotten')
    },
    onElsewhere(handler) {
      channel ??= new BroadcastChannel(CHANNEL)
      channel.onmessage = ({ data }: MessageEvent<unknown>) => {
        const news = v.safeParse(newsSchema, data)
        if (news.success && news.output.topic === topic) handler(news.output.what)
      }
    },
    close() {
      channel?.close()
      channel = null
    },
  }
}

const newRoom = (on: boolean): Kept => ({
  born: toHex(randomBytes(16)),
  epoch: toHex(randomBytes(16)),
  on,
  floor: 0,
  entries: 0,
  bytes: 0,
})

const usageOf = (kept: Kept | null): Usage => ({ entries: kept?.entries ?? 0, bytes: kept?.bytes ?? 0 })

/** A room's record; null when there is none, or it is damaged. */
function roomOf(found: unknown): Kept | null {
  const parsed = v.safeParse(roomSchema, found)
  return parsed.success ? parsed.output : null
}

function heardOf(found: unknown): Record<string, number> {
  const parsed = v.safeParse(heardSchema, found)
  return parsed.success ? parsed.output : {}
}

/** What lies in a place; null when it is no place. */
function recordOf(key: unknown, value: unknown): KeptRecord | null {
  const place = v.safeParse(placeSchema, key)
  if (!place.success) return null
  const [, chain, seq, side] = place.output
  const entry = v.safeParse(entrySchema, value)
  return entry.success ? { chain, seq, side, ...entry.output } : { chain, seq, side, damaged: true }
}

const textOf = ({ chain, seq, side }: Place): string => `${chain} ${seq} ${side}`

const isWithin = ({ chain, seq }: Place, span: Span): boolean =>
  chain === span.chain && seq >= span.from && seq <= span.to

function byChain(heard: readonly Heard[]): { chain: string; seqs: readonly Heard[] }[] {
  const chains = [...new Set(heard.map(({ chain }) => chain))]
  return chains.map((chain) => ({ chain, seqs: heard.filter((one) => one.chain === chain) }))
}

/** Which places around these entries are taken. */
async function placesTaken(changing: Changing, topic: string, entries: readonly KeptEntry[]): Promise<Set<string>> {
  const spans = new Map<string, { from: number; to: number }>()
  for (const { chain, seq } of entries) {
    const span = spans.get(chain)
    spans.set(chain, { from: Math.min(seq, span?.from ?? seq), to: Math.max(seq, span?.to ?? seq) })
  }
  const found = await Promise.all(
    [...spans].map(([chain, { from, to }]) =>
      changing.objectStore('entries').getAllKeys(IDBKeyRange.bound([topic, chain, from], [topic, chain, to, []])),
    ),
  )
  return new Set(found.flat().map(([, chain, seq, side]) => `${chain} ${seq} ${side}`))
}

async function remove(changing: Changing, topic: string, { chain, from, to }: Span): Promise<Usage> {
  const range = IDBKeyRange.bound([topic, chain, from], [topic, chain, to, []])
  const gone = await measured(changing, range)
  await changing.objectStore('entries').delete(range)
  return gone
}

async function removeAll(changing: Changing, topic: string): Promise<void> {
  const all = IDBKeyRange.bound([topic], [topic, []])
  await Promise.all([changing.objectStore('entries').delete(all), changing.objectStore('heard').delete(all)])
}

/** How much lies in a range. */
async function measured(changing: Changing, range: IDBKeyRange): Promise<Usage> {
  const store = changing.objectStore('entries')
  let [entries, bytes] = [0, 0]
  let rest = range
  for (;;) {
    const [keys, values] = await Promise.all([store.getAllKeys(rest, SLICE), store.getAll(rest, SLICE)])
    const last = keys.at(-1)
    if (!last) return { entries, bytes }
    entries += keys.length
    for (const value of values) if (v.is(entrySchema, value)) bytes += sizeOf(value)
    rest = IDBKeyRange.bound(last, range.upper, true, range.upperOpen)
  }
}

async function hear(changing: Changing, key: [string, string], heard: readonly Heard[]): Promise<void> {
  const store = changing.objectStore('heard')
  const seqs = heardOf(await store.get(key))
  for (const { author, seq } of heard)
    if (Object.hasOwn(seqs, author) || Object.keys(seqs).length < MOST_HEARERS)
      seqs[author] = Math.max(seq, seqs[author] ?? 0)
  await store.put(seqs, key)
}
