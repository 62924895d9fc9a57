import type { Bytes } from '../crypto/bytes.ts'
import type { Suite } from '../crypto/suite.ts'
import type { VectorRow } from '../net/frame.ts'
import type { Time } from '../net/time.ts'
import { digestOf } from './digest.ts'
import type { Log } from './log.ts'

/** How often changes of one's own vector are told at most, in milliseconds. */
const TELL_INTERVAL = 1_000

interface OwnVectorParts {
  readonly suite: Suite
  readonly log: Log
  readonly time: Time
  /** One's own chain: of it one lacks nothing, and nobody needs to be told so. */
  readonly mine: string
  /** Called with the rows that changed, now and then. */
  readonly tell: (rows: VectorRow[]) => void
}

/** What one holds, as it is told to others: worked out anew only when something changed. */
export class OwnVector {
  readonly #parts: OwnVectorParts
  /** Chains that changed since this was last told. */
  readonly #changed = new Set<string>()
  #known: { readonly rows: readonly VectorRow[]; readonly digest: Promise<Bytes> } | null = null
  #toldAt = Number.NEGATIVE_INFINITY
  #cancel: (() => void) | null = null

  constructor(parts: OwnVectorParts) {
    this.#parts = parts
  }

  get rows(): readonly VectorRow[] {
    return this.#now.rows
  }

  get digest(): Promise<Bytes> {
    return this.#now.digest
  }

  /** Something was taken out of the log. */
  shrank(): void {
    this.#known = null
  }

  /** A chain changed, and others are to be told before long. */
  grew(chain: string): void {
    const { time } = this.#parts
    this.#changed.add(chain)
    this.#known = null
    this.#cancel ??= time.after(Math.max(0, this.#toldAt + TELL_INTERVAL - time.now()), () => this.#tell())
  }

  stop(): void {
    this.#cancel?.()
  }

  #tell(): void {
    const { log, mine, time, tell } = this.#parts
    this.#cancel = null
    this.#toldAt = time.now()
    this.#changed.delete(mine)
    const rows = [...this.#changed].map((chain) => log.row(chain)).filter((row) => row !== null)
    this.#changed.clear()
    if (rows.length > 0) tell(rows)
  }

  get #now() {
    if (!this.#known) {
      const rows = this.#parts.log.vector()
      this.#known = { rows, digest: digestOf(this.#parts.suite, rows) }
    }
    return this.#known
  }
}
