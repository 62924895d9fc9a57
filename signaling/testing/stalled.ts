/** A connection to a client that takes nothing, without a network. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import fastify from 'fastify'
import { WebSocketServer } from 'ws'
import { readSettings } from '../config.ts'
import { Connection } from '../connection.ts'
import { Faults } from '../faults.ts'
import { IceServers } from '../ice-servers.ts'
import { Switchboard } from '../switchboard.ts'
import { Tally } from '../tally.ts'

/** A connection whose client takes nothing until `flow()`. `sent` is what got through, without the answer to the upgrade. */
export function stalledConnection(env: Record<string, string>) {
  const sent: Buffer[] = []
  let waiting: (() => void) | null = null
  let stalled = false
  const stream = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      sent.push(chunk)
      if (stalled) waiting = done
      else done()
    },
  })
  const flow = () => {
    stalled = false
    waiting?.()
  }
  const request = new IncomingMessage(new Socket())
  request.method = 'GET'
  const key = randomBytes(16).toString('base64')
  Object.assign(request.headers, { upgrade: 'websocket', 'sec-websocket-key': key, 'sec-websocket-version': '13' })
  const settings = readSettings(env)
  const faults = new Faults(fastify().log)
  const iceServers = new IceServers(settings, () => null)
  const exchange = { settings, switchboard: new Switchboard(10), faults, iceServers, keptSeats: new Tally(10) }
  let connection: Connection | undefined
  new WebSocketServer({ noServer: true }).handleUpgrade(request, stream, Buffer.alloc(0), (ws) => {
    connection = new Connection(ws, { address: 'here', host: null }, exchange, () => faults.close())
  })
  assert.ok(connection)
  sent.length = 0
  stalled = true
  return { connection, stream, sent, flow }
}
