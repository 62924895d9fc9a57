import { createHash } from 'node:crypto'
import type { Time } from '../net/time.ts'

/** What happened, line after line: printed on demand, and hashed, so that two runs can be compared. */
export class Trace {
  time: Pick<Time, 'now'> | null = null
  readonly #print: ((line: string) => void) | null
  readonly #hash = createHash('sha256')
  #startedAt: number | null = null

  constructor(print: ((line: string) => void) | null = null) {
    this.#print = print
  }

  note(who: string, what: string): void {
    const now = this.time?.now() ?? 0
    this.#startedAt ??= now
    const line = `${((now - this.#startedAt) / 1000).toFixed(3).padStart(9)} ${who.padEnd(5)} ${what}`
    this.#hash.update(`${line}\n`)
    this.#print?.(line)
  }

  /** Call once, at the end. */
  digest(): string {
    return this.#hash.digest('hex')
  }
}
