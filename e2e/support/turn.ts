/** A real coturn on this machine, started as `npm run turn` starts it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { lacks } from '../../signaling/testing/program.ts'
import type { Settings } from './server.ts'

const HERE = '127.0.0.1'
const TURN_SECRET = 'north-south-east-west'

/** Why tests with a relay are skipped; false where they can run. */
export const lacksTurn = lacks('turnserver')

async function freePort(): Promise<number> {
  const server = createServer().listen(0, HERE)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, HERE)
    const end = (open: boolean) => {
      socket.destroy()
      resolve(open)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
  })
}

export class Turn {
  /** What the signaling server needs to tell of it. */
  readonly settings: Settings
  readonly #process: ChildProcess

  private constructor(child: ChildProcess, settings: Settings) {
    this.#process = child
    this.settings = settings
  }

  /** Starts it, and waits until it listens. It relays to itself, and to nobody else of this machine. */
  static async start(): Promise<Turn> {
    const port = await freePort()
    const settings = { TURN_URLS: `turn:${HERE}:${port}`, TURN_SECRET }
    const own = { TURN_HOST: HERE, TURN_ALLOWED_PEERS: HERE }
    const child = spawn(process.execPath, ['--import', 'tsx', 'signaling/turn.ts'], {
      env: { ...process.env, ...settings, ...own },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const turn = new Turn(child, settings)
    while (!(await isOpen(port)))
      if (child.exitCode !== null) throw new Error(`coturn ended with code ${child.exitCode}.`)
    return turn
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return
    const ended = once(this.#process, 'exit')
    this.#process.kill()
    await ended
  }
}
