import { signal } from '@preact/signals'
import { joinRoom } from '../earshot.ts'
import { RoomError, type RoomErrorCode } from '../room/types.ts'
import { canonicalUrl, routeOf } from './route.ts'
import { type RoomState, watchRoom } from './state.ts'

/** What is on the screen. */
export type Page =
  | { readonly kind: 'start' }
  /** `visit` tells two visits of one room apart. */
  | { readonly kind: 'room'; readonly state: RoomState; readonly visit: number }
  | { readonly kind: 'fault'; readonly message: string }
  | { readonly kind: 'unsupported'; readonly code: RoomErrorCode; readonly message: string }

export const page = signal<Page>({ kind: 'start' })

let shownUrl = ''
let visits = 0

function pageOf(href: string): Page {
  const route = routeOf(href)
  if (route.kind !== 'room') return route
  try {
    return { kind: 'room', state: watchRoom(joinRoom(route.url)), visit: ++visits }
  } catch (error) {
    if (!(error instanceof RoomError)) throw error
    const { code, message } = error
    const isUnsupported = code === 'no-crypto' || code === 'no-webrtc'
    return isUnsupported ? { kind: 'unsupported', code, message } : { kind: 'fault', message }
  }
}

/** Shows what belongs to the URL in the address bar, after leaving the room that was shown before. */
export function showUrl(): void {
  const canonical = canonicalUrl(location.href)
  if (canonical !== null) history.replaceState(null, '', canonical)
  if (location.href === shownUrl) return
  shownUrl = location.href
  if (page.value.kind === 'room') page.value.state.close()
  page.value = pageOf(shownUrl)
}

/** Goes to a URL: without loading anything when it is of this server. */
export function goTo(url: string): void {
  if (new URL(url).origin === location.origin) {
    history.pushState(null, '', url)
    showUrl()
  } else location.assign(url)
}
