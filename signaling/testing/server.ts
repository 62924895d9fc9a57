/** The real server within a test's process, on a free port of the loopback interface. */
import { PassThrough } from 'node:stream'
import type { TestContext } from 'node:test'
import { readSettings } from '../config.ts'
import { createServer } from '../server.ts'
import { BUILD, makeBuild } from './build.ts'
import { Client, newTopic } from './client.ts'

export interface TestServer {
  readonly port: number
  readonly url: string
  /** What it has logged so far. */
  log(): string
  close(): Promise<void>
  /** What /healthz says. */
  health(): Promise<unknown>
}

/**
 * Starts a server that ends with the test.
 * @param env - settings, as environment variables
 */
export async function startServer(t: TestContext, env: Record<string, string> = {}): Promise<TestServer> {
  const { folder, remove } = await makeBuild()
  const stream = new PassThrough()
  const lines: string[] = []
  stream.on('data', (data: Buffer) => lines.push(data.toString()))
  const settings = readSettings({ PORT: '0', HOST: '127.0.0.1', STUN_PORT: '0', LOG_LEVEL: 'trace', ...env })
  const server = await createServer(settings, BUILD, { page: `${folder}/page`, log: stream })
  const { port } = await server.listen()
  t.after(async () => {
    await server.close()
    await remove()
  })
  const url = `http://127.0.0.1:${port}`
  return {
    port,
    url,
    log: () => lines.join(''),
    close: () => server.close(),
    health: async () => (await fetch(`${url}/healthz`)).json(),
  }
}

/** A server with two members in a room. */
export async function pair(t: TestContext, env: Record<string, string> = {}) {
  const { port, ...server } = await startServer(t, env)
  const topic = newTopic()
  const ada = await Client.join(port, topic)
  const bob = await Client.join(port, topic)
  await ada.next('joined')
  return { ...server, port, topic, ada, bob }
}
