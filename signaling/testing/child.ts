/** The real server in a process of its own, so that its memory can be told from the test's. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { makeBuild } from './build.ts'
import { PATIENCE, within } from './inbox.ts'

/** What the child reports: first its port, then, whenever asked, the memory that it holds after a garbage collection. */
const report = v.object({ port: v.optional(v.number()), bytes: v.optional(v.number()) })

export interface Child {
  readonly port: number
  /** Bytes that the server holds, after a garbage collection: heap, buffers and all. */
  memory(): Promise<number>
  /** Whether it still runs. */
  readonly runs: boolean
  /** Ends it, and removes what it was given. */
  end(): Promise<void>
}

/**
 * Starts a server; `end()` must be called.
 * @param env - settings, as environment variables
 */
export async function startChild(env: Record<string, string> = {}): Promise<Child> {
  const { folder, remove } = await makeBuild()
  const child = fork(fileURLToPath(new URL('./child-main.ts', import.meta.url)), [`${folder}/page`], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', STUN_PORT: '0', LOG_LEVEL: 'info', ...env },
    execArgv: ['--import', 'tsx', '--expose-gc'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const hear = async () =>
    v.parse(report, (await within(once(child, 'message'), 'a word of the child', 4 * PATIENCE))[0])
  const { port } = await hear()
  if (port === undefined) throw new Error('The child did not tell its port.')
  return {
    port,
    async memory() {
      const heard = hear()
      child.send('memory')
      return (await heard).bytes ?? Number.NaN
    },
    get runs() {
      return child.exitCode === null && child.signalCode === null
    },
    async end() {
      child.kill('SIGKILL')
      await remove()
    },
  }
}
