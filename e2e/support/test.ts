/** Playwright's `test` with what Earshot's tests need. No test passes when one of its pages did what no page may do. */
import { test as base, expect, type TestInfo } from '@playwright/test'
import { FirefoxPeople, FirefoxPool } from './firefox-people.ts'
import { BrowserPool, People } from './people.ts'
import { Recorder } from './recorder.ts'
import { Server, type Settings } from './server.ts'
import { Terminal, type TerminalOptions } from './terminal.ts'
import { Watch } from './watch.ts'

interface Fixtures {
  /** What went wrong in any page; looked at when the test ends. */
  readonly watch: Watch
  readonly people: People
  /** People with Firefox: skip tests that use them where `firefoxPath` gives none. */
  readonly firefoxPeople: FirefoxPeople
  /** Starts a server with these settings; it ends with the test. */
  readonly startServer: (settings?: Settings) => Promise<Server>
  /** A running server with its default settings, shared with other tests: don't end it. */
  readonly server: Server
  /** Somebody joins from a terminal, which ends with the test. */
  readonly startTerminal: (url: string, options?: TerminalOptions) => Terminal
  /** Stands between the pages and `server`. Open `recorder.url` instead of the server's. */
  readonly recorder: Recorder
}

/** What is started once and serves many tests: starting it takes longer than many a test. */
interface Shared {
  readonly browsers: BrowserPool
  readonly firefoxes: FirefoxPool
  readonly sharedServer: Server
}

async function attachLogs(info: TestInfo, servers: readonly Server[]): Promise<void> {
  if (info.status === info.expectedStatus) return
  await info.attach('server log', { body: servers.map(({ log }) => log).join('\n') })
}

export const test = base.extend<Fixtures, Shared>({
  browsers: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names out of the pattern
    async ({}, use) => {
      const pool = new BrowserPool()
      await use(pool)
      await pool.close()
    },
    { scope: 'worker' },
  ],
  firefoxes: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      const pool = new FirefoxPool()
      await use(pool)
      await pool.close()
    },
    { scope: 'worker' },
  ],
  sharedServer: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      const server = await Server.start()
      await use(server)
      await server.kill()
    },
    { scope: 'worker' },
  ],
  watch: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      const watch = new Watch()
      await use(watch)
      expect(watch.faults, 'what no page may do').toEqual([])
    },
    { auto: true },
  ],
  people: async ({ browsers, watch }, use) => {
    const people = new People(browsers, watch)
    await use(people)
    watch.stop()
    await people.end()
  },
  firefoxPeople: async ({ firefoxes, watch }, use) => {
    const people = new FirefoxPeople(firefoxes, watch)
    await use(people)
    watch.stop()
    await people.end()
  },
  startServer: async ({ watch }, use, info) => {
    const servers: Server[] = []
    await use(async (settings) => {
      const server = await Server.start(settings)
      servers.push(server)
      return server
    })
    watch.stop()
    await Promise.all(servers.map((server) => server.kill()))
    await attachLogs(info, servers)
  },
  server: async ({ sharedServer }, use, info) => {
    await use(sharedServer)
    await attachLogs(info, [sharedServer])
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  startTerminal: async ({}, use) => {
    const terminals: Terminal[] = []
    await use((url, options) => {
      const terminal = new Terminal(url, options)
      terminals.push(terminal)
      return terminal
    })
    await Promise.all(terminals.map((terminal) => terminal.kill()))
  },
  recorder: async ({ server, watch }, use) => {
    const recorder = await Recorder.start(server.port)
    await use(recorder)
    watch.stop()
    await recorder.close()
  },
})

export { expect }
