import { type Join, parseClientMessage, type ServerMessage } from '../../signaling/protocol.ts'
import { type Line, type Seat, Switchboard } from '../../signaling/switchboard.ts'
import { TokenBucket } from '../../signaling/token-bucket.ts'
import type { VirtualTime } from '../net/virtual-time.ts'
import { ClientSocket } from './socket.ts'
import type { Wire } from './wire.ts'

/** As `signaling/config.ts` has them. */
const MOST_MEMBERS = 250
const MESSAGES_PER_SECOND = 100
const PING_INTERVAL = 10_000
const REJOIN_GRACE = 20_000
const JOIN_TIMEOUT = 10_000

/** What sockets of one machine go through on their way to the server and back. */
export interface Access {
  readonly time: { after(ms: number, callback: () => void): () => void }
  /** Delay of one frame in one direction, in milliseconds. */
  delay(): number
  /** Nothing passes at the moment; it waits, as TCP does. */
  readonly isStalled: boolean
  /** The machine sleeps or is gone: nobody answers a ping. */
  readonly isDeaf: boolean
}

/** One connection of the server: `signaling/connection.ts` without sockets and in virtual time. */
class ServerEnd implements Line {
  readonly wire: Wire
  readonly access: Access
  readonly #server: SimulatedServer
  readonly #bucket: TokenBucket
  #seat: Seat | null = null
  /** The client's end is not there any more, and nobody said so. */
  isHalfOpen = false
  #isOver = false
  #heardAt: number
  #pingedAt = Number.NEGATIVE_INFINITY
  #cancel: () => void

  constructor(server: SimulatedServer, wire: Wire, access: Access) {
    this.#server = server
    this.wire = wire
    this.access = access
    this.#heardAt = server.time.now()
    this.#bucket = new TokenBucket(MESSAGES_PER_SECOND, this.#heardAt)
    this.#cancel = server.time.after(JOIN_TIMEOUT, () => this.#refuse('join-timeout'))
  }

  welcome(peer: string, peers: string[]): void {
    this.send({ type: 'welcome', peer, peers, iceServers: [] })
  }

  send(message: ServerMessage): void {
    if (!this.#isOver) this.wire.toClient(JSON.stringify(message))
  }

  pass(frame: Buffer): void {
    // The sender's buffer is handed on as it is; here the same memory must not be at two places in time.
    if (!this.#isOver && !this.#server.loses()) this.wire.toClient(new Uint8Array(frame).buffer)
  }

  replaced(): void {
    this.#seat = null
    this.#cancel()
    if (this.#isOver) return
    this.send({ type: 'error', code: 'replaced', message: 'You joined again on another connection.' })
    this.end(1008)
  }

  receive(data: string | Uint8Array): void {
    if (this.#isOver) return
    this.#heardAt = this.#server.time.now()
    if (!this.#bucket.take(this.#heardAt)) {
      this.#server.refusals.push('too-fast')
      this.#refuse('too-fast')
    } else if (typeof data !== 'string') {
      if (this.#seat) this.#server.forward(this.#seat, Buffer.from(data))
    } else this.#obey(data)
  }

  /** The client closed, or its machine's end of the connection broke. */
  closed(code: number): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#cancel()
    const seat = this.#seat
    if (!seat) return
    if (code === 1000 || code === 1001) this.#giveUp()
    else this.#keep(seat, this.#server.time.now())
  }

  /** Closes from this side; what the client is told by then still reaches it. */
  end(code: number): void {
    this.#isOver = true
    this.#cancel()
    this.wire.closeClient(code)
    this.#server.ends.delete(this)
  }

  #obey(text: string): void {
    const message = parseClientMessage(text)
    if (message === null) {
      this.#server.refusals.push('bad-message')
      this.#refuse('bad-message')
    } else if (message.type === 'join') this.#join(message)
    else if (message.type === 'ping') this.send({ type: 'pong' })
    else if (message.type === 'leave') {
      this.#giveUp()
      this.end(1000)
    }
  }

  #join(join: Join): void {
    this.#seat = this.#server.switchboard.join(this, join)
    this.#beatLater()
  }

  #beatLater(): void {
    this.#cancel()
    this.#cancel = this.#server.time.after(PING_INTERVAL, () => this.#beat())
  }

  #beat(): void {
    if (this.#heardAt < this.#pingedAt) {
      this.#isOver = true
      this.wire.cut()
      if (this.#seat) this.#keep(this.#seat, this.#heardAt)
      return
    }
    this.#pingedAt = this.#server.time.now()
    if (!this.access.isStalled && !this.access.isDeaf && !this.isHalfOpen) this.#heardAt = this.#pingedAt
    this.#beatLater()
  }

  #refuse(code: 'join-timeout' | 'too-fast' | 'bad-message'): void {
    this.send({ type: 'error', code, message: code })
    this.#giveUp()
    this.end(1008)
  }

  #giveUp(): void {
    const seat = this.#seat
    this.#seat = null
    if (seat) this.#server.switchboard.leave(seat)
  }

  #keep(seat: Seat, lastSeen: number): void {
    this.#server.switchboard.broke(seat)
    const { time } = this.#server
    this.#cancel = time.after(lastSeen + REJOIN_GRACE - time.now(), () => {
      this.#server.switchboard.expire(seat)
      this.#server.ends.delete(this)
    })
  }

  /** Nothing of it goes on: the server's process is no more. */
  forget(): void {
    this.#isOver = true
    this.#cancel()
  }
}

/** The signaling server: its real switchboard, on simulated connections. */
export class SimulatedServer {
  readonly time: VirtualTime
  readonly ends = new Set<ServerEnd>()
  /** What it refused, which it never has to in a room of honest clients. */
  readonly refusals: string[] = []
  switchboard = new Switchboard(MOST_MEMBERS)
  isUp = true
  /** Which part of all relayed envelopes is lost, 0 to 1. */
  loss = 0
  /** Envelopes passed on so far. */
  passed = 0

  constructor(time: VirtualTime) {
    this.time = time
  }

  /** The constructor that stands for `WebSocket` on a machine. */
  webSocket(access: Access): typeof globalThis.WebSocket {
    const server = this
    class SimulatedWebSocket extends ClientSocket {
      constructor(_url: string | URL) {
        super(server.time, access, (wire) => {
          if (!server.isUp) return null
          const end = new ServerEnd(server, wire, access)
          server.ends.add(end)
          return end
        })
      }
    }
    // Of WebSocket it has what `net/signaling.ts` uses.
    return SimulatedWebSocket as unknown as typeof globalThis.WebSocket
  }

  /** It is gone, with all that it knew. Gracefully it says goodbye before. */
  stop(graceful: boolean): void {
    this.isUp = false
    for (const end of this.ends) {
      end.forget()
      if (graceful) end.wire.closeClient(1001)
      else end.wire.closeClient(1006)
    }
    this.ends.clear()
    this.switchboard = new Switchboard(MOST_MEMBERS)
  }

  start(): void {
    this.isUp = true
  }

  /** Cuts all connections of a machine. Half open, the server doesn't notice. */
  break(access: Access, half: boolean): void {
    for (const end of this.ends) {
      if (end.access !== access) continue
      end.wire.closeClient(1006)
      if (half) end.isHalfOpen = true
      else end.closed(1006)
    }
  }

  forward(seat: Seat, frame: Buffer): void {
    this.passed++
    this.switchboard.forward(seat, frame)
  }

  loses(): boolean {
    return this.loss > 0 && this.time.random() < this.loss
  }
}
