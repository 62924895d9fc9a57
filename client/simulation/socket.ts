import type { VirtualTime } from '../net/virtual-time.ts'
import type { Access } from './server.ts'
import { Wire } from './wire.ts'

interface ServerSide {
  receive(data: string | Uint8Array): void
  closed(code: number): void
}

/** What `net/signaling.ts` uses of a WebSocket. */
export class ClientSocket {
  readonly CONNECTING = 0
  readonly OPEN = 1
  readonly CLOSING = 2
  readonly CLOSED = 3
  binaryType = 'arraybuffer'
  readyState = 0
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string | ArrayBuffer }) => void) | null = null
  onerror: (() => void) | null = null
  onclose: (() => void) | null = null
  #server: ServerSide | null = null
  readonly #wire: Wire

  /** @param accept is called when the connection reaches the server; null when nothing listens there */
  constructor(time: VirtualTime, access: Access, accept: (wire: Wire) => ServerSide | null) {
    this.#wire = new Wire(time, access, {
      client: {
        receive: (data) => this.readyState === this.OPEN && this.onmessage?.({ data }),
        closed: () => this.#closed(),
      },
      server: {
        receive: (data) => this.#server?.receive(data),
        closed: (code) => this.#server?.closed(code),
      },
    })
    const connect = () => {
      if (this.readyState === this.CLOSED) return
      // The packets of an attempt are sent again.
      if (access.isStalled) {
        access.time.after(1_000, connect)
        return
      }
      this.#server = accept(this.#wire)
      access.time.after(access.delay(), () => this.#opened())
    }
    access.time.after(access.delay(), connect)
  }

  send(data: string | Uint8Array): void {
    if (this.readyState === this.OPEN) this.#wire.toServer(typeof data === 'string' ? data : data.slice())
  }

  close(code = 1000): void {
    if (this.readyState >= this.CLOSING) return
    if (this.readyState === this.OPEN) this.#wire.closeServer(code)
    else this.#server?.closed(1006)
    this.readyState = this.CLOSED
  }

  #opened(): void {
    if (this.readyState === this.CLOSED) return
    if (!this.#server) {
      this.#closed()
      return
    }
    this.readyState = this.OPEN
    this.onopen?.()
  }

  #closed(): void {
    if (this.readyState === this.CLOSED) return
    this.readyState = this.CLOSED
    this.onerror?.()
    this.onclose?.()
  }
}
