/** Listens to every page of a test for what must never happen in any of them. */
import type { BrowserContext, Page } from '@playwright/test'
import type { Page as FirefoxPage } from 'puppeteer-core'

/** What pages say while the server is gone on purpose. */
export const SERVER_AWAY = [
  /WebSocket connection to .* failed/,
  /net::ERR_(CONNECTION_(REFUSED|RESET|CLOSED)|CONTENT_LENGTH_MISMATCH|EMPTY_RESPONSE)/,
  /^request failed: \S+\/signal NS_ERROR_(CONNECTION_REFUSED|NET_RESET|NET_INTERRUPT)$/,
  /^uncaught: Firefox can’t establish a connection to the server at \S+\/signal\.$/,
  /^uncaught: The connection to \S+\/signal was interrupted while the page was loading\.$/,
]

/** Runs in every page before anything else does. Chromium itself doesn't log every kind of violation. */
function reportViolations() {
  document.addEventListener('securitypolicyviolation', (event) => {
    // biome-ignore lint/suspicious/noConsole: the console is what is watched
    console.error(`CSP violation: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`)
  })
}

export class Watch {
  readonly #faults: string[] = []
  readonly #expected: RegExp[] = []
  readonly #hosts = new Set<string>()
  #listening = true

  /** What happened so far that must not, except what was expected. */
  get faults(): readonly string[] {
    return this.#faults.filter((fault) => !this.#expected.some((pattern) => pattern.test(fault)))
  }

  /** From now on these are no faults, before and after. Name as little as possible. */
  expect(...patterns: RegExp[]): void {
    this.#expected.push(...patterns)
  }

  /** Lets pages talk with the host of this URL. */
  allow(url: string): void {
    this.#hosts.add(new URL(url).host)
  }

  /** Stops listening: call it before anything that the pages use is ended. */
  stop(): void {
    this.#listening = false
  }

  /** Listens to all pages of a context, also to those that it opens later. */
  async context(context: BrowserContext): Promise<void> {
    await context.addInitScript(reportViolations)
    context.on('console', (message) => {
      if (message.type() === 'error') this.#add(`console: ${message.text()} (${message.location().url})`)
    })
    context.on('weberror', (error) => this.#add(`uncaught: ${error.error().stack ?? error.error().message}`))
    context.on('request', (request) => this.#checkHost(request.url()))
    context.on('requestfailed', (request) => {
      // A reload aborts what was under way.
      const reason = request.failure()?.errorText ?? ''
      if (reason !== 'net::ERR_ABORTED') this.#add(`request failed: ${request.url()} ${reason}`)
    })
    context.on('response', (response) => {
      if (response.status() >= 400) this.#add(`status ${response.status()}: ${response.url()}`)
    })
    context.on('page', (page) => this.#page(page))
  }

  /** Listens to one page of Firefox. Call it before it opens anything. WebSockets are requests there. */
  async firefox(page: FirefoxPage): Promise<void> {
    await page.evaluateOnNewDocument(reportViolations)
    page.on('console', (message) => {
      if (message.type() === 'error') this.#add(`console: ${message.text()} (${message.location().url})`)
    })
    page.on('pageerror', (error) => this.#add(`uncaught: ${error instanceof Error ? error.message : String(error)}`))
    page.on('request', (request) => this.#checkHost(request.url()))
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? ''
      if (reason !== 'NS_BINDING_ABORTED') this.#add(`request failed: ${request.url()} ${reason}`)
    })
    page.on('response', (response) => {
      if (response.status() >= 400) this.#add(`status ${response.status()}: ${response.url()}`)
    })
    page.on('error', (error) => this.#add(`page crashed: ${page.url()} ${error.message}`))
  }

  #page(page: Page): void {
    page.on('websocket', (socket) => this.#checkHost(socket.url()))
    page.on('crash', () => this.#add(`page crashed: ${page.url()}`))
  }

  #checkHost(url: string): void {
    const { protocol, host } = new URL(url)
    if (['data:', 'blob:', 'about:'].includes(protocol)) return
    if (!this.#hosts.has(host)) this.#add(`another host: ${url}`)
  }

  #add(fault: string): void {
    if (this.#listening) this.#faults.push(fault)
  }
}
