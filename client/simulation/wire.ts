import type { VirtualTime } from '../net/virtual-time.ts'
import type { Access } from './server.ts'

interface Ends {
  /** A frame came to the client, or its socket closed. */
  readonly client: { receive(data: string | ArrayBuffer): void; closed(code: number): void }
  readonly server: { receive(data: string | Uint8Array): void; closed(code: number): void }
}

/** How often it is tried again whether a stalled connection goes on, in milliseconds. */
const RESEND = 250

/** A TCP connection: two directions, each in order, with delays of their own. */
export class Wire {
  readonly #time: VirtualTime
  readonly #access: Access
  readonly #ends: Ends
  readonly #queues = { up: [] as Crossing[], down: [] as Crossing[] }
  readonly #isMoving = { up: false, down: false }
  readonly #arrival = { up: 0, down: 0 }
  #isCut = false

  constructor(time: VirtualTime, access: Access, ends: Ends) {
    this.#time = time
    this.#access = access
    this.#ends = ends
  }

  toServer(data: string | Uint8Array): void {
    this.#push('up', () => this.#ends.server.receive(data))
  }

  toClient(data: string | ArrayBuffer): void {
    this.#push('down', () => this.#ends.client.receive(data))
  }

  /** The server closed: the client learns it after all that was sent to it. */
  closeClient(code: number): void {
    this.#push('down', () => this.#ends.client.closed(code))
  }

  /** The client closed. */
  closeServer(code: number): void {
    this.#push('up', () => this.#ends.server.closed(code))
  }

  /** Nothing arrives any more, at either end. */
  cut(): void {
    this.#isCut = true
  }

  #push(way: 'up' | 'down', arrive: () => void): void {
    const at = Math.max(this.#arrival[way], this.#time.now() + this.#access.delay())
    this.#arrival[way] = at
    this.#queues[way].push({ at, arrive })
    this.#move(way)
  }

  #move(way: 'up' | 'down'): void {
    const [first] = this.#queues[way]
    if (!first || this.#isMoving[way] || this.#isCut) return
    this.#isMoving[way] = true
    this.#time.after(first.at - this.#time.now(), () => this.#arrive(way, first))
  }

  #arrive(way: 'up' | 'down', first: Crossing): void {
    if (this.#isCut) return
    if (this.#access.isStalled) {
      this.#time.after(RESEND, () => this.#arrive(way, first))
      return
    }
    this.#isMoving[way] = false
    this.#queues[way].shift()
    // What comes to a sleeping machine waits there.
    if (way === 'down') this.#access.time.after(0, first.arrive)
    else first.arrive()
    this.#move(way)
  }
}

interface Crossing {
  readonly at: number
  readonly arrive: () => void
}
