import { type Bytes, fromHex } from '../crypto/bytes.ts'
import type { Identity, Suite } from '../crypto/suite.ts'
import { type Entry, type Header, signEntry } from './entry.ts'
import type { HybridClock } from './hybrid-clock.ts'

/** A place in one's own chain, taken before the entry is signed. */
export type Place = Pick<Header, 'seq' | 'clock' | 'at'>

/** Who writes, in which room. Known only once identity and room secrets are. */
export interface Pen {
  readonly suite: Suite
  readonly topic: Bytes
  readonly identity: Identity
  readonly visit: Bytes
}

/** Writes one's own chain: entries get their place at once, and are signed one after the other as soon as there is a pen. */
export class Writer {
  readonly #clock: HybridClock
  readonly #now: () => number
  readonly #signed: (entry: Entry) => void
  #seq = 0
  #start: (pen: Pen) => void = () => {}
  readonly #pen = new Promise<Pen>((resolve) => {
    this.#start = resolve
  })
  #last: Promise<Bytes | null> = Promise.resolve(null)

  /** @param signed is called with each entry, in order, once it is signed */
  constructor(clock: HybridClock, now: () => number, signed: (entry: Entry) => void) {
    this.#clock = clock
    this.#now = now
    this.#signed = signed
  }

  /** The seq of the last entry written, signed or not; 0 when there is none. */
  get seq(): number {
    return this.#seq
  }

  /** Signs what was written so far, and from now on at once. */
  start(pen: Pen): void {
    this.#start(pen)
  }

  /** Takes the next place for an entry; `content` is asked for what it says when it is signed. */
  write(kind: string, content: () => unknown): Place {
    const place = { seq: ++this.#seq, clock: this.#clock.tick(), at: this.#now() }
    this.#last = this.#last.then(async (prev) => {
      const { suite, topic, identity, visit } = await this.#pen
      const entry = await signEntry(suite, topic, identity, { ...place, visit, prev, kind }, content())
      this.#signed(entry)
      return fromHex(entry.id)
    })
    return place
  }
}
