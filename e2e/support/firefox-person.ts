/**
 * One person at one page in Firefox. Like `Person`, by accessible roles and names: those that Firefox itself tells. As
 * asking for them takes many round trips, the parts of the page that are read again and again are found once.
 */
import { expect } from '@playwright/test'
import type { ElementHandle, Page } from 'puppeteer-core'
import { recordedMembers } from './members.ts'
import { SAFETY_NUMBER, type Talker } from './talker.ts'

/** How long is waited for what must come. */
const WAIT_MS = 15_000

/** A selector for what has this role and exactly this name. */
const aria = (role: string, name: string) => `::-p-aria([role="${role}"][name="${name}"])`

const MESSAGES = aria('log', 'Messages')
const MEMBERS = aria('list', 'Members')
const STATUS = aria('status', 'Connection')

export class FirefoxPerson implements Talker {
  readonly #found = new Map<string, ElementHandle>()

  constructor(readonly page: Page) {}

  get url(): string {
    return this.page.url()
  }

  async say(text: string): Promise<void> {
    await this.write('Message', text)
    await this.page.keyboard.press('Enter')
  }

  /** Puts this into the textbox of that name, in place of what is there, by the keyboard. */
  async write(name: string, text: string): Promise<void> {
    await this.click('textbox', name)
    await this.#press('Control', 'a')
    for (const [index, line] of text.split('\n').entries()) {
      if (index > 0) await this.#press('Shift', 'Enter')
      await this.page.keyboard.type(line)
    }
  }

  /** Clicks what has this role and exactly this name, as soon as it can be clicked. */
  async click(role: string, name: string): Promise<void> {
    await this.page.locator(aria(role, name)).setTimeout(WAIT_MS).click()
  }

  /** Opens the menu of the message that holds a text. */
  async openMenu(text: string): Promise<void> {
    await this.sees(text)
    const article = await this.page.evaluateHandle(
      (part) => [...document.querySelectorAll('article')].find((item) => item.innerText.includes(part)) ?? null,
      text,
    )
    const button = await article.asElement()?.$(aria('button', 'Actions'))
    if (!button) throw new Error(`The message "${text}" has no menu.`)
    await button.click()
    await this.page.locator(aria('menu', 'Message')).setTimeout(WAIT_MS).waitHandle()
  }

  async sees(text: string): Promise<void> {
    const holding = async () => (await this.messages()).filter((message) => message.includes(text)).length
    await expect.poll(holding, `messages with "${text}"`).toBe(1)
  }

  async reads(texts: readonly string[]): Promise<void> {
    await expect.poll(() => this.messages()).toEqual(texts.map((text) => expect.stringContaining(text)))
  }

  async seesBy(author: string, text: string): Promise<void> {
    await this.sees(text)
    const messages = await this.#part(MESSAGES)
    const label = await messages.evaluate(
      (log, part) => [...log.querySelectorAll('article')].find((item) => item.innerText.includes(part))?.ariaLabel,
      text,
    )
    if (!label) throw new Error(`The message "${text}" has no name.`)
    expect(label.startsWith(author), `"${text}" is by ${author}: ${label}`).toBe(true)
    expect(await messages.$(aria('article', label)), 'Firefox tells the same name').not.toBeNull()
  }

  async delivered(text: string): Promise<void> {
    const lines = async () => (await this.messages()).find((message) => message.includes(text))?.split('\n')
    await expect.poll(lines, `what is said of "${text}"`).toContain('Delivered')
  }

  /** Waits until one's message with this text is said to be sent, though nobody has it. */
  async sent(text: string): Promise<void> {
    const lines = async () => (await this.messages()).find((message) => message.includes(text))
    await expect.poll(lines, `what is said of "${text}"`).toContain('Sent · nobody has it yet')
  }

  async safetyNumber(name: string): Promise<string> {
    await this.click('button', `Verify ${name}`)
    const group = await this.page.locator(aria('group', 'Safety number')).setTimeout(WAIT_MS).waitHandle()
    const number = () => group.evaluate((element) => element.textContent ?? '')
    await expect.poll(number).toMatch(SAFETY_NUMBER)
    const shown = await number()
    await this.page.keyboard.press('Escape')
    return shown
  }

  async isWith(...names: string[]): Promise<void> {
    const shown = async () => {
      const items = await this.members()
      return items.map((item) => names.find((name) => item.includes(name)) ?? item).sort()
    }
    await expect.poll(shown).toEqual([...names].sort())
  }

  async isTold(pattern: RegExp, { not = false } = {}): Promise<void> {
    const status = async () => (await this.#part(STATUS)).evaluate((element) => element.textContent ?? '')
    // A server that is back is tried again within this time.
    await (not ? expect.poll(status, { timeout: 30_000 }).not.toMatch(pattern) : expect.poll(status).toMatch(pattern))
  }

  /** Waits until the page knows its name, and what it loads after one can type is there. */
  async isSettled(name: string): Promise<void> {
    await expect.poll(() => this.members()).toContainEqual(expect.stringContaining(name))
    await expect.poll(() => this.page.$(aria('button', 'Emoji'))).not.toBeNull()
  }

  async rename(name: string): Promise<void> {
    await this.click('button', 'Settings')
    await this.write('Your name', name)
    await this.page.keyboard.press('Enter')
    await expect.poll(() => this.page.$(aria('textbox', 'Your name')), 'the settings are closed').toBeNull()
    await this.isSettled(name)
  }

  async reload(): Promise<void> {
    this.#found.clear()
    await this.page.reload()
  }

  async closeTab(): Promise<void> {
    await this.page.close({ runBeforeUnload: true })
  }

  async kill(): Promise<void> {
    const process = this.page.browser().process()
    if (!process) throw new Error('This Firefox was not started here.')
    const gone = new Promise<void>((resolve) => process.once('exit', () => resolve()))
    process.kill('SIGKILL')
    await gone
  }

  async recordMembers(): Promise<() => Promise<string[][]>> {
    const states = await this.page.evaluateHandle(recordedMembers)
    return () => states.jsonValue()
  }

  /** What every message shows, in order. */
  async messages(): Promise<string[]> {
    const messages = await this.#part(MESSAGES)
    return messages.evaluate((log) => [...log.querySelectorAll('article')].map((item) => item.innerText))
  }

  /** What is shown of every member, in order. */
  async members(): Promise<string[]> {
    const members = await this.#part(MEMBERS)
    return members.evaluate((list) => [...list.querySelectorAll('li')].map((item) => item.innerText))
  }

  /** Waits for a part of the page, and finds it anew when it was drawn anew. */
  async #part(selector: string): Promise<ElementHandle> {
    const known = this.#found.get(selector)
    if (known && (await known.evaluate((element) => element.isConnected))) return known
    const part = await this.page.locator(selector).setTimeout(WAIT_MS).waitHandle()
    this.#found.set(selector, part)
    return part
  }

  async #press(modifier: 'Control' | 'Shift', key: 'a' | 'Enter'): Promise<void> {
    const { keyboard } = this.page
    await keyboard.down(modifier)
    await keyboard.press(key)
    await keyboard.up(modifier)
  }
}
