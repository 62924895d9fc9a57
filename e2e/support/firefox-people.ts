/** People who open rooms in Firefox: in processes of their own, which are used again, and always in fresh profiles. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import type { Browser, BrowserContext } from 'puppeteer-core'
import { launchFirefox } from './firefox.ts'
import { FirefoxPerson } from './firefox-person.ts'
import { keepName } from './visited.ts'
import type { Watch } from './watch.ts'

/** Firefoxes that wait to be used again: starting one takes seconds. */
export class FirefoxPool {
  readonly #idle: Browser[] = []

  async take(): Promise<Browser> {
    return this.#idle.pop() ?? launchFirefox()
  }

  giveBack(browser: Browser): void {
    if (browser.connected) this.#idle.push(browser)
  }

  async close(): Promise<void> {
    await Promise.all(this.#idle.map((browser) => browser.close()))
  }
}

export interface FirefoxOptions {
  /** The name that they took on an earlier visit; otherwise the page picks one. */
  readonly name?: string
  /** In a Firefox of one's own with this profile, which outlives it: see `FirefoxPeople.profile`. */
  readonly profile?: string
}

export class FirefoxPeople {
  readonly #taken: { readonly browser: Browser; readonly context: BrowserContext }[] = []
  readonly #own: Browser[] = []
  readonly #profiles: string[] = []

  constructor(
    private readonly pool: FirefoxPool,
    private readonly watch: Watch,
  ) {}

  /** Somebody opens the URL in Firefox. Their page is watched. */
  async arrive(url: string, { name, profile }: FirefoxOptions = {}): Promise<FirefoxPerson> {
    const context = await (profile === undefined ? this.#freshContext() : this.#contextOf(profile))
    const page = await context.newPage()
    this.watch.allow(url)
    await this.watch.firefox(page)
    if (name !== undefined) {
      // Firefox asks for that beside a picture.
      this.watch.expect(/^status 404: \S+\/favicon\.ico$/)
      await keepName(page, url, name)
    }
    await page.goto(url)
    const person = new FirefoxPerson(page)
    if (name !== undefined) await person.isSettled(name)
    return person
  }

  /** A profile that stays when its Firefox ends, and is gone with the test. */
  async profile(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'earshot-firefox-'))
    this.#profiles.push(folder)
    return folder
  }

  async #freshContext(): Promise<BrowserContext> {
    const browser = await this.pool.take()
    const context = await browser.createBrowserContext()
    this.#taken.push({ browser, context })
    return context
  }

  async #contextOf(profile: string): Promise<BrowserContext> {
    // The library puts the profile's settings back once it saw that the last Firefox is gone.
    await expect.poll(async () => (await readdir(profile)).filter((file) => file.endsWith('.puppeteer'))).toEqual([])
    const browser = await launchFirefox(undefined, profile)
    this.#own.push(browser)
    return browser.defaultBrowserContext()
  }

  /** Closes everything; the browsers that still live go back to where they came from. */
  async end(): Promise<void> {
    for (const { browser, context } of this.#taken) {
      if (browser.connected) await context.close()
      this.pool.giveBack(browser)
    }
    await Promise.all(this.#own.filter(({ connected }) => connected).map((browser) => browser.close()))
    await Promise.all(this.#profiles.map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 5 })))
  }
}
