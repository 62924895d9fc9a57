/** A client for tests: speaks the protocol, and says what came in. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { type ErrorCode, parseServerMessage, type ServerMessage, SIGNAL_PATH } from '../protocol.ts'
import { peerId } from '../switchboard.ts'
import { Inbox, PATIENCE, within } from './inbox.ts'

/** What a visit joins with. */
export interface Visit {
  readonly token: string
  readonly commit: string
}

export const newVisit = (): Visit => ({
  token: randomBytes(16).toString('hex'),
  commit: randomBytes(32).toString('hex'),
})
export const newTopic = (): string => randomBytes(32).toString('hex')
export const peerOf = (visit: Visit): string => peerId(visit).toString('hex')

type MessageOf<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>

export interface ClientOptions {
  readonly headers?: Record<string, string>
  /** Comes by https, to a server that calls itself this; any certificate will do. */
  readonly servername?: string
  /** Address of this machine to come from. */
  readonly localAddress?: string
}

export class Client {
  readonly #messages = new Inbox<ServerMessage>()
  readonly #frames = new Inbox<Buffer>()
  /** Resolves to the close code. */
  readonly closed: Promise<number>

  private constructor(
    readonly socket: WebSocket,
    readonly visit: Visit,
  ) {
    this.closed = once(socket, 'close').then(([code]) => Number(code))
    socket.on('error', () => {})
    socket.on('message', (data, isBinary) => {
      if (!Buffer.isBuffer(data)) return
      if (isBinary) return this.#frames.put(data)
      const message = parseServerMessage(data.toString())
      assert.ok(message, `the server sent ${data}`)
      this.#messages.put(message)
    })
  }

  /** Connects. */
  static async open(port: number, options: ClientOptions = {}): Promise<Client> {
    const scheme = options.servername === undefined ? 'ws' : 'wss'
    const socket = new WebSocket(`${scheme}://127.0.0.1:${port}${SIGNAL_PATH}`, {
      ...options,
      rejectUnauthorized: false,
    })
    const client = new Client(socket, newVisit())
    await within(once(client.socket, 'open'), 'the WebSocket opens')
    return client
  }

  /** Connects and joins. */
  static async join(port: number, topic: string, visit = newVisit(), options?: ClientOptions): Promise<Client> {
    const client = await Client.open(port, options)
    await client.join(topic, visit)
    return client
  }

  /** Joins and waits for the welcome. */
  async join(topic: string, visit: Visit): Promise<MessageOf<'welcome'>> {
    Object.assign(this.visit, visit)
    this.sendJoin(topic, visit)
    const welcome = await this.next('welcome')
    assert.equal(welcome.peer, this.peer)
    return welcome
  }

  get peer(): string {
    return peerOf(this.visit)
  }

  sendJoin(topic: string, visit: Visit = this.visit): void {
    this.sendText(JSON.stringify({ type: 'join', v: 1, topic, ...visit }))
  }

  sendText(text: string): void {
    this.socket.send(text)
  }

  /** Sends a frame to a peer of the room. */
  sendTo(peer: string, body: Uint8Array): void {
    this.socket.send(Buffer.concat([Buffer.from(peer, 'hex'), body]))
  }

  /** Sends the same to a peer again and again, as fast as the server takes it, until something happens or fails to. */
  async sendUntil<T>(happened: Promise<T>, peer: string, body: Uint8Array): Promise<T> {
    let over = false
    const end = () => {
      over = true
    }
    happened.then(end, end)
    while (!over) {
      if (this.socket.bufferedAmount < 20 * body.length)
        for (let index = 0; index < 20; index++) this.sendTo(peer, body)
      await setTimeout(2)
    }
    return happened
  }

  /** The next text message, which must be of this type. */
  async next<T extends ServerMessage['type']>(type: T, patience = PATIENCE): Promise<MessageOf<T>> {
    const message = await this.#messages.take(`a message "${type}"`, patience)
    assert.equal(message.type, type, `unexpected ${JSON.stringify(message)}`)
    return message as MessageOf<T>
  }

  /** The next binary frame: who it is from, and what it holds. */
  async nextFrame(): Promise<{ from: string; body: Buffer }> {
    const frame = await this.#frames.take('a binary frame')
    return { from: frame.toString('hex', 0, 16), body: frame.subarray(16) }
  }

  /** Waits for an error of this code, and for the close that follows. Returns the close code. */
  async refused(code: ErrorCode, patience = PATIENCE): Promise<number> {
    assert.equal((await this.next('error', patience)).code, code)
    return within(this.closed, `the close after "${code}"`)
  }

  /** Asserts that nothing came that was not taken, up to an answer of the server to a question asked now. */
  async heardNothing(): Promise<void> {
    this.sendText('{"type":"ping"}')
    await this.next('pong')
    assert.deepEqual([this.#messages.waiting, this.#frames.waiting], [[], []])
  }

  /** Drops the connection as a cut cable does in the end: without a close frame. */
  break(): void {
    this.socket.terminate()
  }

  /** Closes with this code and waits until it is closed. */
  async close(code = 1000): Promise<void> {
    this.socket.close(code)
    await within(this.closed, 'the close')
  }
}
