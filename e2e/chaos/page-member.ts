/** A member that is a page in a Chromium of its own, whose profile outlives it. */
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, chromium } from '@playwright/test'
import * as v from 'valibot'
import { words } from '../../client/texts/page/text.ts'
import { launchOptions } from '../support/browser.ts'
import { Person } from '../support/person.ts'
import type { Watch } from '../support/watch.ts'
import type { Breaker, End } from './breakable.ts'
import type { Member, MemberOptions } from './member.ts'
import { type Report, reportSchema, toldSchema } from './wire.ts'

/** How long a page may take to come into the room before it is loaded anew, as a person would, in milliseconds. */
const PATIENCE = 8_000
const RETRY = 500
/** How long a line may take to write and to send on a machine that has much to do, in milliseconds. */
const WRITING = 15_000

type Shown = Report['messages']

/** Puts what is drawn after scrolling up before what was drawn until then: both are slices that overlap. */
export function joinSlices(earlier: Shown, later: Shown): Shown {
  const fits = (at: number) =>
    earlier.slice(at, at + later.length).every(({ text }, index) => text === later[index]?.text)
  for (let at = 0; at < earlier.length; at++) if (fits(at)) return [...earlier.slice(0, at), ...later]
  throw new Error('What is drawn does not overlap with what was drawn before.')
}

export class PageMember implements Member {
  readonly name: string
  readonly life: string
  readonly slot: number
  #launching: Promise<BrowserContext> | null = null
  #context: BrowserContext | null = null
  #person: Person | null = null
  #isDead = false
  #talking: Promise<void> = Promise.resolve()
  #isTalking = false
  #said = 0

  constructor(
    private readonly init: string,
    private readonly watch: Watch,
    private readonly options: MemberOptions,
  ) {
    this.name = options.name
    this.life = options.life
    this.slot = options.slot
  }

  async start(): Promise<boolean> {
    try {
      return await this.#start()
    } catch (error) {
      // It may be killed at any moment on its way.
      if (this.#isDead) return false
      throw error
    }
  }

  async #start(): Promise<boolean> {
    const { folder, name, url } = this.options
    this.#launching = chromium.launchPersistentContext(join(folder, `profile-${name}`), launchOptions())
    const context = await this.#launching
    this.#context = context
    this.watch.allow(url)
    await this.watch.context(context)
    await context.exposeBinding('earshotTold', (_source, text: string) => this.#told(text))
    await context.addInitScript(this.init)
    context.on('console', (message) => this.#log({ console: message.text() }))
    const page = context.pages()[0] ?? (await context.newPage())
    const person = new Person(page)
    this.#person = person
    while (!this.#isDead) {
      try {
        await page.goto(url, { timeout: PATIENCE })
        await person.textbox.waitFor({ timeout: PATIENCE })
        await person.memberItems.filter({ hasText: words.you }).waitFor({ timeout: PATIENCE })
        if (!(await person.member(name).isVisible())) await person.rename(name)
        break
      } catch (error) {
        // The server is away. Whoever wants in tries again.
        this.#log({ tryingAgain: String(error).split('\n')[0] })
        await new Promise((resolve) => setTimeout(resolve, RETRY))
      }
    }
    if (this.#isDead) return false
    this.#isTalking = true
    this.#talking = this.#talk(person)
    this.options.told({ told: 'ready' })
    return true
  }

  async kill(): Promise<void> {
    this.#isDead = true
    this.#isTalking = false
    const context = await this.#launching?.catch(() => null)
    const page = context?.pages()[0]
    if (page) await new Person(page).kill()
    await this.#talking
  }

  async ends(): Promise<readonly End[]> {
    return (await this.#break((breaker) => breaker.ends())) ?? []
  }

  async cut(how: 'close' | 'mute', connection: number): Promise<void> {
    if (how === 'close') await this.#break((breaker, id) => breaker.close(id), connection)
    else await this.#break((breaker, id) => breaker.mute(id), connection)
  }

  async setPlugged(isPlugged: boolean): Promise<void> {
    await this.#context?.setOffline(!isPlugged).catch(() => {})
    await this.#break((breaker, plugged) => (plugged ? breaker.plug() : breaker.unplug()), Number(isPlugged))
  }

  async hush(): Promise<void> {
    this.#isTalking = false
    await this.#talking
  }

  async report(whole: boolean): Promise<Report> {
    const person = this.#person
    if (!person) throw new Error(`${this.life} is not there.`)
    const how = { whole, earlier: words.earlier }
    const slices = await person.page.evaluate((how) => window.earshotReader?.(how), how)
    const [last = [], ...more] = v.parse(v.array(reportSchema.entries.messages), slices)
    const messages = more.reduce((all, earlier) => joinSlices(earlier, all), last)
    const items = await person.memberItems.evaluateAll((all) =>
      all.map((item) => ({
        name: item.querySelector<HTMLElement>('.name')?.innerText ?? '',
        text: item.textContent ?? '',
      })),
    )
    const isLinked = (text: string) =>
      /direct, |relayed|connected(?! through)/.test(text) || new RegExp(`\\b${words.you}\\b`).test(text)
    return { messages, members: items.map(({ name, text }) => ({ name, isLinked: isLinked(text) })) }
  }

  async #talk({ page, textbox }: Person): Promise<void> {
    while (this.#isTalking) {
      const next = new Promise((resolve) => setTimeout(resolve, this.options.every))
      try {
        await textbox.fill(`${this.life} #${this.#said + 1}`, { timeout: WRITING })
        await textbox.press('Enter', { timeout: WRITING })
        this.#said++
      } catch (error) {
        if (!this.#isDead && !page.isClosed())
          this.options.told({ told: 'fault', what: `${this.life} can't type: ${error}` })
      }
      await next
    }
  }

  /** Undefined when the page is dead, or dies meanwhile. */
  async #break<T>(what: (breaker: Breaker, value: number) => T, value = 0): Promise<T | undefined> {
    const page = this.#person?.page
    if (!page || this.#isDead) return undefined
    try {
      const breaker = await page.evaluateHandle(() => window.earshotBreaker)
      return await breaker.evaluate(what as (breaker: Breaker | undefined, value: number) => T, value)
    } catch {
      return undefined
    }
  }

  #told(text: string): void {
    this.#log(JSON.parse(text))
    const told = v.parse(toldSchema, JSON.parse(text))
    this.options.told(told)
  }

  #log(event: object): void {
    const line = JSON.stringify({ time: new Date().toISOString().slice(11, 23), ...event })
    appendFileSync(join(this.options.folder, `${this.life}.jsonl`), `${line}\n`)
  }
}
