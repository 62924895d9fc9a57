/** Counts what clients did wrong. Only the codes are kept, and nothing of who it was. */
import type { FastifyBaseLogger } from 'fastify'
import type { ErrorCode } from './protocol.ts'

/** How often the counts are logged, in milliseconds: a line a minute at most, however many faults there are. */
const REPORT_INTERVAL = 60_000

/**
 * What is counted: the errors that clients are told, upgrades that were refused, and sockets that fell silent or whose
 * requests could not be read.
 */
export type Fault = ErrorCode | 'bad-request' | 'refused-origin' | 'silent'

/** Faults by code, logged when there were any. */
export class Faults {
  readonly #log: FastifyBaseLogger
  readonly #counts = new Map<Fault, number>()
  readonly #timer: NodeJS.Timeout

  constructor(log: FastifyBaseLogger) {
    this.#log = log
    this.#timer = setInterval(() => this.#report(), REPORT_INTERVAL)
    this.#timer.unref()
  }

  /** Counts one. */
  count(code: Fault): void {
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1)
    this.#log.debug({ fault: code }, 'fault')
  }

  /** Logs what was counted since the last time, and stops. */
  close(): void {
    clearInterval(this.#timer)
    this.#report()
  }

  #report(): void {
    if (this.#counts.size === 0) return
    this.#log.info({ faults: Object.fromEntries(this.#counts) }, 'faults of clients')
    this.#counts.clear()
  }
}
