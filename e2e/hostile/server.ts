/** A signaling server that introduces people as the real one does, until a test tells it to misbehave. */
import { createHash } from 'node:crypto'
import { createServer, type Server as HttpServer, request } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { randomBytes } from '../../client/crypto/bytes.ts'

/** A sealed envelope on its way; ids in hex. */
export interface Relayed {
  readonly from: string
  readonly to: string
  readonly sealed: Buffer
}

const ID_BYTES = 16
const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()

export class HostileServer {
  /** Everything that was to be relayed. */
  readonly relayed: Relayed[] = []
  /** Peer ids in the order in which they joined. */
  readonly joined: string[] = []
  /** Ids that are told to whoever joins, beside the real ones. */
  invented: string[] = []
  /** What becomes of an envelope. */
  relay: (relayed: Relayed) => void = (relayed) => this.deliver(relayed)
  readonly #sockets = new Map<string, WebSocket>()
  readonly #http: HttpServer
  readonly #ws = new WebSocketServer({ noServer: true, maxPayload: 65_536 })

  private constructor(readonly pagePort: number) {
    this.#http = createServer((incoming, outgoing) => {
      const { url: path, method, headers } = incoming
      const forwarded = request({ host: '127.0.0.1', port: pagePort, path, method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      })
      forwarded.on('error', () => outgoing.destroy())
      incoming.pipe(forwarded)
    })
    this.#http.on('upgrade', (incoming, socket, head) =>
      this.#ws.handleUpgrade(incoming, socket, head, (client) => this.#welcome(client)),
    )
  }

  /** Serves the page of the real server at this port, and introduces people itself. */
  static async start(pagePort: number): Promise<HostileServer> {
    const server = new HostileServer(pagePort)
    await new Promise<void>((resolve) => server.#http.listen(0, '127.0.0.1', resolve))
    return server
  }

  get url(): string {
    const address = this.#http.address()
    return `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`
  }

  /** Behaves from now on. */
  behave(): void {
    this.invented = []
    this.relay = (relayed) => this.deliver(relayed)
  }

  deliver({ from, to, sealed }: Relayed): void {
    this.#sockets.get(to)?.send(Buffer.concat([Buffer.from(from, 'hex'), sealed]))
  }

  /** Sends a text frame to one member. */
  tell(to: string, message: object | string): void {
    this.#sockets.get(to)?.send(typeof message === 'string' ? message : JSON.stringify(message))
  }

  /** Cuts everybody off; they come back by themselves. */
  dropAll(): void {
    for (const socket of this.#sockets.values()) socket.terminate()
  }

  async close(): Promise<void> {
    this.dropAll()
    this.#http.closeAllConnections()
    await new Promise((resolve) => this.#http.close(resolve))
  }

  #welcome(client: WebSocket): void {
    let me = ''
    client.on('message', (data: Buffer, binary: boolean) => {
      if (binary) {
        const relayed = { from: me, to: data.toString('hex', 0, ID_BYTES), sealed: data.subarray(ID_BYTES) }
        this.relayed.push(relayed)
        this.relay(relayed)
        return
      }
      const message = JSON.parse(data.toString())
      if (message.type === 'ping') this.tell(me, { type: 'pong' })
      if (message.type !== 'join') return
      const [token, commit] = [Buffer.from(message.token, 'hex'), Buffer.from(message.commit, 'hex')]
      me = sha256(sha256(token), commit).toString('hex', 0, ID_BYTES)
      const peers = [...this.#sockets.keys()].filter((id) => id !== me)
      this.#sockets.set(me, client)
      this.joined.push(me)
      this.tell(me, { type: 'welcome', peer: me, peers: [...peers, ...this.invented], iceServers: [] })
      for (const peer of peers) this.tell(peer, { type: 'joined', peer: me })
    })
    client.on('close', () => {
      if (this.#sockets.get(me) !== client) return
      this.#sockets.delete(me)
      for (const peer of this.#sockets.keys()) this.tell(peer, { type: 'left', peer: me })
    })
    client.on('error', () => {})
  }
}

/** Ids of people who don't exist. */
export const inventIds = (count: number): string[] =>
  Array.from({ length: count }, () => Buffer.from(randomBytes(ID_BYTES)).toString('hex'))
