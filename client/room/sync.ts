import { type Bytes, equal } from '../crypto/bytes.ts'
import type { Suite } from '../crypto/suite.ts'
import { type Frame, MAX_ROWS, type VectorRow, type WireEntry } from '../net/frame.ts'
import type { Time } from '../net/time.ts'
import { authorOf, chainOf, type Entry, parseHeader, verifyEntry } from './entry.ts'
import { digestOf, type Log } from './log.ts'
import { type Port, Remote } from './remote.ts'

export interface SyncOptions {
  readonly suite: Suite
  readonly topic: Bytes
  readonly log: Log
  readonly time: Time
  /** One's own peer id, and the chain that one writes to. */
  readonly me: string
  readonly mine: string
  readonly events: {
    /** Another's entry, or one of an earlier visit of one's own, is in the log now. */
    added(entry: Entry): void
    /** A linked peer is known to hold a chain of one's own, of this visit or an earlier one, up to this seq. */
    covered(peer: string, chain: string, seq: number): void
  }
}

/** No more than this is given to a link before some of it left, so that a typed message never waits long. */
const MOST_UNSENT = 64 * 1024
/** How often changes of one's own vector are told at most, in milliseconds. */
const HAVE_INTERVAL = 1_000
/**
 * How long another's entry is kept back before it is passed on: most often its author is linked to the others, too, and
 * they say that they have it. A little more than the interval at which they say so.
 */
const PASS_ON_AFTER = 1_500
/** A newcomer's history comes from one member; the others follow one after the other, unless it has it by then. */
const MOST_RANKS = 4

/** What linked peers say so that all their logs end up equal. */
export class Sync {
  readonly #options: SyncOptions
  readonly #remotes = new Map<string, Remote>()
  readonly #inboxes = new Map<string, Promise<void>>()
  /** Chains that changed since this was last told. */
  readonly #changed = new Set<string>()
  #toldAt = Number.NEGATIVE_INFINITY
  #cancelTell: (() => void) | null = null
  #cancelPump: (() => void) | null = null

  constructor(options: SyncOptions) {
    this.#options = options
  }

  /** A link to a visit is open: compare what both hold. `own` is the chain that this visit writes to. */
  open(peer: string, own: string, port: Port): void {
    const { log, time } = this.#options
    const remote = new Remote(port, own, time.now() + this.#rank(peer) * PASS_ON_AFTER)
    this.#remotes.set(peer, remote)
    for (const chain of log.chains.keys()) remote.grew(chain)
    void this.#ownDigest().then(({ digest }) => port.send({ type: 'digest', digest }))
  }

  /** The link is gone. */
  close(peer: string): void {
    this.#remotes.delete(peer)
  }

  /** The link has room again. */
  drain(peer: string): void {
    const remote = this.#remotes.get(peer)
    if (remote) this.#pump(remote)
  }

  /** One's own new entry is in the log. */
  push(): void {
    this.#grew(this.#options.mine)
    this.#pumpAll()
  }

  /** Ends all timers. */
  stop(): void {
    this.#cancelTell?.()
    this.#cancelPump?.()
    this.#remotes.clear()
  }

  /** Takes in a frame of sync; others are ignored. A peer's frames are handled one after the other. */
  receive(peer: string, frame: Frame): Promise<void> {
    const handled = (this.#inboxes.get(peer) ?? Promise.resolve()).then(async () => {
      const remote = this.#remotes.get(peer)
      if (remote) await this.#handle(peer, remote, frame)
    })
    this.#inboxes.set(peer, handled)
    void handled.then(() => {
      if (this.#inboxes.get(peer) === handled) this.#inboxes.delete(peer)
    })
    return handled
  }

  async #handle(peer: string, remote: Remote, frame: Frame): Promise<void> {
    switch (frame.type) {
      case 'digest': {
        const { digest, rows } = await this.#ownDigest()
        if (!equal(digest, frame.digest)) return this.#tellVector(remote)
        this.#learn(peer, remote, rows)
        this.#begin(remote)
        break
      }
      case 'vector':
        this.#learn(peer, remote, frame.rows)
        if (!frame.last) return
        // It may have found our digests equal, and what differs came later.
        this.#tellVector(remote)
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
    const { suite, topic, log, time, events } = this.#options
    const now = time.now()
    const verified = await Promise.all(wires.map((wire) => this.#known(wire) ?? verifyEntry(suite, topic, wire, now)))
    for (const entry of verified) {
      if (!entry) {
        remote.port.offence()
        continue
      }
      const { author, visit, seq } = entry.header
      const chain = chainOf(author, visit)
      const added = log.add(entry)
      if (added === 'invalid') remote.port.offence()
      if (added === 'gap') remote.want(author, visit, log.last(chain) + 1, now)
      if (added !== 'added' && added !== 'known') continue
      this.#learnOne(peer, remote, chain, seq)
      if (added === 'known') continue
      this.#grew(chain)
      events.added(entry)
    }
    this.#pumpAll()
  }

  /** The entry with this very header, if it is held: then there is nothing to verify. */
  #known(wire: WireEntry): Entry | null {
    const header = parseHeader(wire.header)
    const held = header && this.#options.log.at(chainOf(header.author, header.visit), header.seq)
    return held && equal(held.wire.header, wire.header) ? held : null
  }

  #learn(peer: string, remote: Remote, rows: readonly VectorRow[]): void {
    for (const [author, visit, , last] of rows) this.#learnOne(peer, remote, chainOf(author, visit), last)
  }

  #learnOne(peer: string, remote: Remote, chain: string, seq: number): void {
    const { mine, events } = this.#options
    if (remote.learn(chain, seq) && authorOf(chain) === authorOf(mine)) events.covered(peer, chain, seq)
  }

  #tellVector(remote: Remote): void {
    if (remote.isTold) return
    remote.isTold = true
    const rows = this.#options.log.vector()
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
    this.#changed.add(chain)
    if (this.#cancelTell) return
    const { time } = this.#options
    const wait = Math.max(0, this.#toldAt + HAVE_INTERVAL - time.now())
    this.#cancelTell = time.after(wait, () => this.#tell())
  }

  /** Tells what changed in one's own vector; not one's own chain, of which one lacks nothing. */
  #tell(): void {
    const { log, mine, time } = this.#options
    this.#cancelTell = null
    this.#toldAt = time.now()
    this.#changed.delete(mine)
    const rows = [...this.#changed].map((chain) => log.row(chain)).filter((row) => row !== null)
    this.#changed.clear()
    while (rows.length > 0) {
      const part = rows.splice(0, MAX_ROWS)
      for (const { port } of this.#remotes.values()) port.send({ type: 'have', rows: part })
    }
  }

  #pumpAll(): void {
    for (const remote of this.#remotes.values()) this.#pump(remote)
  }

  #pump(remote: Remote): void {
    const { log, mine, time } = this.#options
    while (remote.isKnown && remote.port.unsent < MOST_UNSENT) {
      const { entries, again } = remote.take(log, mine, time.now(), PASS_ON_AFTER)
      if (again !== null) this.#pumpAt(again)
      if (entries.length === 0) return
      remote.port.send({ type: 'entries', entries })
    }
  }

  #pumpAt(at: number): void {
    if (this.#cancelPump) return
    const { time } = this.#options
    this.#cancelPump = time.after(at - time.now(), () => {
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

  async #ownDigest(): Promise<{ digest: Bytes; rows: VectorRow[] }> {
    const rows = this.#options.log.vector()
    return { digest: await digestOf(this.#options.suite, rows), rows }
  }
}
