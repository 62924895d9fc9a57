/** Put into a page before anything else: its connections can be broken from outside. */
import { type Breaker, breakable } from './breakable.ts'

declare global {
  interface Window {
    earshotBreaker?: Breaker
    /** Tells the harness something: a message that is shown with its state, or what happened to a connection. */
    earshotTold?: (text: string) => void
  }
}

const { RTCPeerConnection, breaker } = breakable(window.RTCPeerConnection, ({ connection, what }) =>
  window.earshotTold?.(JSON.stringify({ told: 'connection', connection, what })),
)
window.RTCPeerConnection = RTCPeerConnection
window.earshotBreaker = breaker

/** Tells of every message that is ever drawn, and of every state of one's own. */
const told = new Set<string>()
function tellMessages(): void {
  for (const article of document.querySelectorAll<HTMLElement>('[role=log] article')) {
    const text = /\S+\.\d+ #\d+/.exec(article.innerText)?.[0]
    if (text === undefined) continue
    const state = article.querySelector('.message-state')?.getAttribute('title')?.toLowerCase() ?? 'received'
    if (told.has(`${text} ${state}`)) continue
    told.add(`${text} ${state}`)
    window.earshotTold?.(JSON.stringify({ told: 'message', text, state }))
  }
}
new MutationObserver(tellMessages).observe(document, { subtree: true, childList: true, attributes: true })
