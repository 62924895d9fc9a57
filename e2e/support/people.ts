/** People who open rooms: browsers of their own, one for each unless told otherwise. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type LaunchOptions,
} from '@playwright/test'
import { launchOptions } from './browser.ts'
import { Person } from './person.ts'
import { rememberConnections } from './sever.ts'
import { keepName } from './visited.ts'
import type { Watch } from './watch.ts'

/** Browsers that wait to be used again: starting one takes longer than many a test. */
export class BrowserPool {
  readonly #idle: Browser[] = []

  constructor(private readonly options: LaunchOptions = launchOptions()) {}

  async take(): Promise<Browser> {
    return this.#idle.pop() ?? chromium.launch(this.options)
  }

  async giveBack(browser: Browser): Promise<void> {
    await Promise.all(browser.contexts().map((context) => context.close()))
    if (browser.isConnected()) this.#idle.push(browser)
  }

  async close(): Promise<void> {
    await Promise.all(this.#idle.map((browser) => browser.close()))
  }
}

export interface ArriveOptions {
  /** The name that they took on an earlier visit; otherwise the page picks one. */
  readonly name?: string
  /** In the browser of this person, in a profile of one's own. Otherwise in another browser. */
  readonly beside?: Person
  /** Where their browser comes from, when that is not this machine. */
  readonly browsers?: BrowserPool
  /** The browser itself, in a profile of one's own there; it stays open. */
  readonly browser?: Browser
  /** Whether the connections of their page can be cut with `sever`. */
  readonly severable?: boolean
  /** In a browser of one's own with this profile, which outlives it: see `People.profile`. */
  readonly profile?: string
  /** On a phone: a small screen, and fingers. */
  readonly isPhone?: boolean
  /** Runs in every page before anything else does. */
  readonly before?: () => void
}

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
/** Pages that move take a part of the processor that tests need; `looks.spec.ts` looks at one that does. */
const PROFILE: BrowserContextOptions = { permissions: ['clipboard-read', 'clipboard-write'], reducedMotion: 'reduce' }

export class People {
  readonly #taken: { readonly browser: Browser; readonly pool: BrowserPool }[] = []
  readonly #contexts: BrowserContext[] = []
  readonly #profiles: string[] = []

  constructor(
    private readonly pool: BrowserPool,
    private readonly watch: Watch,
  ) {}

  /** Somebody opens the URL in a fresh profile. Their page is watched. */
  async arrive(url: string, options: ArriveOptions = {}): Promise<Person> {
    const { name, severable = false, profile, before } = options
    const context = await (profile === undefined ? this.#context(options) : this.#persistentContext(profile))
    if (before) await context.addInitScript(before)
    this.watch.allow(url)
    await this.watch.context(context)
    if (severable) await rememberConnections(context)
    const page = await context.newPage()
    if (name !== undefined) await keepName(page, url, name)
    await page.goto(url)
    const person = new Person(page)
    if (name !== undefined) await person.isSettled(name)
    return person
  }

  /** A browser profile that stays when its browser ends, and is gone with the test. */
  async profile(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'earshot-profile-'))
    this.#profiles.push(folder)
    return folder
  }

  async #context({ beside, browsers: pool = this.pool, browser, isPhone }: ArriveOptions): Promise<BrowserContext> {
    const options = isPhone ? { ...PROFILE, ...PHONE } : PROFILE
    if (browser) {
      const context = await browser.newContext(options)
      this.#contexts.push(context)
      return context
    }
    if (beside) return beside.browser.newContext(options)
    const taken = await pool.take()
    this.#taken.push({ browser: taken, pool })
    return taken.newContext(options)
  }

  async #persistentContext(profile: string): Promise<BrowserContext> {
    const context = await chromium.launchPersistentContext(profile, { ...launchOptions(), ...PROFILE })
    this.#contexts.push(context)
    return context
  }

  /** Opens the same room once more in this person's profile. */
  async anotherTab(person: Person): Promise<Person> {
    const page = await person.page.context().newPage()
    await page.goto(person.url)
    return new Person(page)
  }

  /** Closes everything; the browsers that still live go back to where they came from. */
  async end(): Promise<void> {
    await Promise.all([
      ...this.#taken.map(({ browser, pool }) => pool.giveBack(browser)),
      ...this.#contexts.map((context) => context.close()),
    ])
    await Promise.all(this.#profiles.map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 5 })))
  }
}
