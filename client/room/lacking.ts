import type { Time } from '../net/time.ts'

/** What could not be taken is asked for again after this, in milliseconds, and so often while nothing comes of it. */
const RETRY_INTERVAL = 3_000
const MOST_TRIES = 5
const MOST_LACKING = 1_000

interface LackingParts {
  readonly time: Time
  /** Seq of the last entry that is held of a chain. */
  readonly last: (chain: string) => number
  /** Called before chains are asked for again. */
  readonly before: () => void
  /** Whether there is room for more of a chain: before that, asking is no use. */
  readonly mayGrow: (chain: string) => boolean
  /** Asks for a chain from `seq` on. False when nobody is known to have that, or it is of no use. */
  readonly ask: (chain: string, seq: number) => boolean
}

/** Chains of which more was given than could be taken: they are asked for again after a while, but not for ever. */
export class Lacking {
  readonly #parts: LackingParts
  /** With what was held of them when they were last asked for. */
  readonly #chains = new Map<string, { readonly last: number; readonly tries: number }>()
  #cancel: (() => void) | null = null

  constructor(parts: LackingParts) {
    this.#parts = parts
  }

  add(chain: string): void {
    if (this.#chains.has(chain) || this.#chains.size >= MOST_LACKING) return
    this.#chains.set(chain, { last: this.#parts.last(chain), tries: 0 })
    this.#cancel ??= this.#parts.time.after(RETRY_INTERVAL, () => this.#askAgain())
  }

  stop(): void {
    this.#cancel?.()
  }

  #askAgain(): void {
    const { time, last, before, mayGrow, ask } = this.#parts
    this.#cancel = null
    before()
    for (const [chain, known] of [...this.#chains]) {
      if (!mayGrow(chain)) continue
      const held = last(chain)
      const hasGrown = held > known.last
      if ((!hasGrown && known.tries >= MOST_TRIES) || !ask(chain, held + 1)) this.#chains.delete(chain)
      else this.#chains.set(chain, { last: held, tries: hasGrown ? 0 : known.tries + 1 })
    }
    if (this.#chains.size > 0) this.#cancel = time.after(RETRY_INTERVAL, () => this.#askAgain())
  }
}
