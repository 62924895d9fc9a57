import type { Time } from './time.ts'

const INTERVAL = 2_000
/** A timer so late, in milliseconds, was not called in time by anybody: the machine slept, or the page was held back. */
const LATE = 3_000

/** Calls `woke` whenever this machine was asleep, or the page was not let run. Returns how to stop that. */
export function watchSleep(time: Time, woke: () => void): () => void {
  let cancel = () => {}
  const tick = () => {
    const due = time.now() + INTERVAL
    cancel = time.after(INTERVAL, () => {
      const late = time.now() - due
      tick()
      if (late > LATE) woke()
    })
  }
  tick()
  return () => cancel()
}
