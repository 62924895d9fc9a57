/** Playwright's `test` with two households on an Internet made for tests. Where none can be made tests are skipped, and a line says why. */
import type { Browser } from '@playwright/test'
import type { Person } from '../support/person.ts'
import { roomUrl } from '../support/rooms.ts'
import type { Settings } from '../support/server.ts'
import { test as base } from '../support/test.ts'
import type { KindName } from './household.ts'
import { buildInternet, type Family, type Internet } from './internet.ts'
import { whyNoInternet } from './readiness.ts'

/** Ada at the first household, Ben at the second. */
export type Two = readonly [ada: Person, ben: Person]

export interface MeetingOptions {
  /** By which they reach the server. */
  readonly family?: Family
  /** The link's. */
  readonly relaysOnly?: boolean
}

interface Fixtures {
  readonly internet: Internet
  /** Makes the routers be of these kinds. Call it before anybody meets. */
  readonly become: (ada: KindName, ben: KindName) => void
  /** Ada and Ben open a room of their own at a server with these settings. They may meet in several rooms at a time. */
  readonly meet: (settings: Settings, options?: MeetingOptions) => Promise<Two>
}

interface Shared {
  /** One for many tests, with a browser in each household; or why there is none. */
  readonly sharedInternet: { readonly internet: Internet; readonly browsers: readonly [Browser, Browser] } | string
}

export const test = base.extend<Fixtures, Shared>({
  sharedInternet: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names out of the pattern
    async ({}, use) => {
      const reason = whyNoInternet()
      if (reason !== null) {
        process.stdout.write(`Tests of connecting across networks are skipped: ${reason}.\n`)
        await use(reason)
        return
      }
      const internet = await buildInternet()
      try {
        const [one, other] = internet.households
        const browsers = [await one.browsers.take(), await other.browsers.take()] as const
        await use({ internet, browsers })
        await one.browsers.giveBack(browsers[0])
        await other.browsers.giveBack(browsers[1])
      } finally {
        await internet.remove()
      }
    },
    { scope: 'worker' },
  ],
  internet: async ({ sharedInternet }, use, info) => {
    if (typeof sharedInternet === 'string') return info.skip(true, sharedInternet)
    const { internet } = sharedInternet
    await use(internet)
    if (info.status !== info.expectedStatus) await info.attach('coturn log', { body: internet.coturn.log })
  },
  become: async ({ internet }, use) => {
    const [one, other] = internet.households
    await use((ada, ben) => {
      one.become(ada)
      other.become(ben)
    })
  },
  meet: async ({ internet, sharedInternet, people }, use) => {
    if (typeof sharedInternet === 'string') return
    const [one, other] = sharedInternet.browsers
    await use(async (settings, { family = 4, relaysOnly = false } = {}) => {
      const url = `${roomUrl(await internet.origin(settings, family))}${relaysOnly ? '?relay' : ''}`
      return Promise.all([
        people.arrive(url, { name: 'Ada', browser: one, severable: true }),
        people.arrive(url, { name: 'Ben', browser: other, severable: true }),
      ])
    })
  },
})
