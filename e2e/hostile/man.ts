/**
 * The man in the middle: a hostile server that was given the room's key. It opens what it relays, ends each side's
 * connection itself, with real WebRTC, and passes on between them what it likes.
 */
import { type Bytes, fromHex } from '../../client/crypto/bytes.ts'
import { type Envelope, openEnvelope, sealEnvelope } from '../../client/crypto/envelope.ts'
import { nodeSuite } from '../../client/crypto/node.ts'
import type { RoomSecrets } from '../../client/crypto/secrets.ts'
import type { Signal } from '../../client/net/signal.ts'
import { simplePeerTransport, type Transport } from '../../client/net/transport.ts'
import { RTCPeerConnection } from '../../client/terminal/rtc.ts'
import type { HostileServer, Relayed } from './server.ts'

const connect = simplePeerTransport(RTCPeerConnection)

function bytes(id: string) {
  const found = fromHex(id)
  if (!found) throw new Error(`${id} is no id`)
  return found
}

export class ManInTheMiddle {
  /** Every byte that came over a connection that it ended, as text. */
  overheard = ''
  /** How often a channel to either side opened. */
  opened = 0
  readonly #transports: Transport[] = []

  constructor(
    readonly server: HostileServer,
    readonly secrets: RoomSecrets,
  ) {}

  /** What an envelope says. */
  open({ from, to, sealed }: Relayed): Promise<Envelope | null> {
    return openEnvelope(nodeSuite, this.secrets, bytes(from), bytes(to), new Uint8Array(sealed))
  }

  /** Says something to one member under another's id. */
  async say(from: string, to: string, told: Signal | { type: 'please' | 'restart' }, attempt: number): Promise<void> {
    const envelope: Envelope = { ...told, attempt }
    const sealed = await sealEnvelope(nodeSuite, this.secrets, bytes(from), bytes(to), envelope)
    this.server.deliver({ from, to, sealed: Buffer.from(sealed) })
  }

  /** A connection of its own to `victim`, under the id of `other`. */
  connection(victim: string, other: string, attempt: number, initiator: boolean, heard: (data: Uint8Array) => void) {
    const waiting: Bytes[] = []
    let isOpen = false
    const transport: Transport = connect(
      initiator,
      {},
      {
        signal: (signal) => void this.say(other, victim, signal, attempt),
        open: () => {
          this.opened++
          isOpen = true
          for (const data of waiting) transport.send(data)
        },
        message: (data, fleeting) => {
          this.overheard += Buffer.from(data).toString('latin1')
          if (!fleeting) heard(data)
        },
        drain() {},
        quiet() {},
        end() {},
      },
    )
    this.#transports.push(transport)
    const send = (data: Uint8Array) => {
      if (isOpen) transport.send(new Uint8Array(data))
      else waiting.push(new Uint8Array(data))
    }
    return { signal: (signal: Signal) => transport.signal(signal), send }
  }

  /** Stands between all from now on: each offer is answered by itself, and another one made in its place. */
  standBetween(): void {
    const sides = new Map<string, ReturnType<ManInTheMiddle['connection']>>()
    this.server.relay = async (relayed) => {
      const { from, to } = relayed
      const envelope = await this.open(relayed)
      if (!envelope) return
      const { attempt } = envelope
      if (envelope.type === 'description' && envelope.description.type === 'offer') {
        // Words of its own, before the real ones: they must not use up anything.
        for (const type of ['please', 'restart'] as const) await this.say(from, to, { type }, attempt + 1)
        let far: ReturnType<ManInTheMiddle['connection']> | null = null
        const near = this.connection(from, to, attempt, false, (data) => far?.send(data))
        far = this.connection(to, from, attempt, true, (data) => near.send(data))
        sides.set(`${from} ${attempt}`, near)
        sides.set(`${to} ${attempt}`, far)
        near.signal(envelope)
      } else if (envelope.type === 'description' || envelope.type === 'candidate') {
        sides.get(`${from} ${attempt}`)?.signal(envelope)
      } else this.server.deliver(relayed)
    }
  }

  close(): void {
    for (const transport of this.#transports) transport.destroy()
  }
}
