/** One person at one page: what people do and see there, by the accessible names of the page. */
import { type Browser, expect, type Locator, type Page } from '@playwright/test'
import { recordedMembers } from './members.ts'
import { SAFETY_NUMBER, type Talker } from './talker.ts'

export class Person implements Talker {
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

  get url(): string {
    return this.page.url()
  }

  /** Waits until the page knows its name, and what it loads after one can type is there. */
  async isSettled(name: string): Promise<void> {
    // On a phone the list is folded.
    const members = this.page.getByRole('list', { name: 'Members', includeHidden: true })
    const items = members.getByRole('listitem', { includeHidden: true })
    await expect(items.filter({ hasText: name })).toHaveCount(1)
    await expect(this.page.getByRole('button', { name: 'Emoji' })).toBeVisible()
  }

  async say(text: string): Promise<void> {
    await this.textbox.fill(text)
    const isForFingers = await this.page.evaluate(() => matchMedia('(hover: none) and (pointer: coarse)').matches)
    // There Enter breaks the line.
    if (isForFingers) await this.page.getByRole('button', { name: /^(Send|Save)$/ }).tap()
    else await this.textbox.press('Enter')
  }

  /** Says so many things, numbered from 1, much faster than anybody types. Not for phones, where Enter breaks the line. */
  async saysMany(count: number, textOf: (n: number) => string): Promise<void> {
    const texts = Array.from({ length: count }, (_, index) => textOf(index + 1))
    await this.textbox.evaluate((field: HTMLTextAreaElement, texts) => {
      for (const text of texts) {
        field.value = text
        field.dispatchEvent(new InputEvent('input', { bubbles: true }))
        field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
      }
    }, texts)
  }

  async sees(text: string): Promise<void> {
    await expect(this.message(text)).toHaveCount(1)
  }

  /** The messages that hold this text. */
  message(text: string): Locator {
    return this.articles.filter({ hasText: text })
  }

  async reads(texts: readonly string[]): Promise<void> {
    await expect(this.articles).toHaveText(texts.map((text) => new RegExp(literally(text))))
  }

  async seesBy(author: string, text: string): Promise<void> {
    await expect(this.message(text)).toHaveAccessibleName(new RegExp(`^${literally(author)}\\b`))
  }

  async delivered(text: string): Promise<void> {
    await expect(this.message(text).getByRole('button', { name: 'Delivered', exact: true })).toBeVisible()
  }

  async isTold(pattern: RegExp, { not = false } = {}): Promise<void> {
    // A server that is back is tried again within this time.
    await (not
      ? expect(this.status).not.toHaveText(pattern, { timeout: 30_000 })
      : expect(this.status).toHaveText(pattern))
  }

  /** What every message shows, in order. */
  messages(): Promise<string[]> {
    return this.articles.allInnerTexts()
  }

  /** The item of a member in the list of members. */
  member(name: string): Locator {
    return this.memberItems.filter({ hasText: name })
  }

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

  async safetyNumber(name: string): Promise<string> {
    const digits = await this.#openSafetyNumber(name)
    await this.page.keyboard.press('Escape')
    await expect(this.page.getByRole('dialog')).toBeHidden()
    return digits
  }

  /** Opens what is said of somebody's safety number, says that it matches, and gives it. */
  async verify(name: string): Promise<string> {
    const digits = await this.#openSafetyNumber(name)
    await this.page.getByRole('button', { name: 'They match' }).click()
    await expect(this.page.getByRole('dialog')).toBeHidden()
    return digits
  }

  async reload(): Promise<void> {
    await this.page.reload()
  }

  async closeTab(): Promise<void> {
    const closed = this.page.waitForEvent('close')
    await this.page.close({ runBeforeUnload: true })
    await closed
  }

  async kill(): Promise<void> {
    const session = await this.browser.newBrowserCDPSession()
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    const main = processInfo.find(({ type }) => type === 'browser')
    if (!main) throw new Error('The browser does not tell its process.')
    const gone = new Promise<void>((resolve) => this.browser.once('disconnected', () => resolve()))
    process.kill(main.id, 'SIGKILL')
    await gone
  }

  async recordMembers(): Promise<() => Promise<string[][]>> {
    const states = await this.page.evaluateHandle(recordedMembers)
    return () => states.jsonValue()
  }

  async #openSafetyNumber(name: string): Promise<string> {
    await this.page.getByRole('button', { name: `Verify ${name}`, exact: true }).click()
    const number = this.page.getByRole('dialog').getByLabel('Safety number')
    await expect(number).toHaveText(SAFETY_NUMBER)
    return (await number.textContent()) ?? ''
  }
}

/** A text as a pattern that matches it literally. */
function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
