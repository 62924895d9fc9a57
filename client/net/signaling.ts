import {
  type ClientMessage,
  type ErrorCode,
  type IceServer,
  PEER_ID_BYTES,
  PROTOCOL_VERSION,
  parseServerMessage,
  type ServerMessage,
} from '../../signaling/protocol.ts'
import { type Bytes, concat, fromHex, toHex } from '../crypto/bytes.ts'
import { backoff, type Time } from './time.ts'

type Socket = InstanceType<typeof globalThis.WebSocket>

/** What the room's server tells. Peer ids are lower-case hex. */
export interface SignalingEvents {
  /** One's place in the room is taken, for the first time or again; `peers` are all other members now. */
  welcome(peers: readonly string[], iceServers: readonly IceServer[]): void
  /** Other servers, or other credentials for them, as the ones before are about to end. */
  ice(iceServers: readonly IceServer[]): void
  joined(peer: string): void
  left(peer: string): void
  /** A sealed envelope from another member. */
  envelope(from: string, sealed: Bytes): void
  /** The socket is gone; it is being made again. */
  away(): void
  /** The server won't have this client, and says why. It is asked again later all the same. */
  refused(code: ErrorCode, message: string): void
}

export interface SignalingOptions {
  /** `ws:` or `wss:` URL of the server's `/signal`. */
  readonly url: string
  readonly WebSocket: typeof globalThis.WebSocket
  readonly time: Time
  readonly topic: Bytes
  readonly visit: { readonly token: Bytes; readonly commit: Bytes; readonly peer: Bytes }
  readonly events: SignalingEvents
}

const FIRST_RETRY = 300
const LONGEST_RETRY = 15_000
/** Also the time that a socket may take to be welcomed. */
const ANSWER_LIMIT = 8_000
/** How long the socket may be silent before it is asked whether it is still there. */
const QUIET_LIMIT = 20_000
const PONG_LIMIT = 5_000
/** The same after sleep, when it most often isn't. */
const WAKE_LIMIT = 2_000
const LONGEST_WAIT = 3_600_000

/** The part of their time after which credentials are renewed, give or take some, so that not all members ask at once. */
const RENEW_AFTER = 0.6
const RENEW_JITTER = 0.2
/** At most so often, whatever the server says, and again when no answer comes, in milliseconds. */
const RENEW_AGAIN = 20_000

/** The WebSocket to the signaling server. It comes back by itself, with backoff and jitter, until `leave()`. */
export class Signaling {
  readonly #options: SignalingOptions
  #socket: Socket | null = null
  #welcomed = false
  #failures = 0
  #ended = false
  #cancelTimer = () => {}
  /** When the credentials of this connection are to be renewed; it has none that end while this is infinite. */
  #renewAt = Number.POSITIVE_INFINITY
  #cancelRenewal = () => {}

  constructor(options: SignalingOptions) {
    this.#options = options
    this.#connect()
  }

  /** Sends an envelope to a member. Dropped while there is no socket: those who wait for an answer ask again. */
  send(to: string, sealed: Bytes): void {
    const address = fromHex(to)
    const socket = this.#socket
    // It may be closing, which is told a moment later.
    if (this.#welcomed && address?.length === PEER_ID_BYTES && socket?.readyState === socket?.OPEN)
      socket?.send(concat(address, sealed))
  }

  /** Checks at once whether the server is there: after sleep or when the network changed. */
  wake(): void {
    if (this.#ended) return
    if (this.#socket === null) {
      this.#failures = 0
      this.#connect()
    } else if (this.#welcomed) {
      this.#ping(WAKE_LIMIT)
      this.#renewIfDue()
    }
  }

  /** Leaves the room for good. */
  leave(): void {
    if (this.#ended) return
    this.#ended = true
    this.#cancelTimer()
    this.#cancelRenewal()
    const socket = this.#socket
    this.#socket = null
    if (!socket) return
    if (this.#welcomed) this.#say(socket, { type: 'leave' })
    socket.close(1000)
  }

  #connect(): void {
    this.#cancelTimer()
    const { WebSocket, url, topic, visit } = this.#options
    const socket = new WebSocket(url)
    socket.binaryType = 'arraybuffer'
    this.#socket = socket
    socket.onopen = () =>
      this.#say(socket, {
        type: 'join',
        v: PROTOCOL_VERSION,
        topic: toHex(topic),
        token: toHex(visit.token),
        commit: toHex(visit.commit),
      })
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (socket !== this.#socket) return
      if (this.#welcomed) this.#listen()
      if (typeof data === 'string') this.#receive(data)
      else if (data instanceof ArrayBuffer) this.#deliver(new Uint8Array(data))
    }
    // A `close` follows every error and says all there is to know; in Node an error that nobody listens to would be thrown.
    socket.onerror = () => {}
    socket.onclose = () => this.#lost(socket)
    this.#cancelTimer = this.#options.time.after(ANSWER_LIMIT, () => this.#lost(socket))
  }

  #receive(text: string): void {
    const message = parseServerMessage(text)
    if (message) this.#obey(message)
  }

  #obey(message: ServerMessage): void {
    const { events, visit } = this.#options
    switch (message.type) {
      case 'welcome':
        // Under another id nothing that is sealed for this visit could be opened.
        if (message.peer !== toHex(visit.peer)) return
        this.#welcomed = true
        this.#failures = 0
        this.#listen()
        this.#renewLater(message.iceTtl)
        events.welcome(message.peers, message.iceServers)
        break
      case 'ice':
        if (!this.#welcomed) return
        this.#renewLater(message.iceTtl)
        events.ice(message.iceServers)
        break
      case 'joined':
        events.joined(message.peer)
        break
      case 'left':
        events.left(message.peer)
        break
      case 'error':
        events.refused(message.code, message.message)
        break
      case 'pong':
        break
    }
  }

  #deliver(frame: Bytes): void {
    if (frame.length <= PEER_ID_BYTES) return
    this.#options.events.envelope(toHex(frame.subarray(0, PEER_ID_BYTES)), frame.subarray(PEER_ID_BYTES))
  }

  #say(socket: Socket, message: ClientMessage): void {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message))
  }

  /** @param ttl - seconds that the credentials which came just now hold; undefined for ever */
  #renewLater(ttl: number | undefined): void {
    const { time } = this.#options
    const part = RENEW_AFTER + RENEW_JITTER * time.random()
    this.#renewAt = ttl === undefined ? Number.POSITIVE_INFINITY : time.now() + Math.max(ttl * 1000 * part, RENEW_AGAIN)
    this.#wait()
  }

  /** Waits for the time to renew. A browser's timer has 31 bits and doesn't count sleep: so it looks again now and then. */
  #wait(): void {
    this.#cancelRenewal()
    const { time } = this.#options
    const left = this.#renewAt - time.now()
    if (left < Number.POSITIVE_INFINITY)
      this.#cancelRenewal = time.after(Math.min(left, LONGEST_WAIT), () => this.#renewIfDue())
  }

  /** Asks for other credentials once it is time. While there is no socket nothing is asked: the next welcome has them. */
  #renewIfDue(): void {
    const socket = this.#socket
    if (!this.#welcomed || !socket) return
    if (this.#options.time.now() < this.#renewAt) {
      this.#wait()
      return
    }
    this.#renewAt = this.#options.time.now() + RENEW_AGAIN
    this.#say(socket, { type: 'ice' })
    this.#wait()
  }

  /** Something was heard: the socket may be quiet for a while again. */
  #listen(): void {
    this.#cancelTimer()
    this.#cancelTimer = this.#options.time.after(QUIET_LIMIT, () => this.#ping())
  }

  #ping(limit = PONG_LIMIT): void {
    const socket = this.#socket
    if (!socket) return
    this.#cancelTimer()
    this.#say(socket, { type: 'ping' })
    this.#cancelTimer = this.#options.time.after(limit, () => this.#lost(socket))
  }

  #lost(socket: Socket): void {
    if (socket !== this.#socket) return
    this.#socket = null
    this.#welcomed = false
    this.#cancelTimer()
    this.#cancelRenewal()
    socket.close()
    const { time, events } = this.#options
    this.#cancelTimer = time.after(backoff(time, this.#failures++, FIRST_RETRY, LONGEST_RETRY), () => this.#connect())
    events.away()
  }
}
