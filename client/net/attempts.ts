import { AttemptLog } from './attempt-log.ts'
import type { Time } from './time.ts'

/** Asking for an attempt as often in vain is an attempt that led to nothing. */
const MOST_ASKED = 3

/** What became of a pair's attempts since its last link. */
export class Attempts {
  readonly #time: Time
  readonly #config: () => RTCConfiguration
  #asking: AttemptLog | null = null
  #asked = 0
  #failed: AttemptLog | null = null

  constructor(time: Time, config: () => RTCConfiguration) {
    this.#time = time
    this.#config = config
  }

  /** The last that led to nothing. */
  get failed(): AttemptLog | null {
    return this.#failed
  }

  /** Asking the other side for one, while nothing came of it. */
  get asking(): AttemptLog | null {
    return this.#asking
  }

  /** The other side is asked for one. Gives whether it was asked so often that it may count as silent. */
  asks(): boolean {
    this.#asking ??= new AttemptLog(this.#time, false, this.#config())
    if (++this.#asked < MOST_ASKED) return false
    this.#asking.end('timeout')
    this.fails(this.#asking)
    return true
  }

  /** One is under way. */
  begins(): void {
    this.#asking = null
    this.#asked = 0
  }

  /** One led to nothing. */
  fails(log: AttemptLog): void {
    this.begins()
    this.#failed = log
  }

  /** One led to a link. */
  succeeds(): void {
    this.begins()
    this.#failed = null
  }
}
