/** One person at one page: what people do and see there, by the accessible names of the page. */
import { type Browser, expect, type Locator, type Page } from '@playwright/test'

export class Person {
  readonly log: Locator
  readonly articles: Locator
  readonly memberItems: Locator
  readonly status: Locator
  readonly textbox: Locator

  constructor(readonly page: Page) {
    this.log = page.getByRole('log', { name: 'Messages' })
    this.articles = this.log.getByRole('article')
    this.memberItems = page.getByRole('list', { name: 'Members' }).getByRole('listitem')
    this.status = page.getByRole('status', { name: 'Connection' })
    this.textbox = page.getByRole('textbox', { name: 'Message', exact: true })
  }

  get browser(): Browser {
    const browser = this.page.context().browser()
    if (!browser) throw new Error('This page has no browser.')
    return browser
  }

  /** The room's URL, as the address bar shows it. */
  get url(): string {
    return this.page.url()
  }

  /** Writes a message and sends it with Enter. Line breaks stay. */
  async say(text: string): Promise<void> {
    await this.textbox.fill(text)
    await this.textbox.press('Enter')
  }

  /** Waits until this text stands in exactly one message. */
  async sees(text: string): Promise<void> {
    await expect(this.message(text)).toHaveCount(1)
  }

  /** The messages that hold this text. */
  message(text: string): Locator {
    return this.articles.filter({ hasText: text })
  }

  /** Waits until exactly these messages are shown, in this order. */
  async reads(texts: readonly string[]): Promise<void> {
    await expect(this.articles).toHaveText(texts.map((text) => new RegExp(literally(text))))
  }

  /** What every message shows, in order. */
  messages(): Promise<string[]> {
    return this.articles.allInnerTexts()
  }

  /** The item of a member in the list of members. */
  member(name: string): Locator {
    return this.memberItems.filter({ hasText: name })
  }

  /** Waits until exactly these people are in the room, oneself among them. */
  async isWith(...names: string[]): Promise<void> {
    await expect(this.memberItems).toHaveCount(names.length)
    for (const name of names) await expect(this.member(name)).toHaveCount(1)
  }

  /** Takes another name through the settings, and waits until it is shown: as it was typed unless told otherwise. */
  async rename(name: string, shown = name): Promise<void> {
    await this.page.getByRole('button', { name: 'Settings' }).click()
    const textbox = this.page.getByRole('textbox', { name: 'Your name' })
    await textbox.fill(name)
    await textbox.press('Enter')
    await expect(textbox).toBeHidden()
    await expect(this.member(shown)).toHaveCount(1)
  }

  /** Opens what is said of somebody's safety number, says that it matches, and gives it. */
  async verify(name: string): Promise<string> {
    await this.page.getByRole('button', { name: `Verify ${name}`, exact: true }).click()
    const number = this.page.getByRole('dialog').getByLabel('Safety number')
    await expect(number).toHaveText(/^\d{5}( \d{5}){11}$/)
    const digits = (await number.textContent()) ?? ''
    await this.page.getByRole('button', { name: 'They match' }).click()
    await expect(this.page.getByRole('dialog')).toBeHidden()
    return digits
  }

  async reload(): Promise<void> {
    await this.page.reload()
  }

  /** Closes the tab as people do: the page gets to say goodbye. */
  async closeTab(): Promise<void> {
    const closed = this.page.waitForEvent('close')
    await this.page.close({ runBeforeUnload: true })
    await closed
  }

  /** The browser dies at once, with all its pages. */
  async kill(): Promise<void> {
    const session = await this.browser.newBrowserCDPSession()
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    const main = processInfo.find(({ type }) => type === 'browser')
    if (!main) throw new Error('The browser does not tell its process.')
    const gone = new Promise<void>((resolve) => this.browser.once('disconnected', () => resolve()))
    process.kill(main.id, 'SIGKILL')
    await gone
  }

  /**
   * Begins to record every state of the list of members that this page ever shows, however short.
   * @returns a function that gives the states so far, each as the texts of its items
   */
  async recordMembers(): Promise<() => Promise<string[][]>> {
    const states = await this.page.evaluateHandle(() => {
      const recorded: string[][] = []
      const record = () => {
        const items = document.querySelectorAll<HTMLElement>('[aria-label="Members"] li')
        const state = [...items].map((item) => item.innerText)
        if (JSON.stringify(state) !== JSON.stringify(recorded.at(-1))) recorded.push(state)
      }
      record()
      const everything = { subtree: true, childList: true, characterData: true, attributes: true }
      new MutationObserver(record).observe(document.documentElement, everything)
      return recorded
    })
    return () => states.jsonValue()
  }
}

/** A text as a pattern that matches it literally. */
function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
