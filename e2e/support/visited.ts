/** Somebody who was here before: their name is kept already, so that a test need not begin in the settings. */
import { pageScript } from './page-script.ts'

/** A page of any browser. */
interface AnyPage {
  goto(url: string): Promise<unknown>
  evaluate(script: string): Promise<unknown>
}

let script: Promise<string> | null = null

/** Keeps a name in this page's profile, for the server of the URL. */
export async function keepName(page: AnyPage, url: string, name: string): Promise<void> {
  script ??= pageScript('e2e/support/keep-name.ts', 'visited')
  // Anything of the server but the page itself, which would take another name at once.
  await page.goto(new URL('/favicon.svg', url).href)
  await page.evaluate(`${await script}; visited.keepName(${JSON.stringify(name)})`)
}
