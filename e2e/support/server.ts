/** The real server, as a process of its own on this machine, for as long as a test needs it. */
import { type ChildProcess, spawn } from 'node:child_process'

/** Settings of the server, by the name of their environment variable. */
export type Settings = Readonly<Record<string, string>>

/** Where the server runs, and under which address it is reached there. */
export interface Place {
  readonly address: string
  /** Any that is free when it isn't given. */
  readonly port?: number
  /** The command that runs a program there. */
  command(program: string, ...args: string[]): [string, string[]]
}

const thisMachine: Place = { address: '127.0.0.1', command: (program, ...args) => [program, args] }

/** How long the server may take to start. */
const START_MS = 30_000

export class Server {
  /** Everything that it wrote to its standard output and error since the first start. */
  log = ''
  #port: number
  #process: ChildProcess | null = null

  private constructor(
    private readonly settings: Settings,
    private readonly place: Place,
  ) {
    this.#port = place.port ?? 0
  }

  /** Starts the built server, on 127.0.0.1 and a free port unless told otherwise, and waits until it listens. */
  static async start(settings: Settings = {}, place: Place = thisMachine): Promise<Server> {
    const server = new Server(settings, place)
    await server.#start()
    return server
  }

  get port(): number {
    return this.#port
  }

  /** The page's address, without a slash at its end. */
  get url(): string {
    const { address } = this.place
    return `http://${address.includes(':') ? `[${address}]` : address}:${this.#port}`
  }

  get isRunning(): boolean {
    return this.#process !== null
  }

  /** Ends it at once, as a crash or a cut power line does. */
  kill(): Promise<number | null> {
    return this.#end('SIGKILL')
  }

  /** Asks it to end. Gives its exit code. */
  stop(): Promise<number | null> {
    return this.#end('SIGTERM')
  }

  /** Starts it again on the same port after `kill` or `stop`. */
  restart(): Promise<void> {
    return this.#start()
  }

  async #start(): Promise<void> {
    if (this.#process) throw new Error('The server runs already.')
    const env = { ...process.env, HOST: this.place.address, STUN_PORT: '0', ...this.settings, PORT: String(this.#port) }
    const [command, args] = this.place.command(process.execPath, '--enable-source-maps', 'dist/server.mjs')
    const child = spawn(command, args, { env })
    this.#process = child
    await new Promise<void>((resolve, reject) => {
      let output = ''
      const fail = (reason: string) => reject(new Error(`The server ${reason}:\n${output}`))
      const timer = setTimeout(() => fail('did not start in time'), START_MS)
      const exited = (code: number | null) => fail(`ended with code ${code}`)
      child.once('exit', exited)
      const read = (data: Buffer) => {
        this.log += data
        output += data
        const port = /http:\/\/[^\s/]+:(\d+)/.exec(output)?.[1]
        if (port === undefined) return
        this.#port = Number(port)
        clearTimeout(timer)
        child.off('exit', exited)
        resolve()
      }
      child.stdout.on('data', read)
      child.stderr.on('data', (data: Buffer) => {
        this.log += data
        output += data
      })
    })
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#process
    this.#process = null
    if (!child) return null
    if (child.exitCode !== null) return child.exitCode
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
    child.kill(signal)
    return exited
  }
}
