import type { Bytes } from '../crypto/bytes.ts'
import { encode } from '../crypto/msgpack.ts'
import { read } from '../crypto/schema.ts'
import type { Identity } from '../crypto/suite.ts'
import { frameSchema, type WireEntry } from '../net/frame.ts'
import type { TransportFactory } from '../net/transport.ts'
import { parseHeader, signEntry, textOf } from '../room/entry.ts'
import { verifyEntry } from '../room/verify.ts'
import { platform } from './platform.ts'

/** What one needs to sign as somebody in a room. */
interface Pen {
  readonly identity: Identity
  readonly topic: Bytes
}

/** Somebody who tells some people one thing and others another: two entries signed in one place. */
export class Liar {
  readonly #pen: Promise<Pen>
  readonly #random: () => number
  /** The other version of entries, by the signature of the one that the liar's own page knows. */
  readonly #others = new Map<string, Promise<WireEntry>>()
  /** What is said in messages whose text begins like this is said differently over some links. */
  #lie: string | null = null

  constructor(pen: Promise<Pen>, random: () => number) {
    this.#pen = pen
    this.#random = random
  }

  /** Has lied, so that nothing of this visit counts from there on. */
  get hasLied(): boolean {
    return this.#lie !== null
  }

  /** The message with this text is the one. */
  lieAt(text: string): void {
    this.#lie ??= text
  }

  /** The same transport; some of its connections get the other version. */
  transport(honest: TransportFactory): TransportFactory {
    return (initiator, config, events) => {
      const transport = honest(initiator, config, events)
      if (this.#random() < 0.5) return transport
      let sending = Promise.resolve()
      return {
        signal: (signal) => transport.signal(signal),
        configure: (config) => transport.configure(config),
        restart: () => transport.restart(),
        send: (data) => {
          if (this.#lie === null) transport.send(data)
          else sending = sending.then(async () => transport.send(await this.#twisted(data)))
        },
        sendFleeting: (data) => transport.sendFleeting(data),
        get unsent() {
          return transport.unsent
        },
        get descriptions() {
          return transport.descriptions
        },
        look: () => transport.look(),
        destroy: () => transport.destroy(),
      }
    }
  }

  async #twisted(data: Bytes): Promise<Bytes> {
    const frame = read(frameSchema, data)
    if (frame?.type !== 'entries') return data
    const entries = await Promise.all(frame.entries.map((wire) => this.#otherThan(wire)))
    return encode({ ...frame, entries })
  }

  async #otherThan(wire: WireEntry): Promise<WireEntry> {
    const { identity, topic } = await this.#pen
    const header = parseHeader(wire.header)
    if (!header || !Buffer.from(header.author).equals(identity.author)) return wire
    const entry = await verifyEntry(platform.suite, topic, wire, 0)
    if (!entry || this.#lie === null || !textOf(entry)?.text.startsWith(this.#lie)) return wire
    let other = this.#others.get(entry.id)
    if (!other) {
      const { visit, seq, prev, clock, at, kind } = header
      const fields = { visit, seq, prev, clock, at, kind }
      const signed = signEntry(platform.suite, topic, identity, fields, { text: `${this.#lie}and the other way round` })
      other = signed.then((made) => made.wire)
      this.#others.set(entry.id, other)
    }
    return other
  }
}
