import type { Pair } from './pair.ts'
import type { Time } from './time.ts'

/** How long a link stays that neither side needs, in milliseconds. */
const RELEASE_AFTER = 30_000

/** Whether a link is needed: here, and at the other end as it says. One that neither needs is given up after a while. */
export class Need {
  readonly #pair: Pair
  readonly #time: Time
  #mine = true
  #theirs = true
  #cancelRelease: (() => void) | null = null

  constructor(pair: Pair, time: Time) {
    this.#pair = pair
    this.#time = time
  }

  get isAny(): boolean {
    return this.#mine || this.#theirs
  }

  /** The link is open: both need it until they say otherwise. */
  opened(): void {
    this.#mine = true
    this.#theirs = true
  }

  /** The other end said whether it needs the link. */
  heard(theirs: boolean): void {
    this.#theirs = theirs
  }

  /** Whether the link is needed here, which the other end is told. */
  decide(mine: boolean): void {
    const link = this.#pair.link?.isOpen ? this.#pair.link : null
    if (this.#mine !== mine && link) {
      this.#mine = mine
      link.send({ type: 'need', need: mine })
    }
    if (this.isAny || !link) {
      this.stop()
      return
    }
    this.#cancelRelease ??= this.#time.after(RELEASE_AFTER, () => {
      this.#cancelRelease = null
      this.#pair.release()
    })
  }

  /** Gives nothing up. */
  stop(): void {
    this.#cancelRelease?.()
    this.#cancelRelease = null
  }
}
