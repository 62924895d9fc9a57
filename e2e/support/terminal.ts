/** A member in a terminal: the built `earshot-peer`, as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { expect } from '@playwright/test'

export interface TerminalOptions {
  readonly name?: string
  /** Further arguments, such as `--json`. */
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

export class Terminal {
  /** Everything that it wrote so far. */
  stdout = ''
  stderr = ''
  readonly #process: ChildProcess
  readonly #exited: Promise<number | null>

  constructor(url: string, { name, args = [], env = {} }: TerminalOptions = {}) {
    const named = name === undefined ? [] : ['--name', name]
    const child = spawn(process.execPath, ['dist/peer.mjs', ...named, ...args, url], {
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.#process = child
    this.#exited = new Promise((resolve) => child.once('close', resolve))
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text
    })
    // It may have left before it read everything.
    child.stdin.on('error', () => {})
  }

  /** The lines that it wrote to stdout. */
  get lines(): readonly string[] {
    return this.stdout.split('\n').slice(0, -1)
  }

  /** What it wrote to stdout, each line parsed: for `--json`. */
  get events(): readonly Record<string, unknown>[] {
    return this.lines.map((line) => JSON.parse(line))
  }

  /** Writes a line to its stdin. */
  say(line: string): void {
    this.#process.stdin?.write(`${line}\n`)
  }

  /** Gives it a command: for `--json`. */
  command(command: object): void {
    this.say(JSON.stringify(command))
  }

  /** Waits until it wrote this line to stdout. */
  async sees(line: string): Promise<void> {
    await expect.poll(() => this.lines, { message: `the terminal shows "${line}"` }).toContain(line)
  }

  /** Waits until it told such an event: for `--json`. */
  async tells(event: Record<string, unknown>): Promise<void> {
    await expect.poll(() => this.events).toContainEqual(expect.objectContaining(event))
  }

  /** Ends its input, as Ctrl+D does. Gives its exit code, once it ended. */
  end(): Promise<number | null> {
    this.#process.stdin?.end()
    return this.#exited
  }

  /** Ends it by a signal. Gives its exit code, or null when the signal took it. */
  kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
    this.#process.kill(signal)
    return this.#exited
  }

  /** Closes the reading end of its stdout, as `| head` does. */
  stopReading(): Promise<number | null> {
    this.#process.stdout?.destroy()
    return this.#exited
  }

  /** Its exit code, once it ended. */
  get ended(): Promise<number | null> {
    return this.#exited
  }
}
