/** The clock and the timers that a peer lives by. A simulation brings its own. */
export interface Time {
  /** Milliseconds since the epoch. */
  now(): number
  /** Calls `callback` once, `ms` milliseconds from now, unless the returned function is called before. */
  after(ms: number, callback: () => void): () => void
  /** A number from 0 to 1, for jitter. Not a secret. */
  random(): number
}

export const systemTime: Time = {
  now: () => Date.now(),
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
