import {
  type Elsewhere,
  type Heard,
  type Keeping,
  type KeptEntry,
  MOST_HEARERS,
  type Place,
  type RoomStore,
  sizeOf,
  type Usage,
} from './room-store.ts'

/** How many entries are read at once. */
const SLICE = 300

/** What a memory holds of a room that is known in it. */
interface Kept {
  /** Changes whenever keeping begins anew. */
  epoch: number
  on: boolean
  floor: number
  bytes: number
  readonly entries: Map<string, KeptEntry>
  readonly heard: Map<string, Map<string, number>>
}

/** Rooms kept in memory, shared by all visits of one store. */
export class MemoryRooms {
  readonly #rooms = new Map<string, Kept>()
  readonly #visits = new Map<string, Set<(what: Elsewhere) => void>>()
  #epochs = 0

  /** One visit's view of a room. */
  open(topic: string): RoomStore {
    const rooms = this.#rooms
    const listeners = this.#visits.get(topic) ?? new Set()
    this.#visits.set(topic, listeners)
    let listener: ((what: Elsewhere) => void) | null = null
    /** The room as this visit opened it. */
    let opened: { readonly kept: Kept | null; readonly epoch: number } | null = null

    const enter = (kept: Kept | null): Keeping => {
      opened = { kept, epoch: kept?.epoch ?? 0 }
      return { on: kept?.on ?? false, floor: kept?.floor ?? 0, ...usageOf(kept) }
    }
    const make = (on: boolean): Kept => {
      const kept: Kept = { epoch: ++this.#epochs, on, floor: 0, bytes: 0, entries: new Map(), heard: new Map() }
      rooms.set(topic, kept)
      return kept
    }
    const begin = (kept: Kept, on: boolean): Keeping => {
      Object.assign(kept, { on, epoch: ++this.#epochs, floor: 0, bytes: 0 })
      kept.entries.clear()
      kept.heard.clear()
      return enter(kept)
    }
    const tell = (what: Elsewhere) => {
      for (const other of [...listeners]) if (other !== listener) other(what)
    }

    return {
      async open(byDefault) {
        return enter(rooms.get(topic) ?? (byDefault ? make(true) : null))
      },
      async entries(after) {
        const all = [...(rooms.get(topic)?.entries.values() ?? [])].sort(comparePlaces)
        return all.filter((entry) => after === null || comparePlaces(entry, after) > 0).slice(0, SLICE)
      },
      async heard() {
        const chains = [...(rooms.get(topic)?.heard ?? [])]
        return chains.flatMap(([chain, seqs]) => [...seqs].map(([author, seq]): Heard => ({ chain, author, seq })))
      },
      async write({ removed = [], entries = [], heard = [], floor }) {
        if (!opened) throw new Error('The room is to be opened first.')
        const kept = rooms.get(topic)
        if (!kept || kept !== opened.kept) return { result: opened.kept ? 'forgotten' : 'off' }
        if (!kept.on) return { result: 'off' }
        if (kept.epoch !== opened.epoch) return { result: 'restarted' }
        for (const { chain, from, to } of removed)
          for (const [key, entry] of kept.entries) {
            if (entry.chain !== chain || entry.seq < from || entry.seq > to) continue
            kept.entries.delete(key)
            kept.bytes -= sizeOf(entry)
          }
        for (const entry of entries) {
          if (kept.entries.has(keyOf(entry))) continue
          kept.entries.set(keyOf(entry), entry)
          kept.bytes += sizeOf(entry)
        }
        for (const { chain, author, seq } of heard) {
          const seqs = kept.heard.get(chain) ?? new Map<string, number>()
          kept.heard.set(chain, seqs)
          if (seqs.has(author) || seqs.size < MOST_HEARERS) seqs.set(author, Math.max(seq, seqs.get(author) ?? 0))
        }
        if (floor !== undefined) kept.floor = Math.max(floor, kept.floor)
        return { result: 'kept', ...usageOf(kept) }
      },
      async keep(on) {
        const keeping = begin(rooms.get(topic) ?? make(on), on)
        tell(on ? 'on' : 'off')
        return keeping
      },
      async forget() {
        rooms.delete(topic)
        tell('forgotten')
      },
      onElsewhere(handler) {
        if (listener) listeners.delete(listener)
        listener = handler
        listeners.add(handler)
      },
      close() {
        if (listener) listeners.delete(listener)
      },
    }
  }
}

const keyOf = ({ chain, seq, side }: Place): string => `${chain} ${seq} ${side}`

const comparePlaces = (a: Place, b: Place): number =>
  a.chain < b.chain ? -1 : a.chain > b.chain ? 1 : a.seq - b.seq || a.side - b.side

const usageOf = (kept: Kept | null): Usage => ({
  entries: kept?.entries.size ?? 0,
  bytes: kept?.bytes ?? 0,
})
