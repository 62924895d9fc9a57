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
  readonly callback: () => void
}

/** Time that passes only when it is told to: what takes minutes is simulated in milliseconds, and replays from a seed. */
export class VirtualTime implements Time {
  readonly random: () => number
  #now: number
  #order = 0
  #timers: Timer[] = []

  constructor(seed = 1, now = 1_700_000_000_000) {
    this.random = seededRandom(seed)
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, ms), order: this.#order++, callback }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  /** Timers that are set. */
  get pending(): number {
    return this.#timers.length
  }

  /** Lets `ms` milliseconds pass without any timer being called: they are all late then, as after a machine's sleep. */
  sleep(ms: number): void {
    this.#now += ms
  }

  /** Lets `ms` milliseconds pass: every timer due by then is called in its turn, and what it set off runs to its end. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms
    await settle()
    for (;;) {
      const next = this.#timers.reduce<Timer | null>(
        (first, timer) =>
          timer.at <= end && (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order))
            ? timer
            : first,
        null,
      )
      if (!next) break
      this.#timers = this.#timers.filter((timer) => timer !== next)
      this.#now = Math.max(this.#now, next.at)
      next.callback()
      await settle()
    }
    this.#now = end
  }
}

/** Resolves when all promises that are under way have run as far as they can. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
