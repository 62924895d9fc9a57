/** People who open rooms: browsers of their own, one for each unless told otherwise. */
import { type Browser, chromium } from '@playwright/test'
import { launchOptions } from './browser.ts'
import { Person } from './person.ts'
import { rememberConnections } from './sever.ts'
import type { Watch } from './watch.ts'

/** Browsers that wait to be used again: starting one takes longer than many a test. */
export class BrowserPool {
  readonly #idle: Browser[] = []

  async take(): Promise<Browser> {
    return this.#idle.pop() ?? chromium.launch(launchOptions())
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
  /** The name to take, through the settings; otherwise the one that the page picked stays. */
  readonly name?: string
  /** In the browser of this person, in a profile of one's own. Otherwise in another browser. */
  readonly beside?: Person
  /** Whether the connections of their page can be cut with `sever`. */
  readonly severable?: boolean
}

export class People {
  readonly #browsers: Browser[] = []

  constructor(
    private readonly pool: BrowserPool,
    private readonly watch: Watch,
  ) {}

  /** Somebody opens the URL in a fresh profile. Their page is watched. */
  async arrive(url: string, { name, beside, severable = false }: ArriveOptions = {}): Promise<Person> {
    const browser = beside?.browser ?? (await this.pool.take())
    if (!beside) this.#browsers.push(browser)
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
    this.watch.allow(url)
    await this.watch.context(context)
    if (severable) await rememberConnections(context)
    const page = await context.newPage()
    await page.goto(url)
    const person = new Person(page)
    if (name !== undefined) await person.rename(name)
    return person
  }

  /** Opens the same room once more in this person's profile. */
  async anotherTab(person: Person): Promise<Person> {
    const page = await person.page.context().newPage()
    await page.goto(person.url)
    return new Person(page)
  }

  /** Closes everything; the browsers that still live go back to the pool. */
  async end(): Promise<void> {
    await Promise.all(this.#browsers.map((browser) => this.pool.giveBack(browser)))
  }
}
