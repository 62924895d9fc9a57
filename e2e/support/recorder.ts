/** A proxy in front of the server that records every byte and makes out the WebSocket frames, both ways. */
import { createServer, type Socket, type Server as TcpServer, connect as tcpConnect } from 'node:net'
import type { Writable } from 'node:stream'
import * as ws from 'ws'
import { type Hit, type Secrets, search } from './search.ts'

/** `up`: from a client to the server. */
export type Direction = 'up' | 'down'

export interface Recorded {
  /** Counts the connections. */
  readonly connection: number
  readonly direction: Direction
  /** `http`: all bytes of a connection that way, a WebSocket's frames as they crossed included; the others: one frame's payload, unmasked. */
  readonly kind: 'http' | 'text' | 'binary' | 'control'
  readonly bytes: Buffer
}

/** ws exports its frame parser, its types don't. */
const { Receiver } = ws as unknown as { Receiver: new (options: { isServer: boolean }) => Writable }

const HEAD_END = '\r\n\r\n'

/** The bytes of one connection one way. */
class Stream {
  readonly #chunks: Buffer[] = []
  #receiver: Writable | null = null

  constructor(
    private readonly connection: number,
    private readonly direction: Direction,
    private readonly frames: Recorded[],
    private readonly fail: (error: Error) => void,
  ) {}

  get recorded(): Recorded {
    return { connection: this.connection, direction: this.direction, kind: 'http', bytes: Buffer.concat(this.#chunks) }
  }

  add(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#read(chunk)
  }

  /** The head of the first request or response, or null while it is not whole. */
  get head(): string | null {
    const text = this.recorded.bytes.toString('latin1')
    const end = text.indexOf(HEAD_END)
    return end < 0 ? null : text.slice(0, end)
  }

  /** What follows the head are WebSocket frames. */
  upgrade(): void {
    if (this.#receiver || this.head === null) return
    const receiver = new Receiver({ isServer: this.direction === 'up' })
    const add = (kind: Recorded['kind'], bytes: Buffer) =>
      this.frames.push({ connection: this.connection, direction: this.direction, kind, bytes })
    receiver.on('message', (data: Buffer, binary: boolean) => add(binary ? 'binary' : 'text', data))
    receiver.on('ping', (data: Buffer) => add('control', data))
    receiver.on('pong', (data: Buffer) => add('control', data))
    receiver.on('conclude', (_code: number, reason: Buffer) => add('control', reason))
    receiver.on('error', this.fail)
    this.#receiver = receiver
    this.#read(this.recorded.bytes.subarray(this.head.length + HEAD_END.length))
  }

  #read(bytes: Buffer): void {
    // A copy, as the receiver unmasks in place.
    this.#receiver?.write(Buffer.from(bytes))
  }
}

export class Recorder {
  readonly #proxy: TcpServer
  readonly #sockets = new Set<Socket>()
  readonly #streams: Stream[] = []
  readonly #frames: Recorded[] = []
  #error: Error | null = null
  #port = 0

  private constructor(private readonly serverPort: number) {
    this.#proxy = createServer((client) => this.#connect(client))
  }

  /** Listens on a free port of 127.0.0.1 and hands everything on to the server's port there. */
  static async start(serverPort: number): Promise<Recorder> {
    const recorder = new Recorder(serverPort)
    await new Promise<void>((resolve) => recorder.#proxy.listen(0, '127.0.0.1', resolve))
    const address = recorder.#proxy.address()
    if (address && typeof address === 'object') recorder.#port = address.port
    return recorder
  }

  /** To be opened instead of the server's. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** All that crossed so far. @throws when frames could not be made out: then nothing can be said of them */
  get recorded(): readonly Recorded[] {
    if (this.#error) throw new Error('The recorder could not read a WebSocket frame.', { cause: this.#error })
    return [...this.#streams.map((stream) => stream.recorded), ...this.#frames]
  }

  /** Where any of these secrets crossed, in any of the usual encodings. */
  findAnywhere(secrets: Secrets): Hit[] {
    return this.recorded.flatMap(({ direction, kind, bytes }) =>
      search(bytes, secrets).map((hit) => ({ ...hit, where: `${kind} ${direction}` })),
    )
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#proxy.close(resolve))
  }

  #connect(client: Socket): void {
    const server = tcpConnect(this.serverPort, '127.0.0.1')
    const connection = this.#streams.length / 2
    const stream = (direction: Direction) =>
      new Stream(connection, direction, this.#frames, (error) => {
        this.#error ??= error
      })
    const up = stream('up')
    const down = stream('down')
    this.#streams.push(up, down)

    client.on('data', (chunk) => {
      up.add(chunk)
      server.write(chunk)
    })
    server.on('data', (chunk) => {
      down.add(chunk)
      // Browsers open a connection of its own for a WebSocket, so the first response tells.
      if (/^HTTP\/1\.1 101 /.test(down.head ?? '')) {
        up.upgrade()
        down.upgrade()
      }
      client.write(chunk)
    })
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(one)
      one.setNoDelay()
      one.on('end', () => other.end())
      one.on('error', () => other.destroy())
      one.on('close', () => {
        this.#sockets.delete(one)
        other.destroy()
      })
    }
  }
}
