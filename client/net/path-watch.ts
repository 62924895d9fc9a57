import type { Path } from './route.ts'
import type { Time } from './time.ts'

/** How long after a change of path it is looked at, in milliseconds: browsers try several at first. */
const SETTLES = 1_000
/** How often it is looked at while somebody wants to know. */
const INTERVAL = 1_000

/**
 * Which path an open link takes: looked at when it comes up, when it has settled or may have changed, and again and again only
 * while somebody wants to know.
 */
export class PathWatch {
  readonly #look: () => Promise<Path | null>
  readonly #time: Time
  readonly #changed: (path: Path) => void
  #path: Path | null = null
  #isUp = false
  #watchers = 0
  #cancelLook = () => {}
  #cancelPoll = () => {}

  /** @param changed is called when another route was found, not for another round-trip time */
  constructor(look: () => Promise<Path | null>, time: Time, changed: (path: Path) => void) {
    this.#look = look
    this.#time = time
    this.#changed = changed
  }

  /** As it was seen last; null until it was. */
  get path(): Path | null {
    return this.#path
  }

  /** The link is open. */
  up(): void {
    this.#isUp = true
    void this.#see()
    // By the next time the other's name, if it is of this network, was looked up.
    if (this.#watchers > 0) this.#poll()
    else this.moved()
  }

  /** Packets may take another path from now on. */
  moved(): void {
    if (!this.#isUp) return
    this.#cancelLook()
    this.#cancelLook = this.#time.after(SETTLES, () => void this.#see())
  }

  /** The link is closed. */
  stop(): void {
    this.#isUp = false
    this.#cancelLook()
    this.#cancelPoll()
  }

  /** Keeps `path` up to date until the returned function is called. */
  watch(): () => void {
    if (this.#watchers++ === 0 && this.#isUp) this.#poll()
    let isOver = false
    return () => {
      if (!isOver && --this.#watchers === 0) this.#cancelPoll()
      isOver = true
    }
  }

  #poll(): void {
    this.#cancelPoll()
    this.#cancelPoll = this.#time.after(INTERVAL, () => {
      this.#poll()
      void this.#see()
    })
  }

  async #see(): Promise<void> {
    const path = await this.#look()
    if (!this.#isUp || !path) return
    const before = this.#path?.route
    this.#path = path
    if (path.route !== before) this.#changed(path)
  }
}
