/** STUN for this server's clients: at the port that they are told, and at a second one, by which they can tell kinds of NAT. */
import type { FastifyBaseLogger } from 'fastify'
import type { Settings } from './config.ts'
import { SECOND_STUN_PORT } from './protocol.ts'
import { StunResponder } from './stun.ts'
import { explainStunError, StunSockets, stunHost } from './stun-sockets.ts'

export class StunService {
  readonly #first: StunSockets
  readonly #second: StunSockets

  constructor() {
    // One limit holds for both.
    const responder = new StunResponder(performance.now())
    this.#first = new StunSockets(responder)
    this.#second = new StunSockets(responder)
  }

  /** The UDP port that clients are told; null while there is none. */
  get port(): number | null {
    return this.#first.port
  }

  /** Starts to listen where the settings say. A port that can't be had is a warning in the log, and no more. */
  async listen(settings: Settings, log: Pick<FastifyBaseLogger, 'warn'>): Promise<void> {
    const { stunPort } = settings
    if (stunPort === null) return
    const host = stunHost(settings)
    try {
      await this.#first.listen(host, stunPort)
    } catch (error) {
      log.warn(explainStunError(error, stunPort))
      return
    }
    const second = stunPort + SECOND_STUN_PORT
    await this.#second.listen(host, second).catch(() => {
      log.warn(`"Check my network" can't tell kinds of NAT: UDP port ${second} can't be opened. All else works.`)
    })
  }

  /** Stops listening, for good. */
  close(): void {
    this.#first.close()
    this.#second.close()
  }
}
