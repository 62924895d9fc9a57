import { randomBytes, toHex } from '../crypto/bytes.ts'
import type { Signal } from './signal.ts'
import type { Time } from './time.ts'
import { LOW_WATER, type Transport, type TransportEvents, type TransportFactory } from './transport.ts'

interface End {
  readonly events: TransportEvents
  readonly sdp: string
  other: End | null
  open: boolean
  over: boolean
  unsent: number
}

/** A network of simulated connections: descriptions and candidates find each other as WebRTC's do, in the time that is given. */
export class SimulatedNetwork {
  readonly #time: Time
  readonly #ends = new Map<string, End>()
  /** Whether anything gets through at the moment. */
  isUp = true
  /** Connections made so far, and those that are not over. */
  made = 0
  alive = 0

  constructor(time: Time) {
    this.#time = time
  }

  /** A transport for one peer. The other side may belong to any peer of this network. */
  readonly transport: TransportFactory = (initiator, _config, events) => {
    const sdp = `v=0\r\ns=${toHex(randomBytes(8))}\r\na=fingerprint:sha-256 ${fingerprint()}\r\n`
    const end: End = { events, sdp, other: null, open: false, over: false, unsent: 0 }
    this.#ends.set(sdp, end)
    this.made++
    this.alive++
    if (initiator) this.#later(() => this.#describe(end, 'offer'))
    return this.#handle(end)
  }

  #handle(end: End): Transport {
    return {
      signal: (signal) => this.#signal(end, signal),
      restart: () => this.#later(() => this.#describe(end, 'offer')),
      send: (data) => this.#send(end, data, false),
      sendFleeting: (data) => this.#send(end, data, true),
      get unsent() {
        return end.unsent
      },
      get descriptions() {
        return end.other ? { local: end.sdp, remote: end.other.sdp } : null
      },
      destroy: () => {
        if (end.over) return
        this.#end(end)
        const { other } = end
        if (other) this.#later(() => !other.over && this.isUp && this.#close(other))
      },
    }
  }

  #signal(end: End, signal: Signal): void {
    if (end.over || signal.type !== 'description') return
    const other = this.#ends.get(signal.description.sdp)
    if (!other) return
    end.other = other
    if (signal.description.type === 'offer') this.#later(() => this.#describe(end, 'answer'))
    else this.#later(() => this.#connect(end, other))
  }

  #describe(end: End, type: 'offer' | 'answer'): void {
    if (end.over) return
    end.events.signal({ type: 'description', description: { type, sdp: end.sdp } })
    end.events.signal({ type: 'candidate', candidate: { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 } })
  }

  #connect(one: End, other: End): void {
    // The answer to a restart.
    if (one.open) return
    if (one.over || other.over || other.other !== one || !this.isUp) return
    for (const end of [one, other]) {
      end.open = true
      end.events.open()
    }
  }

  #send(end: End, data: Uint8Array, fleeting: boolean): void {
    const { other } = end
    if (end.over || !end.open || !other) return
    if (!fleeting) end.unsent += data.length
    this.#later(() => {
      if (!fleeting) end.unsent -= data.length
      if (!other.over && this.isUp) other.events.message(data, fleeting)
      if (!end.over && !fleeting && end.unsent <= LOW_WATER) end.events.drain()
    })
  }

  #close(end: End): void {
    this.#end(end)
    end.events.end('remote')
  }

  #end(end: End): void {
    end.over = true
    this.alive--
    this.#ends.delete(end.sdp)
  }

  #later(act: () => void): void {
    this.#time.after(5, act)
  }
}

const fingerprint = (): string =>
  [...randomBytes(32)].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':')
