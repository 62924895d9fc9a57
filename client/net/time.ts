/** The clock and the timers that a peer lives by. A simulation brings its own. */
export interface Time {
  /** Milliseconds, for telling how long something took: it never goes back. About the time of day, as long as nobody set the clock. */
  now(): number
  /** The device's clock, in milliseconds since the epoch, which may be set at any time. */
  date(): number
  /** Calls `callback` once, `ms` milliseconds from now, unless the returned function is called before. */
  after(ms: number, callback: () => void): () => void
  /** A number from 0 to 1, for jitter. Not a secret. */
  random(): number
}

/**
 * A clock that goes on where it was when the one below is set back. What is set forward can't be told from a sleep, which
 * must count: so it goes forward, too.
 */
export function steady(date: () => number): () => number {
  let before = date()
  let behind = 0
  return () => {
    const now = date()
    if (now < before) behind += before - now
    before = now
    return now + behind
  }
}

export const systemTime: Time = {
  now: steady(() => Date.now()),
  date: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
  random: () => Math.random(),
}

/**
 * How long to wait before trying again after `failures` failures in a row: doubling from `first` to `most` milliseconds,
 * of which a random half is taken off, so that those who failed together don't come back together.
 */
export function backoff(time: Time, failures: number, first: number, most: number): number {
  const whole = Math.min(most, first * 2 ** Math.min(failures, 20))
  return whole * (0.5 + time.random() / 2)
}
