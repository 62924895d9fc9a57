import type { Suite } from '../crypto/suite.ts'
import type { Time } from '../net/time.ts'
import type { Elsewhere, Heard, KeptEntry, RoomStore, Span, Usage, Written } from '../store/room-store.ts'
import { conversationNotKeptText, diskFullText, keptDamagedText, notChangedText } from '../texts/store-fault-text.ts'
import { Backlog, type Batch } from './backlog.ts'
import { chainOf, type Entry } from './entry.ts'
import { spansOf, toKept } from './kept.ts'
import type { Log } from './log.ts'
import { restore } from './restore.ts'
import { type Keeping, RoomError } from './types.ts'

/** How long others' entries are gathered before they are written together, in milliseconds. */
const GATHER = 50
/** Entries that are told at once when they are read. */
const SHOWN_AT_ONCE = 200
/** One's own entry waits so long for the disk before it is sent all the same, in milliseconds. */
const OWN_WAITS = 2_000
/** A store that takes longer than so many seconds for one thing will not do it any more. */
const STORE_TAKES = 10

const unkept = new RoomError('store', conversationNotKeptText)
const diskFull = new RoomError('store', diskFullText)
const damaged = new RoomError('store', keptDamagedText)
const notChanged = new RoomError('store', notChangedText)

export interface KeeperParts {
  /** Null where nothing lasts. */
  readonly store: RoomStore | null
  readonly suite: Suite
  readonly log: Log
  readonly time: Time
  /** The chain that one writes to. */
  readonly mine: string
  /** Whether the room is kept where the person said nothing. */
  readonly byDefault: boolean
  /** Who was ever known to hold one's own chains. */
  readonly heard: () => readonly Heard[]
  readonly events: {
    /** What was kept is in the log again: entries in display order, and who was known to hold one's own. */
    restored(entries: readonly Entry[], heard: readonly Heard[]): void
    /** An entry is on this device's disk, and all before it of its chain. */
    kept(chain: string, seq: number): void
    /** Nothing is on the disk any more. */
    unkept(): void
    /** In this tab or another the room was forgotten. */
    forgotten(): void
    /** `keeping` changed. */
    changed(): void
    warn(error: RoomError): void
  }
}

/** Keeps a room's log on this device: reads what is there, and writes what comes. A store that fails harms nothing. */
export class Keeper {
  readonly #parts: KeeperParts
  readonly #store: RoomStore | null
  readonly #backlog = new Backlog()
  #state: 'opening' | 'on' | 'off' | 'over' = 'opening'
  #usage: Usage = { entries: 0, bytes: 0 }
  #problem: RoomError | null = null
  #isWorking = false
  #isClosed = false
  #cancelWork: (() => void) | null = null
  /** Resolves once what was kept is in the log, or can't be. Never rejects. */
  readonly ready: Promise<void>

  constructor(parts: KeeperParts) {
    this.#parts = parts
    this.#store = parts.store
    this.ready = this.#load()
  }

  get keeping(): Keeping {
    const { entries, bytes } = this.#usage
    return { on: this.#state === 'on', entries, bytes, problem: this.#problem }
  }

  /** Keeps an entry of one's own. Resolves when it is on the disk, or is not to be waited for. Never rejects. */
  async own(entry: Entry): Promise<void> {
    if (!this.#isKeeping) return
    const written = this.#backlog.own(entry)
    void this.#work()
    await Promise.race([written, this.#after(OWN_WAITS)])
  }

  /** Another's entry is in the log. */
  added(entry: Entry): void {
    if (!this.#isKeeping) return
    this.#backlog.add(entry, 0)
    this.#workSoon()
  }

  /** What entries said was deleted: it is not to stay on the disk. */
  deleted(entries: readonly Entry[]): void {
    if (!this.#isKeeping) return
    for (const entry of entries) this.#backlog.replace(entry)
    this.#workSoon()
  }

  /** These places of chains are empty now. */
  removed(spans: readonly Span[]): void {
    if (!this.#isKeeping) return
    this.#backlog.remove(spans)
    this.#workSoon()
  }

  /** The log holds these no more, since older history was thinned. */
  dropped(entries: readonly Entry[]): void {
    if (!this.#isKeeping) return
    const { chains, floor } = this.#parts.log
    // With a chain goes what proved its fork.
    const whole = (chain: string) => ({ chain, from: 1, to: Number.POSITIVE_INFINITY })
    this.#backlog.thin(
      spansOf(entries).map((span) => (chains.has(span.chain) ? span : whole(span.chain))),
      floor,
    )
    this.#workSoon()
  }

  /** A chain ends in a fork: it is kept with its proof. */
  forked(chain: string): void {
    if (!this.#isKeeping) return
    const { fork, last } = { fork: this.#parts.log.chains.get(chain)?.fork, last: this.#parts.log.last(chain) }
    this.#backlog.remove([{ chain, from: last + 1, to: Number.POSITIVE_INFINITY }])
    if (fork) {
      this.#backlog.add(fork[0], 1)
      this.#backlog.add(fork[1], 2)
    }
    this.#workSoon()
  }

  /** Somebody holds one of one's own chains up to `seq`. */
  heard(heard: Heard): void {
    if (!this.#isKeeping) return
    this.#backlog.heard(heard)
    this.#workSoon()
  }

  /** Resolves when all that is in the log now is on the disk, or will not be: only then may one say that one holds it. */
  async settled(): Promise<void> {
    if (!this.#isKeeping) return
    const settled = this.#backlog.settled()
    void this.#work()
    await settled
  }

  /**
   * Keeps the room from now on, with all that is in the log; or removes all that is kept and keeps nothing.
   * Rejects with RoomError `store` when it can't be done; then nothing changed.
   */
  async set(on: boolean): Promise<void> {
    await this.ready
    const store = this.#changeable
    const { entries, bytes } = await this.#within(store.keep(on)).catch(() => Promise.reject(notChanged))
    this.#problem = null
    this.#usage = { entries, bytes }
    if (on) this.#begin()
    else this.#end()
  }

  /** Removes everything of the room. Rejects with RoomError `store` when it can't be done. */
  async forget(): Promise<void> {
    await this.ready
    await this.#within(this.#changeable.forget()).catch(() => Promise.reject(notChanged))
    this.#forgotten()
  }

  /** Writes what is still to be written, and tells nothing more. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#cancelWork?.()
    const store = this.#store
    void this.ready.then(() => this.#work()).then(() => store?.close())
    if (this.#state === 'on') void this.#work()
  }

  get #isKeeping(): boolean {
    return this.#store !== null && (this.#state === 'on' || this.#state === 'opening')
  }

  get #changeable(): RoomStore {
    if (!this.#store || this.#isClosed || this.#state === 'over') throw notChanged
    return this.#store
  }

  async #load(): Promise<void> {
    const { byDefault } = this.#parts
    const store = this.#store
    if (!store) {
      this.#state = 'off'
      return
    }
    try {
      store.onElsewhere((what) => void this.#elsewhere(what))
      const keeping = await this.#within(store.open(byDefault))
      if (!keeping.on) return this.#end()
      this.#state = 'on'
      this.#usage = keeping
      this.#parts.log.raiseFloor(keeping.floor)
      void this.#work()
      await this.#restore(store)
    } catch (error) {
      this.#fail(error)
    }
    this.#changed()
  }

  async #restore(store: RoomStore): Promise<void> {
    const { suite, log, mine, time, events } = this.#parts
    const found = await restore({ store, suite, log, mine, within: (doing) => this.#within(doing) })
    if (this.#isClosed) return
    this.removed(found.refused)
    this.deleted(log.takeDeleted())
    for (const [chain, seq] of found.lasts) events.kept(chain, seq)
    events.restored([], found.heard)
    for (let from = 0; from < found.entries.length && !this.#isClosed; from += SHOWN_AT_ONCE) {
      events.restored(found.entries.slice(from, from + SHOWN_AT_ONCE), [])
      await new Promise<void>((resolve) => time.after(0, resolve))
    }
    if (found.isDamaged && !this.#isClosed) events.warn(damaged)
  }

  /** Writes what waits, a batch after the other, until nothing does. */
  async #work(): Promise<void> {
    this.#cancelWork?.()
    this.#cancelWork = null
    if (this.#isWorking) return
    this.#isWorking = true
    while (this.#state === 'on') {
      const batch = this.#backlog.take()
      if (!batch) break
      try {
        this.#wrote(batch, await this.#within(this.#write(batch)))
      } catch (error) {
        this.#fail(error)
      }
    }
    this.#isWorking = false
  }

  async #write({ removed, entries, heard, floor, isOwn }: Batch): Promise<Written> {
    const { suite } = this.#parts
    if (!this.#store) return { result: 'off' }
    const kept: KeptEntry[] = await Promise.all(entries.map(({ entry, side }) => toKept(suite, entry, side)))
    return this.#store.write({ removed, entries: kept, heard, floor }, isOwn)
  }

  #wrote(batch: Batch, written: Written): void {
    switch (written.result) {
      case 'kept':
        this.#usage = { entries: written.entries, bytes: written.bytes }
        for (const { entry, side } of batch.entries)
          if (side === 0 && !this.#isClosed)
            this.#parts.events.kept(chainOf(entry.header.author, entry.header.visit), entry.header.seq)
        this.#backlog.done()
        this.#changed()
        break
      case 'off':
        this.#end()
        break
      case 'restarted':
        // The log doesn't hold one's own yet.
        this.#backlog.putBack()
        void this.#reopen()
        break
      case 'forgotten':
        this.#forgotten()
    }
  }

  /** Another tab did something with the room. */
  async #elsewhere(what: Elsewhere): Promise<void> {
    if (what === 'forgotten') return this.#forgotten()
    await this.ready
    if (!this.#store || this.#state === 'over' || this.#isClosed) return
    if (what === 'off') this.#end()
    else await this.#reopen()
  }

  /** Another tab began to keep the room anew. */
  async #reopen(): Promise<void> {
    if (!this.#store) return
    this.#state = 'opening'
    try {
      const keeping = await this.#within(this.#store.open(false))
      if (this.#state !== 'opening') return
      this.#usage = keeping
      if (keeping.on) this.#begin()
      else this.#end()
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Keeps all that is in the log, and what comes. */
  #begin(): void {
    const { log, mine } = this.#parts
    this.#state = 'on'
    this.#backlog.begin(log.chains.get(mine)?.entries ?? [])
    for (const [chain, { entries, fork }] of log.chains) {
      if (chain === mine) continue
      for (const entry of entries) this.#backlog.add(entry, 0)
      if (!fork) continue
      this.#backlog.add(fork[0], 1)
      this.#backlog.add(fork[1], 2)
    }
    for (const heard of this.#parts.heard()) this.#backlog.heard(heard)
    this.#backlog.thin([], log.floor)
    this.#changed()
    void this.#work()
  }

  /** Keeps nothing any more, and nothing is kept. */
  #end(): void {
    this.#state = 'off'
    this.#usage = { entries: 0, bytes: 0 }
    this.#backlog.clear()
    if (!this.#isClosed) this.#parts.events.unkept()
    this.#changed()
  }

  #fail(error: unknown): void {
    if (this.#state === 'over') return
    this.#state = 'off'
    this.#problem = error instanceof Error && error.name === 'QuotaExceededError' ? diskFull : unkept
    this.#backlog.clear()
    if (!this.#isClosed) this.#parts.events.warn(this.#problem)
    this.#changed()
  }

  #forgotten(): void {
    if (this.#state === 'over') return
    this.#state = 'over'
    this.#backlog.clear()
    if (!this.#isClosed) this.#parts.events.forgotten()
  }

  #changed(): void {
    if (!this.#isClosed) this.#parts.events.changed()
  }

  #workSoon(): void {
    this.#cancelWork ??= this.#parts.time.after(GATHER, () => void this.#work())
  }

  #after(ms: number): Promise<void> {
    return new Promise((resolve) => this.#parts.time.after(ms, resolve))
  }

  /** What a store does, or an Error when it takes too long. */
  async #within<Result>(doing: Promise<Result>): Promise<Result> {
    const { time } = this.#parts
    let cancel = () => {}
    // A second at a time: a machine that slept gave the store no time.
    const late = new Promise<never>((_resolve, reject) => {
      const wait = (seconds: number) => {
        if (seconds === 0) return reject(new Error('The store did not answer in time.'))
        cancel = time.after(1_000, () => wait(seconds - 1))
      }
      wait(STORE_TAKES)
    })
    try {
      return await Promise.race([doing, late])
    } finally {
      cancel()
    }
  }
}
