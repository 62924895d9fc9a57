/** A WebSocket by hand, for what no client library would send. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { SIGNAL_PATH } from '../protocol.ts'
import { within } from './inbox.ts'

/** Opcodes (RFC 6455, section 5.2). */
export const CONTINUATION = 0
export const TEXT = 1
export const BINARY = 2
export const CLOSE = 8
export const PING = 9
export const PONG = 10

/** A masked frame (RFC 6455, section 5.2). `length` is what its header says; by default the truth. */
export function frame(opcode: number, payload: Uint8Array, { fin = true, length = payload.length } = {}): Buffer {
  const first = (fin ? 0x80 : 0) | opcode
  let head: Buffer
  if (length < 126) {
    head = Buffer.from([first, 0x80 | length])
  } else if (length < 65536) {
    head = Buffer.from([first, 0x80 | 126, length >> 8, length & 0xff])
  } else {
    head = Buffer.alloc(10)
    head[0] = first
    head[1] = 0x80 | 127
    head.writeBigUInt64BE(BigInt(length), 2)
  }
  // A mask of zeros leaves the payload as it is.
  return Buffer.concat([head, Buffer.alloc(4), payload])
}

/** The request for a WebSocket (RFC 6455, section 4.1). */
export function upgradeRequest(port: number): string {
  const key = randomBytes(16).toString('base64')
  return (
    `GET ${SIGNAL_PATH} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
    `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`
  )
}

/** Opens a TCP connection and upgrades it. What the server sends from then on is not read: `resume()` does. */
export async function openRaw(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.on('error', () => {})
  await within(once(socket, 'connect'), 'the connection')
  socket.write(upgradeRequest(port))
  await within(once(socket, 'readable'), 'the answer to the upgrade')
  socket.read()
  return socket
}

/** Resolves when a socket is gone, however it went: `once` would reject for an error before it. */
export const gone = (socket: Socket): Promise<void> => new Promise((resolve) => socket.once('close', () => resolve()))

/** Sends a request as it is, and returns all that comes back until the server ends the connection. */
export async function exchange(port: number, request: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' })
  const chunks: Buffer[] = []
  socket.on('error', () => {})
  socket.on('data', (chunk) => chunks.push(chunk))
  socket.write(request)
  await within(gone(socket), 'the end of the connection')
  return Buffer.concat(chunks).toString()
}
