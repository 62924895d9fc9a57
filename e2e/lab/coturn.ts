/** A real coturn in a namespace, as `npm run turn` starts it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pass } from 'node:timers/promises'
import { run } from './command.ts'
import type { Namespace } from './namespace.ts'

const START_MS = 10_000

export class Coturn {
  /** What it wrote since its first start. */
  log = ''
  readonly #folder = mkdtempSync(join(tmpdir(), 'earshot-coturn-'))
  #command: ChildProcess | null = null

  /**
   * @param addresses - of the namespace, without brackets
   * @param secret - that it shares with the servers
   */
  constructor(
    private readonly namespace: Namespace,
    private readonly addresses: readonly string[],
    private readonly secret: string,
  ) {
    const names = addresses.map((address) => `IP:${address}`).join()
    run('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
      ...[
        '-subj',
        '/CN=lab',
        '-addext',
        `subjectAltName=${names}`,
        '-keyout',
        this.#file('key'),
        '-out',
        this.#file('cert'),
      ],
    ])
  }

  /** Starts it, and waits until it listens: on 3478 by UDP and TCP, on 443 by TLS. */
  async start(): Promise<void> {
    const [address = ''] = this.addresses
    const [command, args] = this.namespace.command(process.execPath, 'dist/turn.mjs')
    const env = {
      ...process.env,
      TURN_URLS: `turn:${address}:3478,turns:${address}:443`,
      TURN_SECRET: this.secret,
      TURN_CERT: this.#file('cert'),
      TURN_KEY: this.#file('key'),
      LOG_LEVEL: 'debug',
    }
    const child = spawn(command, args, { env })
    this.#command = child
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        this.log += data
      })
    const deadline = Date.now() + START_MS
    while (!this.#listens()) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`coturn did not start:\n${this.log}`)
      await pass(50)
    }
  }

  /** Ends it at once, as a crash does. */
  async kill(): Promise<void> {
    const child = this.#command
    this.#command = null
    if (child === null || child.exitCode !== null) return
    const exited = once(child, 'exit')
    // The command that started it cleans up, and ends by itself.
    for (const pid of this.namespace.processes)
      if (readFileSync(`/proc/${pid}/comm`, 'utf8') === 'turnserver\n') process.kill(pid, 'SIGKILL')
    await exited
  }

  async remove(): Promise<void> {
    await this.kill()
    rmSync(this.#folder, { recursive: true })
  }

  #file(name: string): string {
    return join(this.#folder, `${name}.pem`)
  }

  #listens(): boolean {
    const open = this.namespace.run('ss', ['-Hltun'])
    const wanted = this.addresses.flatMap((address) => {
      const host = address.includes(':') ? `[${address}]` : address
      return [`udp .* ${host}:3478 `, `tcp .* ${host}:3478 `, `tcp .* ${host}:443 `]
    })
    return wanted.every((line) => new RegExp(line.replace(/[[\]]/g, '\\$&')).test(open))
  }
}
