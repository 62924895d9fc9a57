/** One WebSocket of a client: its limits, its heartbeat, its end. What is valid goes on to the switchboard. */
import * as v from 'valibot'
import type { RawData, WebSocket } from 'ws'
import type { Settings } from './config.ts'
import type { Fault, Faults } from './faults.ts'
import type { IceServers } from './ice-servers.ts'
import {
  type ErrorCode,
  type Join,
  PEER_ID_BYTES,
  PROTOCOL_VERSION,
  parseClientMessage,
  type ServerMessage,
} from './protocol.ts'
import { JoinError, type Line, type Seat, type Switchboard } from './switchboard.ts'
import type { Tally } from './tally.ts'
import { TokenBucket } from './token-bucket.ts'

/** What Node holds for a frame that waits to be sent, beside its bytes: many small ones must not weigh nothing. */
const QUEUED_FRAME_BYTES = 512

/** A beat that comes after this many intervals is late. */
const LATE = 1.25

/** Close codes (RFC 6455, section 7.4.1). */
const NORMAL = 1000
const GOING_AWAY = 1001
const POLICY_VIOLATION = 1008

/** What all connections of a server share. */
export interface Exchange {
  readonly settings: Settings
  readonly switchboard: Switchboard
  readonly faults: Faults
  readonly iceServers: IceServers
  /** Seats of broken connections, by address. */
  readonly keptSeats: Tally
}

/** A `join` of any version of the protocol. */
const anyJoin = v.object({ type: v.literal('join'), v: v.number() })

/** Whether a text frame that is not of this protocol is a `join` of another version. */
function isOtherVersion(text: string): boolean {
  try {
    const result = v.safeParse(anyJoin, JSON.parse(text))
    return result.success && result.output.v !== PROTOCOL_VERSION
  } catch {
    return false
  }
}

/** Whom a connection is with, as far as that is known. */
export interface Client {
  /** What its connections are counted by. */
  readonly address: string
  /** The host that it reached this server under, in a form that URLs take; null when that isn't known. */
  readonly host: string | null
}

export class Connection implements Line {
  readonly #socket: WebSocket
  readonly #client: Client
  readonly #exchange: Exchange
  readonly #finished: () => void
  readonly #bucket: TokenBucket
  #seat: Seat | null = null
  #joined = false
  /** Nothing of the client counts any more: the socket is closing or gone. */
  #over = false
  /** The socket ends by a fault of the client, and not for one of the network: its seat is not kept. */
  #faulty = false
  /** The socket is gone, and the seat is kept for the visit to come back. */
  #kept = false
  #silent = false
  #heardAt = performance.now()
  #pingedAt: number | null = null
  #queuedFrames = 0
  readonly #dequeued = () => {
    this.#queuedFrames -= 1
  }
  /** One at a time: until the join, between two pings, while a broken connection's seat is kept. */
  #timer: NodeJS.Timeout | undefined

  /** @param finished - called once, when nothing of this connection is left, its seat included */
  constructor(socket: WebSocket, client: Client, exchange: Exchange, finished: () => void) {
    this.#socket = socket
    this.#client = client
    this.#exchange = exchange
    this.#finished = finished
    this.#bucket = new TokenBucket(exchange.settings.maxMessagesPerSecond, this.#heardAt)
    this.#timer = setTimeout(() => this.#joinTimedOut(), exchange.settings.joinTimeout)
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary))
    socket.on('ping', () => this.#hear())
    socket.on('pong', () => this.#hear())
    socket.on('error', () => this.#unreadable())
    socket.on('close', (code) => this.#closed(code))
  }

  welcome(peer: string, peers: string[]): void {
    this.send({ type: 'welcome', peer, peers, ...this.#exchange.iceServers.offer(this.#client.host, peer) })
  }

  send(message: ServerMessage): void {
    if (!this.#isOpen) return
    this.#queuedFrames += 1
    this.#socket.send(JSON.stringify(message), this.#dequeued)
    this.#checkUnsent()
  }

  pass(frame: Buffer): void {
    if (!this.#isOpen) return
    // A frame is a piece of what the sender's socket last read. As long as it waits, it would hold on to all of that: 64 KiB
    // for perhaps 17 bytes that are counted. So what has to wait, and only that, is copied.
    const waits = this.#socket.bufferedAmount > 0 && frame.buffer.byteLength > 2 * frame.length
    const sent = waits ? Buffer.allocUnsafeSlow(frame.length) : frame
    if (waits) frame.copy(sent)
    this.#queuedFrames += 1
    this.#socket.send(sent, this.#dequeued)
    this.#checkUnsent()
  }

  replaced(): void {
    this.#seat = null
    if (this.#kept) this.#finish()
    else if (!this.#over) this.#refuse('replaced', 'You joined again on another connection.')
  }

  /** Tells the client that the server stops. Nobody hears of it as a leaving. */
  shutDown(): void {
    clearTimeout(this.#timer)
    this.#over = true
    this.#seat = null
    this.#close(GOING_AWAY)
  }

  get #isOpen(): boolean {
    return !this.#over && this.#socket.readyState === this.#socket.OPEN
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (!this.#hear()) return
    // `nodebuffer` is ws's default: nothing but Buffers comes.
    if (!Buffer.isBuffer(data)) return
    if (isBinary) this.#forward(data)
    else this.#obey(data.toString())
  }

  /** Notes that the client is there, and takes a token for what it sent; pings and pongs cost as much as messages. */
  #hear(): boolean {
    if (this.#over) return false
    this.#heardAt = performance.now()
    if (this.#bucket.take(this.#heardAt)) return true
    this.#refuse('too-fast', `You may send ${this.#exchange.settings.maxMessagesPerSecond} messages a second.`)
    return false
  }

  #forward(frame: Buffer): void {
    if (frame.length <= PEER_ID_BYTES)
      this.#refuse('bad-message', 'A binary frame is a peer id of 16 bytes and something for that peer.')
    else if (this.#seat === null) this.#refuse('not-joined', 'Join a room before you send something to its members.')
    else this.#exchange.switchboard.forward(this.#seat, frame)
  }

  #obey(text: string): void {
    const message = parseClientMessage(text)
    if (message === null) {
      if (isOtherVersion(text)) this.#refuse('bad-version', `This server speaks version ${PROTOCOL_VERSION}.`)
      else this.#refuse('bad-message', 'This is not a message of the signaling protocol.')
    } else if (message.type === 'join') this.#join(message)
    else if (message.type === 'ping') this.send({ type: 'pong' })
    else if (this.#seat === null) this.#refuse('not-joined', 'Join a room first.')
    else if (message.type === 'ice')
      this.send({ type: 'ice', ...this.#exchange.iceServers.offer(this.#client.host, this.#seat.peer) })
    else this.#leave()
  }

  #join(join: Join): void {
    if (this.#joined) {
      this.#refuse('already-joined', 'A connection can be in one room only.')
      return
    }
    try {
      this.#seat = this.#exchange.switchboard.join(this, join)
    } catch (error) {
      if (!(error instanceof JoinError)) throw error
      this.#refuse(error.code, error.message)
      return
    }
    this.#joined = true
    clearTimeout(this.#timer)
    this.#timer = setInterval(() => this.#beat(), this.#exchange.settings.pingInterval)
  }

  #leave(): void {
    this.#over = true
    clearTimeout(this.#timer)
    this.#giveUpSeat()
    this.#close(NORMAL)
  }

  #joinTimedOut(): void {
    this.#refuse('join-timeout', `You did not join within ${this.#exchange.settings.joinTimeout / 1000} s.`)
  }

  /** Asks whether the client is there, and cuts it when it has not been heard since it was last asked. */
  #beat(): void {
    const now = performance.now()
    const wait = this.#pingedAt === null ? 0 : now - this.#pingedAt
    // After a stall or a sleep of this machine the answers may still wait to be read: nobody is judged by a late beat.
    const isLate = wait > this.#exchange.settings.pingInterval * LATE
    if (this.#pingedAt !== null && this.#heardAt < this.#pingedAt && !isLate) {
      this.#silent = true
      this.#exchange.faults.count('silent')
      this.#socket.terminate()
      return
    }
    this.#pingedAt = now
    this.#socket.ping()
    this.#checkUnsent()
  }

  /** Cuts a client that does not read. A close frame would only queue up behind the rest. */
  #checkUnsent(): void {
    const unsent = this.#socket.bufferedAmount
    if (unsent === 0 || unsent + this.#queuedFrames * QUEUED_FRAME_BYTES <= this.#exchange.settings.maxUnsentBytes)
      return
    this.#fail('too-slow')
    // The seat goes with the `close` event: this may be called from within the switchboard.
    this.#socket.terminate()
  }

  /** Tells the client what it did wrong, closes, and gives up its seat. */
  #refuse(code: ErrorCode, message: string): void {
    this.send({ type: 'error', code, message })
    this.#fail(code)
    this.#giveUpSeat()
    this.#close(POLICY_VIOLATION, code)
  }

  /** Says goodbye. A socket whose other half is closed already gets no time limit from ws to take it: it is cut. */
  #close(code: number, reason?: string): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.close(code, reason)
    else this.#socket.terminate()
  }

  /** The frame is not one of RFC 6455, too large, or not UTF-8: ws has closed already, with the code for it (7.4.1). */
  #unreadable(): void {
    if (this.#over) return
    this.#fail('bad-message')
    this.#giveUpSeat()
  }

  #fail(fault: Fault): void {
    this.#over = true
    this.#faulty = true
    clearTimeout(this.#timer)
    this.#exchange.faults.count(fault)
  }

  #giveUpSeat(): void {
    const seat = this.#seat
    this.#seat = null
    if (seat !== null) this.#exchange.switchboard.leave(seat)
  }

  #closed(code: number): void {
    clearTimeout(this.#timer)
    this.#over = true
    if (!this.#faulty && code !== NORMAL && code !== GOING_AWAY && this.#keepSeat()) return
    this.#giveUpSeat()
    this.#finish()
  }

  /**
   * Keeps the seat for the visit to come back. An address may have as many seats kept as connections: else one that joins
   * and breaks as fast as it can would fill the memory.
   */
  #keepSeat(): boolean {
    const seat = this.#seat
    const { switchboard, keptSeats, settings } = this.#exchange
    if (seat === null || !keptSeats.take(this.#client.address)) return false
    this.#kept = true
    switchboard.broke(seat)
    const now = performance.now()
    const lastSeen = this.#silent ? this.#heardAt : now
    this.#timer = setTimeout(() => this.#expire(seat), lastSeen + settings.rejoinGrace - now)
    return true
  }

  #expire(seat: Seat): void {
    this.#exchange.switchboard.expire(seat)
    this.#finish()
  }

  #finish(): void {
    clearTimeout(this.#timer)
    if (this.#kept) this.#exchange.keptSeats.release(this.#client.address)
    this.#kept = false
    this.#finished()
  }
}
