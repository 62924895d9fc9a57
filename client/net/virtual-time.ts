import type { Time } from './time.ts'

/** A small seeded generator of numbers from 0 to 1 (mulberry32): the same seed, the same numbers. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Timer {
  readonly at: number
  readonly order: number
  /** Null once it was called off. */
  callback: (() => void) | null
}

/** Called off timers stay in the heap until their time; when they are this many and the most, it is cleared of them. */
const MOST_CALLED_OFF = 1_000

/** Time that passes only when it is told to: what takes minutes is simulated in milliseconds, and replays from a seed. */
export class VirtualTime implements Time {
  readonly random: () => number
  #now: number
  #order = 0
  /** A binary heap: no timer is due before the one at half its index. */
  #timers: Timer[] = []
  #calledOff = 0

  constructor(seed = 1, now = 1_700_000_000_000) {
    this.random = seededRandom(seed)
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  date(): number {
    return this.#now
  }

  after(ms: number, callback: () => void): () => void {
    const timer: Timer = { at: this.#now + Math.max(0, ms), order: this.#order++, callback }
    this.#push(timer)
    return () => {
      if (!timer.callback) return
      timer.callback = null
      if (++this.#calledOff > MOST_CALLED_OFF && this.#calledOff * 2 > this.#timers.length) this.#clear()
    }
  }

  /** Timers that are set. */
  get pending(): number {
    return this.#timers.length - this.#calledOff
  }

  /** Lets `ms` milliseconds pass without any timer being called: they are all late then, as after a machine's sleep. */
  sleep(ms: number): void {
    this.#now += ms
  }

  /** Lets `ms` milliseconds pass: every timer due by then is called in its turn, and what it set off runs to its end. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms
    await settle()
    for (let next = this.#timers[0]; next && next.at <= end; next = this.#timers[0]) {
      this.#pop()
      const { callback } = next
      if (!callback) {
        this.#calledOff--
        continue
      }
      // What calls it off from now on has nothing to call off.
      next.callback = null
      this.#now = Math.max(this.#now, next.at)
      callback()
      await settle()
    }
    this.#now = end
  }

  #push(timer: Timer): void {
    const timers = this.#timers
    let index = timers.push(timer) - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      const other = timers[parent]
      if (!other || isBefore(other, timer)) break
      timers[index] = other
      index = parent
    }
    timers[index] = timer
  }

  /** Takes the first timer out. */
  #pop(): void {
    const timers = this.#timers
    const last = timers.pop()
    if (!last || timers.length === 0) return
    let index = 0
    for (;;) {
      let child = index * 2 + 1
      const [left, right] = [timers[child], timers[child + 1]]
      if (!left) break
      const first = right && isBefore(right, left) ? right : left
      if (first === right) child++
      if (isBefore(last, first)) break
      timers[index] = first
      index = child
    }
    timers[index] = last
  }

  #clear(): void {
    const timers = this.#timers.filter(({ callback }) => callback !== null)
    this.#timers = []
    this.#calledOff = 0
    for (const timer of timers) this.#push(timer)
  }
}

const isBefore = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)

/** Resolves when all promises that are under way have run as far as they can. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
