/** Playwright's `test` with two people in a home network. Where none can be made tests are skipped, and a line says why. */
import type { Person } from '../support/person.ts'
import { roomUrl } from '../support/rooms.ts'
import { test as base } from '../support/test.ts'
import type { Cable } from './cable.ts'
import { loseNothing, widen } from './faults.ts'
import { buildHome, type Home } from './home.ts'
import { whyNoNetworks } from './readiness.ts'

interface Fixtures {
  /** The network, as it was built; one's faults are gone after the test. */
  readonly home: Home
  /** Ada and Ben on hosts of their own, in a room of their own, connected. */
  readonly ada: Person
  readonly ben: Person
  /** Ada's. */
  readonly cable: Cable
}

interface Shared {
  /** One for many tests, or why there is none. */
  readonly sharedHome: Home | string
}

/** What pages say while their network is gone. */
const OFFLINE = [
  /WebSocket connection to .* failed/,
  /net::ERR_(INTERNET_DISCONNECTED|NETWORK_CHANGED|ADDRESS_UNREACHABLE|CONNECTION_\w+|TIMED_OUT)/,
]

export const test = base.extend<Fixtures, Shared>({
  sharedHome: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names out of the pattern
    async ({}, use) => {
      const reason = whyNoNetworks()
      if (reason !== null) {
        process.stdout.write(`Tests of real networks are skipped: ${reason}.\n`)
        await use(reason)
        return
      }
      const home = await buildHome()
      await use(home)
      await home.remove()
    },
    { scope: 'worker' },
  ],
  home: async ({ sharedHome, watch }, use, info) => {
    if (typeof sharedHome === 'string') return info.skip(true, sharedHome)
    watch.expect(...OFFLINE)
    await use(sharedHome)
    for (const { cable } of [sharedHome.one, sharedHome.other]) {
      cable.connect()
      loseNothing(cable)
      widen(cable)
    }
  },
  cable: async ({ home }, use) => {
    await use(home.one.cable)
  },
  ada: async ({ home, people }, use) => {
    const { browsers } = home.one
    await use(await people.arrive(roomUrl(home.server.url), { name: 'Ada', browsers, severable: true }))
  },
  ben: async ({ home, people, ada }, use) => {
    const { browsers } = home.other
    await use(await people.arrive(ada.url, { name: 'Ben', browsers, severable: true }))
  },
})
