import type { Time } from './time.ts'

/** Something on its way; no data means that the sender closed. */
export interface Item {
  readonly data: Uint8Array | null
  readonly bytes: number
  readonly leavesAt: number
  readonly arrivesAt: number
}

/** One direction of an ordered and reliable channel: what can't be delivered when it is due waits, and all after it. */
export class Pipe {
  readonly #time: Time
  #items: Item[] = []
  #isFreeAt = 0
  #arrivesAt = 0
  #cancel: (() => void) | null = null
  /** Bytes given to it that didn't arrive yet. */
  unsent = 0
  /** Delivers an item; false when that can't be done now. Somebody calls `resume` later then. */
  deliver: (item: Item) => boolean = () => false

  constructor(time: Time) {
    this.#time = time
  }

  /** Sends an item: it leaves when all before it have, and arrives `delay` milliseconds later. */
  push(data: Uint8Array | null, delay: number, bytesPerMs: number): void {
    const bytes = data?.length ?? 0
    const leavesAt = Math.max(this.#time.now(), this.#isFreeAt)
    this.#isFreeAt = leavesAt + Math.ceil(bytes / bytesPerMs)
    this.#arrivesAt = Math.max(this.#arrivesAt, this.#isFreeAt + delay)
    this.#items.push({ data, bytes, leavesAt, arrivesAt: this.#arrivesAt })
    this.unsent += bytes
    this.#next(0)
  }

  /** Keeps only these of the items that are on their way. */
  keep(isKept: (item: Item) => boolean): void {
    this.#items = this.#items.filter(isKept)
    this.unsent = this.#items.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  /** Tries to deliver again, `ms` milliseconds from now. */
  resume(ms: number): void {
    this.#next(ms)
  }

  #next(ms: number): void {
    const [item] = this.#items
    if (!item || this.#cancel) return
    const wait = Math.max(ms, item.arrivesAt - this.#time.now())
    this.#cancel = this.#time.after(wait, () => {
      this.#cancel = null
      const [first] = this.#items
      if (!first || !this.deliver(first)) return
      if (this.#items[0] === first) {
        this.#items.shift()
        this.unsent -= first.bytes
      }
      this.#next(0)
    })
  }
}
