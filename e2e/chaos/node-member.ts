/** A member that is a process of Node. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import * as v from 'valibot'
import type { End } from './breakable.ts'
import type { Member, MemberOptions } from './member.ts'
import { answerSchema, type Command, endsSchema, type Report, reportSchema, toldSchema } from './wire.ts'

/** Builds the process's program into a folder below the project, where its packages are found. Returns its path. */
export async function buildPeer(folder: string): Promise<string> {
  const outfile = join(folder, 'peer.mjs')
  await build({
    entryPoints: ['e2e/chaos/peer.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  })
  return outfile
}

export class NodeMember implements Member {
  readonly name: string
  readonly life: string
  readonly slot: number
  #process: ChildProcess | null = null
  #exited: Promise<void> = Promise.resolve()
  #asked = 0
  readonly #waiting = new Map<number, (answer: unknown) => void>()

  constructor(
    private readonly program: string,
    private readonly options: MemberOptions,
  ) {
    this.name = options.name
    this.life = options.life
    this.slot = options.slot
  }

  start(): Promise<boolean> {
    const { url, name, life, every, folder, told } = this.options
    const log = openSync(join(folder, `${life}.jsonl`), 'w')
    const child = spawn(process.execPath, ['--enable-source-maps', this.program, url, name, String(every)], {
      stdio: ['ignore', log, log, 'ipc'],
    })
    closeSync(log)
    this.#process = child
    return new Promise((resolve) => {
      this.#exited = new Promise((exited) => {
        child.once('exit', (code, signal) => {
          if (this.#process === child) told({ told: 'fault', what: `${life} ended by itself: ${code ?? signal}` })
          this.#process = null
          for (const answer of this.#waiting.values()) answer(null)
          this.#waiting.clear()
          resolve(false)
          exited()
        })
      })
      child.on('message', (message) => {
        const answer = v.safeParse(answerSchema, message)
        if (answer.success) {
          this.#waiting.get(answer.output.id)?.(answer.output.answer)
          this.#waiting.delete(answer.output.id)
          return
        }
        const heard = v.parse(toldSchema, message)
        if (heard.told === 'ready') resolve(true)
        told(heard)
      })
    })
  }

  async kill(): Promise<void> {
    const child = this.#process
    this.#process = null
    child?.kill('SIGKILL')
    await this.#exited
  }

  async ends(): Promise<readonly End[]> {
    return v.parse(v.nullable(endsSchema), await this.#ask({ do: 'ends' })) ?? []
  }

  async cut(how: 'close' | 'mute', connection: number): Promise<void> {
    await this.#ask({ do: how, connection })
  }

  async setPlugged(isPlugged: boolean): Promise<void> {
    await this.#ask({ do: isPlugged ? 'plug' : 'unplug' })
  }

  async hush(): Promise<void> {
    await this.#ask({ do: 'hush' })
  }

  async report(): Promise<Report> {
    return v.parse(reportSchema, await this.#ask({ do: 'report' }))
  }

  /** Null when it is dead, or dies before it answers. */
  #ask(command: Command): Promise<unknown> {
    const child = this.#process
    if (!child?.connected) return Promise.resolve(null)
    const id = ++this.#asked
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      child.send({ id, command }, (error) => {
        if (error) resolve(null)
      })
    })
  }
}
