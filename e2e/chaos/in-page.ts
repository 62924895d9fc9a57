/** Put into a page before anything else: its connections can be broken from outside, and what it draws is told and read. */
import { type Breaker, breakable } from './breakable.ts'

interface Drawn {
  readonly text: string
  readonly state: string
}

declare global {
  interface Window {
    earshotBreaker?: Breaker
    earshotReader?: (how: { readonly whole: boolean; readonly earlier: string }) => Promise<Drawn[][]>
    /** Tells the harness something: a message that is drawn with its state, or what happened to a connection. */
    earshotTold?: (text: string) => void
  }
}

const { RTCPeerConnection, breaker } = breakable(window.RTCPeerConnection, ({ connection, what }) =>
  window.earshotTold?.(JSON.stringify({ told: 'connection', connection, what })),
)
window.RTCPeerConnection = RTCPeerConnection
window.earshotBreaker = breaker

/** All messages that are drawn. */
function drawn(): Drawn[] {
  return [...document.querySelectorAll<HTMLElement>('[role=log] article')].map((article) => {
    // Only one's own have a state.
    const state = article.querySelector('[title=Sending], [title=Sent], [title=Delivered]')?.getAttribute('title')
    return {
      text: article.querySelector('.message-text')?.textContent ?? '',
      state: state?.toLowerCase() ?? 'received',
    }
  })
}

const told = new Set<string>()
function tell(): void {
  for (const { text, state } of drawn()) {
    if (told.has(`${text} ${state}`)) continue
    told.add(`${text} ${state}`)
    window.earshotTold?.(JSON.stringify({ told: 'message', text, state }))
  }
}
new MutationObserver(tell).observe(document, { subtree: true, childList: true, attributes: true })

const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))

/** Gives what is drawn, and with `whole` what is before it, one slice for each step up. `earlier`: the button that steps up. */
window.earshotReader = async ({ whole, earlier }) => {
  const slices = [drawn()]
  while (whole) {
    const buttons = [...document.querySelectorAll<HTMLElement>('[role=log] button')]
    const button = buttons.find(({ innerText }) => innerText.trim() === earlier)
    if (!button) break
    button.click()
    await frame()
    await frame()
    slices.push(drawn())
  }
  document.querySelector<HTMLElement>('.to-the-end')?.click()
  return slices
}
