/** Where WebSockets come in: who may, how many, and how all of them end. */
import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { clientKey } from './address.ts'
import type { Settings } from './config.ts'
import { type Client, Connection, type Exchange } from './connection.ts'
import type { Faults } from './faults.ts'
import { askedHost, type IceServers } from './ice-servers.ts'
import { mayConnect } from './origin.ts'
import { type ServerMessage, SIGNAL_PATH } from './protocol.ts'
import type { Switchboard } from './switchboard.ts'
import { Tally } from './tally.ts'

/** How long a client may take to answer a close frame, in milliseconds. The server has to end within 2 s. */
const CLOSE_TIMEOUT = 1000

/** In how many pieces a frame of 64 KiB may come: ws keeps each, and small ones weigh more than their bytes. */
const MAX_FRAGMENTS = 64
const MAX_CHUNKS = 1024

/** Connections beyond the limit of an address that are told why, at a time; more of them get a bare HTTP 429. */
const MAX_REFUSALS = 8

const TRY_AGAIN_LATER = 1013

function destroy(this: Duplex): void {
  this.destroy()
}

/** Answers an upgrade with a status and ends the socket. */
function reject(socket: Duplex, status: number): void {
  const body = `${STATUS_CODES[status]}\n`
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: text/plain\r\n`
  socket.once('finish', () => socket.destroy())
  socket.end(`${head}Content-Length: ${body.length}\r\n\r\n${body}`)
}

export class Gate {
  readonly #exchange: Exchange
  readonly #open: Tally
  readonly #refusals = new Tally(MAX_REFUSALS)
  readonly #connections = new Set<Connection>()
  readonly #sockets = new Set<WebSocket>()
  readonly #server: WebSocketServer
  #closing: (() => void) | null = null

  constructor(settings: Settings, switchboard: Switchboard, faults: Faults, iceServers: IceServers) {
    const keptSeats = new Tally(settings.maxConnectionsPerAddress)
    this.#exchange = { settings, switchboard, faults, iceServers, keptSeats }
    this.#open = new Tally(settings.maxConnectionsPerAddress)
    const options = {
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: settings.maxFrameBytes,
      maxFragments: MAX_FRAGMENTS,
      maxBufferedChunks: MAX_CHUNKS,
      closeTimeout: CLOSE_TIMEOUT,
    }
    this.#server = new WebSocketServer(options)
  }

  /** Takes an HTTP upgrade, as the `upgrade` event of a server hands it over. Never throws for what a client sent. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { settings, faults } = this.#exchange
    if (socket.destroyed) return
    socket.on('error', destroy)
    const status = this.#statusAgainst(request)
    if (status !== null) {
      reject(socket, status)
      return
    }
    const address = clientKey(request, settings.trustProxy)
    if (this.#open.take(address)) {
      this.#admit(request, socket, head, this.#open, address, (ws) =>
        this.#connect(ws, { address, host: askedHost(request, settings) }),
      )
      return
    }
    faults.count('too-many-connections')
    if (this.#refusals.take(address))
      this.#admit(request, socket, head, this.#refusals, address, (ws) => this.#refuse(ws))
    else reject(socket, 429)
  }

  /** Ends all connections, with close code 1001. Resolves when the last is gone, soon after `CLOSE_TIMEOUT` at most. */
  close(): Promise<void> {
    for (const connection of this.#connections) connection.shutDown()
    this.#connections.clear()
    return new Promise((resolve) => {
      this.#closing = resolve
      if (this.#sockets.size === 0) resolve()
    })
  }

  /** The HTTP status that turns a request away, whoever sent it; null when there is none. */
  #statusAgainst(request: IncomingMessage): number | null {
    if (this.#closing !== null) return 503
    if (request.url?.split('?', 1)[0] !== SIGNAL_PATH) return 404
    if (mayConnect(request, this.#exchange.settings)) return null
    this.#exchange.faults.count('refused-origin')
    return 403
  }

  /** Makes a WebSocket of a socket that `tally` has counted for `address`, until it is gone. */
  #admit(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    tally: Tally,
    address: string,
    use: (ws: WebSocket) => void,
  ): void {
    // ws turns a malformed handshake away by itself, without a call back: the socket's end is what tells in every case.
    socket.once('close', () => tally.release(address))
    this.#server.handleUpgrade(request, socket, head, (ws) => {
      this.#sockets.add(ws)
      ws.once('close', () => {
        this.#sockets.delete(ws)
        if (this.#sockets.size === 0) this.#closing?.()
      })
      use(ws)
    })
  }

  #connect(ws: WebSocket, client: Client): void {
    const connection = new Connection(ws, client, this.#exchange, () => this.#connections.delete(connection))
    this.#connections.add(connection)
  }

  /** A browser's page can't see the status of a failed upgrade: so the upgrade succeeds, and a message tells why. */
  #refuse(ws: WebSocket): void {
    const message: ServerMessage = {
      type: 'error',
      code: 'too-many-connections',
      message: 'Too many connections come from your network address.',
    }
    ws.on('error', () => {})
    ws.send(JSON.stringify(message))
    ws.close(TRY_AGAIN_LATER, message.code)
  }
}
