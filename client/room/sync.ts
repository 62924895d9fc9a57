import { type Bytes, equal, fromHex } from '../crypto/bytes.ts'
import type { Suite } from '../crypto/suite.ts'
import { type Frame, MAX_ROWS, type VectorRow, type WireEntry } from '../net/frame.ts'
import type { Time } from '../net/time.ts'
import { authorOf, chainOf, type Entry, parseHeader, visitOf } from './entry.ts'
import { Inbox } from './inbox.ts'
import { Lacking } from './lacking.ts'
import type { Log } from './log.ts'
import { OwnVector } from './own-vector.ts'
import { type Port, Remote } from './remote.ts'
import { verifyEntry } from './verify.ts'

/** Entries verified at once: while they are, the page can draw. */
const SLICE = 16

export interface SyncOptions {
  readonly suite: Suite
  readonly topic: Bytes
  readonly log: Log
  readonly time: Time
  /** One's own peer id, and the chain that one writes to. */
  readonly me: string
  readonly mine: string
  /** Resolves once all that is kept on this device is in the log: before that, nothing is said of what one holds. */
  readonly ready?: Promise<void>
  /** Resolves once what is in the log now would outlive this page: others are told of it only then. */
  readonly settled?: () => Promise<void>
  /** How far anybody else is known to have ever held a chain of one's own; `Infinity` for others' chains. */
  readonly heard: (chain: string) => number
  readonly events: {
    /** Another's entry, or one of an earlier visit of one's own, is in the log now. */
    added(entry: Entry): void
    /** A linked peer is known to hold a chain of one's own, of this visit or an earlier one, up to this seq. */
    covered(peer: string, chain: string, seq: number): void
    /** The author signed two entries in one place: from there on the visit's entries are in the log no more. */
    forked(chain: string, removed: readonly Entry[]): void
    /** What these entries said was deleted: this is what is left of them. */
    deleted(entries: readonly Entry[]): void
    /** The log was full, and old entries were dropped from it. */
    dropped(entries: readonly Entry[]): void
  }
}

/** No more than this is given to a link before some of it left, so that a typed message never waits long. */
const MOST_UNSENT = 64 * 1024
/**
 * How long another's entry is kept back before it is passed on: most often its author is linked to the others, too, and
 * they say that they have it. A little more than the interval at which they say so.
 */
const PASS_ON_AFTER = 1_500
/** Others' entries are looked through for what may be passed on at most this often, in milliseconds. */
const PUMP_INTERVAL = 100
/** A newcomer's history comes from one member; the others follow one after the other, unless it has it by then. */
const MOST_RANKS = 4
/** Chains asked for again at once after a flood. */
const MOST_MISSED = 500

/** What linked peers say so that all their logs end up equal. */
export class Sync {
  readonly #options: SyncOptions
  readonly #remotes = new Map<string, Remote>()
  readonly #inboxes = new Map<string, Inbox>()
  readonly #vector: OwnVector
  readonly #lacking: Lacking
  #cancelPump: (() => void) | null = null

  constructor(options: SyncOptions) {
    const { suite, log, mine, time } = options
    this.#options = options
    this.#vector = new OwnVector({ suite, log, time, mine, tell: (rows) => void this.#tell(rows) })
    this.#lacking = new Lacking({
      time,
      last: (chain) => log.last(chain),
      before: () => this.#trim(),
      mayGrow: (chain) => log.mayGrow(chain),
      ask: (chain, seq) => this.#ask(chain, seq),
    })
  }

  /** A link to a visit is open: compare what both hold. `own` is the chain that this visit writes to. */
  open(peer: string, own: string, port: Port): void {
    const { time } = this.#options
    const remote = new Remote(port, own, time.now() + this.#rank(peer) * PASS_ON_AFTER)
    this.#remotes.set(peer, remote)
    this.#inboxes.get(peer)?.close()
    const inbox = new Inbox(
      time,
      (frame) => this.#handle(peer, remote, frame),
      () => this.#askForMissed(remote),
    )
    this.#inboxes.set(peer, inbox)
    void this.#greet(peer, remote)
  }

  /** The link is gone. */
  close(peer: string): void {
    this.#remotes.delete(peer)
    this.#inboxes.get(peer)?.close()
    this.#inboxes.delete(peer)
  }

  /** The link has room again. */
  drain(peer: string): void {
    const remote = this.#remotes.get(peer)
    if (remote) this.#pump(remote)
  }

  /** One's own new entry is in the log. */
  push(): void {
    this.#trim()
    this.#grew(this.#options.mine)
    this.#pumpAll()
  }

  /** One's own chain has no room: makes some, if anything of it is old enough to go. */
  makeRoom(): void {
    this.#trim()
  }

  /** Ends all timers. */
  stop(): void {
    this.#cancelPump?.()
    this.#vector.stop()
    this.#lacking.stop()
    for (const peer of [...this.#remotes.keys()]) this.close(peer)
  }

  /** Takes in a frame of sync; others are ignored. Resolves when it was handled, or dropped since too many wait. */
  async receive(peer: string, frame: Frame): Promise<void> {
    await this.#inboxes.get(peer)?.push(frame)
  }

  /** Compares what both hold, once one knows it. */
  async #greet(peer: string, remote: Remote): Promise<void> {
    const { ready, settled, log } = this.#options
    await ready
    if (this.#remotes.get(peer) !== remote) return
    for (const chain of log.chains.keys()) remote.grew(chain)
    const digest = await this.#vector.digest
    await settled?.()
    remote.port.send({ type: 'digest', digest, floor: log.floor })
  }

  async #handle(peer: string, remote: Remote, frame: Frame): Promise<void> {
    await this.#options.ready
    switch (frame.type) {
      case 'floor':
        remote.floor = Math.max(remote.floor, frame.floor)
        break
      case 'digest': {
        remote.floor = frame.floor
        const { digest, rows } = this.#vector
        if (!equal(await digest, frame.digest)) return void this.#tellVector(remote)
        this.#learn(peer, remote, rows)
        this.#begin(remote)
        break
      }
      case 'vector':
        this.#learn(peer, remote, frame.rows)
        if (!frame.last) return
        // It may have found our digests equal, and what differs came later.
        void this.#tellVector(remote)
        this.#begin(remote)
        break
      case 'have':
        this.#learn(peer, remote, frame.rows)
        break
      case 'want':
        remote.rewind(chainOf(frame.author, frame.visit), frame.from)
        this.#pump(remote)
        break
      case 'entries':
        await this.#accept(peer, remote, frame.entries)
        break
    }
  }

  /** Verifies what is new among received entries, places it, and lets the others have it. */
  async #accept(peer: string, remote: Remote, wires: readonly WireEntry[]): Promise<void> {
    const { suite, topic, time } = this.#options
    const now = time.now()
    for (let from = 0; from < wires.length; from += SLICE) {
      const slice = wires.slice(from, from + SLICE)
      const verified = await Promise.all(slice.map((wire) => this.#known(wire) ?? verifyEntry(suite, topic, wire, now)))
      for (const entry of verified) {
        if (entry) this.#place(peer, remote, entry, now)
        else remote.port.offence()
      }
    }
    this.#trim()
    if (wires.length > 0) this.#pumpAt(now + PASS_ON_AFTER)
  }

  /** Makes room, if there is too little. Whether anything was dropped. */
  #trim(): boolean {
    const { log, mine, heard, time, events } = this.#options
    const before = log.floor
    const dropped = log.trim({
      mine,
      heard,
      present: new Set([...this.#remotes.values()].map(({ own }) => own)),
      now: time.date(),
    })
    if (dropped.length === 0) return false
    this.#vector.shrank()
    if (log.floor > before)
      for (const { port } of this.#remotes.values()) port.send({ type: 'floor', floor: log.floor })
    events.dropped(dropped)
    return true
  }

  /** Puts a verified entry where it belongs. Only what an honest peer could not have passed on is an offence. */
  #place(peer: string, remote: Remote, given: Entry, now: number): void {
    const { log, events } = this.#options
    const entry = log.formOf(given)
    const { author, visit, seq } = entry.header
    const chain = chainOf(author, visit)
    const held = log.chains.get(chain)
    const before = [held?.older ?? [], held?.entries ?? []]
    const add = () => log.add(entry, remote.start(chain))
    let added = add()
    if (added === 'refused' && this.#trim()) added = add()
    switch (added) {
      case 'added':
        this.#learnOne(peer, remote, chain, seq)
        this.#grew(chain)
        events.added(entry)
        // Others may have said that they hold it before it came here.
        for (const [other, holder] of this.#remotes) this.#covered(other, holder, chain)
        break
      case 'known':
        log.deleteLike(entry)
        if (log.last(chain) >= seq) this.#learnOne(peer, remote, chain, seq)
        break
      case 'gap':
        this.#holderOf(remote, chain, log.last(chain) + 1).want(author, visit, log.last(chain) + 1, now)
        this.#lacking.add(chain)
        break
      case 'branch':
        remote.want(author, visit, 1, now)
        break
      case 'forked':
        for (const other of this.#remotes.values()) other.rewind(chain, seq)
        this.#grew(chain)
        events.forked(
          chain,
          before.flat().filter(({ header }) => header.seq >= seq),
        )
        break
      case 'invalid':
        remote.port.offence()
        break
      case 'refused':
        this.#lacking.add(chain)
        break
      case 'bare':
      case 'below':
        break
    }
    const deleted = log.takeDeleted()
    if (deleted.length > 0) events.deleted(deleted)
    const missing = log.missing(chain)
    if (missing !== null) for (const other of this.#remotes.values()) other.fill(author, visit, missing, now)
  }

  /** Asks somebody who has this place of a chain for it. False when nobody is known to, or nothing can follow here. */
  #ask(chain: string, seq: number): boolean {
    const { log, time } = this.#options
    const holder = [...this.#remotes.values()].find((remote) => remote.holds(chain) >= seq)
    const [author, visit] = [fromHex(authorOf(chain)), fromHex(visitOf(chain))]
    if (!holder || !author || !visit || log.chains.get(chain)?.fork) return false
    holder.want(author, visit, seq, time.now())
    return true
  }

  /** A peer that has this place of a chain: `remote`, unless only another has it. */
  #holderOf(remote: Remote, chain: string, seq: number): Remote {
    if (remote.has(chain, seq)) return remote
    return [...this.#remotes.values()].find((other) => other.has(chain, seq)) ?? remote
  }

  /** The entry with this very header, if it is held: then there is nothing to verify. */
  #known(wire: WireEntry): Entry | null {
    const header = parseHeader(wire.header)
    const held = header ? this.#options.log.at(chainOf(header.author, header.visit), header.seq) : []
    const known = held.find((entry) => equal(entry.wire.header, wire.header)) ?? null
    return wire.deletion && known?.wire.body ? null : known
  }

  #learn(peer: string, remote: Remote, rows: readonly VectorRow[]): void {
    const { log } = this.#options
    for (const row of rows) {
      const chain = chainOf(row[0], row[1])
      if (remote.learnRow(row, log)) this.#covered(peer, remote, chain)
      const missing = log.missing(chain)
      if (missing !== null) remote.fill(row[0], row[1], missing, this.#options.time.now())
    }
  }

  #learnOne(peer: string, remote: Remote, chain: string, seq: number): void {
    if (remote.learn(chain, seq)) this.#covered(peer, remote, chain)
  }

  /** A visit that one may have no link to holds a chain of one's own up to `seq`. */
  told(peer: string, chain: string, seq: number): void {
    const { log, events } = this.#options
    const last = Math.min(seq, log.last(chain))
    if (last > 0) events.covered(peer, chain, last)
  }

  #covered(peer: string, remote: Remote, chain: string): void {
    const { mine, log, events } = this.#options
    // Nobody can hold more of one's own than one wrote.
    if (authorOf(chain) === authorOf(mine)) events.covered(peer, chain, Math.min(remote.holds(chain), log.last(chain)))
  }

  /** Frames of a flood were dropped: what the peer is known to hold is asked for again. */
  #askForMissed(remote: Remote): void {
    const { log, time } = this.#options
    let wants = 0
    for (const [chain, seq] of remote.held) {
      if (seq <= log.last(chain) || log.chains.get(chain)?.fork || ++wants > MOST_MISSED) continue
      const [author, visit] = [fromHex(authorOf(chain)), fromHex(visitOf(chain))]
      if (author && visit) remote.want(author, visit, log.last(chain) + 1, time.now())
    }
  }

  async #tellVector(remote: Remote): Promise<void> {
    if (remote.isTold) return
    remote.isTold = true
    const rows = [...this.#vector.rows]
    await this.#options.settled?.()
    do {
      const part = rows.splice(0, MAX_ROWS)
      remote.port.send({ type: 'vector', rows: part, last: rows.length === 0 })
    } while (rows.length > 0)
  }

  #begin(remote: Remote): void {
    remote.isKnown = true
    this.#pump(remote)
  }

  #grew(chain: string): void {
    for (const remote of this.#remotes.values()) remote.grew(chain)
    this.#vector.grew(chain)
  }

  async #tell(rows: VectorRow[]): Promise<void> {
    await this.#options.settled?.()
    while (rows.length > 0) {
      const part = rows.splice(0, MAX_ROWS)
      for (const { port } of this.#remotes.values()) port.send({ type: 'have', rows: part })
    }
  }

  #pumpAll(): void {
    for (const remote of this.#remotes.values()) this.#pump(remote)
  }

  #pump(remote: Remote): void {
    const { log, mine, heard, time } = this.#options
    while (remote.isKnown && remote.port.unsent < MOST_UNSENT) {
      const { entries, rows, again } = remote.take(log, mine, time.now(), PASS_ON_AFTER, heard)
      if (again !== null) this.#pumpAt(again)
      if (entries.length === 0) return
      if (rows.length > 0) remote.port.send({ type: 'have', rows })
      remote.port.send({ type: 'entries', entries })
    }
  }

  #pumpAt(at: number): void {
    if (this.#cancelPump) return
    const { time } = this.#options
    this.#cancelPump = time.after(Math.max(PUMP_INTERVAL, at - time.now()), () => {
      this.#cancelPump = null
      this.#pumpAll()
    })
  }

  /** One's place among the members that could give `newcomer` its history; a different one is first for each newcomer. */
  #rank(newcomer: string): number {
    const { me } = this.#options
    const ids = [me, ...this.#remotes.keys()].filter((id) => id !== newcomer).sort()
    const first = ids.findIndex((id) => id > newcomer)
    return Math.min(MOST_RANKS, (ids.indexOf(me) - Math.max(0, first) + ids.length) % ids.length)
  }
}
