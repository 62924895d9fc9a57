import type { Frame } from '../net/frame.ts'
import type { Time } from '../net/time.ts'
import { Pace } from './pace.ts'
import { sizeOf } from './remote.ts'

/** Entries that one peer may send at once, and a second lasting: a long history comes at once, a flood doesn't. */
const BURST = 40_000
const PER_SECOND = 500
/** Frames of one peer that wait to be handled, in bytes of entries and rows; more are dropped, and asked for again later. */
const MOST_WAITING = 8 * 1024 * 1024
const ROW_BYTES = 128

/** What a frame costs to handle, in entries. */
function costOf(frame: Frame): number {
  if (frame.type === 'entries') return frame.entries.length
  if (frame.type === 'vector' || frame.type === 'have') return 1 + frame.rows.length / 10
  // They make this side work through its whole log, or send much of it.
  return frame.type === 'digest' || frame.type === 'want' ? 10 : 1
}

function bytesOf(frame: Frame): number {
  if (frame.type === 'entries') return frame.entries.reduce((sum, entry) => sum + sizeOf(entry), 0)
  return frame.type === 'vector' || frame.type === 'have' ? frame.rows.length * ROW_BYTES : ROW_BYTES
}

/** One peer's frames, handled one after the other, at a bounded pace and from bounded memory. */
export class Inbox {
  readonly #time: Time
  readonly #handle: (frame: Frame) => Promise<void>
  readonly #overflowed: () => void
  readonly #pace: Pace
  #tail: Promise<void> = Promise.resolve()
  #waiting = 0
  #isOverflown = false
  #isClosed = false

  /** @param overflowed is called when frames had been dropped and the rest is handled */
  constructor(time: Time, handle: (frame: Frame) => Promise<void>, overflowed: () => void) {
    this.#time = time
    this.#handle = handle
    this.#overflowed = overflowed
    this.#pace = new Pace(time, BURST, PER_SECOND)
  }

  /** Bytes that wait. */
  get waiting(): number {
    return this.#waiting
  }

  /** Resolves when the frame was handled, or dropped. */
  push(frame: Frame): Promise<void> {
    const bytes = bytesOf(frame)
    if (this.#waiting > 0 && this.#waiting + bytes > MOST_WAITING) {
      this.#isOverflown = true
      return Promise.resolve()
    }
    this.#waiting += bytes
    this.#tail = this.#tail.then(async () => {
      const wait = this.#isClosed ? 0 : this.#pace.take(costOf(frame))
      if (wait > 0) await new Promise<void>((resolve) => this.#time.after(wait, resolve))
      if (!this.#isClosed) await this.#handle(frame)
      this.#waiting -= bytes
      if (this.#waiting > 0 || !this.#isOverflown || this.#isClosed) return
      this.#isOverflown = false
      this.#overflowed()
    })
    return this.#tail
  }

  /** Whatever still waits is forgotten. */
  close(): void {
    this.#isClosed = true
  }
}
