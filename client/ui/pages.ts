import { signal } from '@preact/signals'
import { joinRoom } from '../earshot.ts'
import { RoomError, type RoomErrorCode } from '../room/types.ts'
import { messageOf, roomOf } from './permalink.ts'
import { canonicalUrl, routeOf } from './route.ts'
import { type RoomState, watchRoom } from './state.ts'

/** What is on the screen. */
export type Page =
  | { readonly kind: 'start' }
  /** `visit` tells two visits of one room apart. */
  | { readonly kind: 'room'; readonly state: RoomState; readonly visit: number }
  | { readonly kind: 'password'; readonly url: string }
  | { readonly kind: 'fault'; readonly message: string }
  /** The room of this name was forgotten on this device. */
  | { readonly kind: 'forgotten'; readonly name: string }
  | { readonly kind: 'unsupported'; readonly code: RoomErrorCode; readonly message: string }

export const page = signal<Page>({ kind: 'start' })

let shownUrl = ''
let visits = 0

function pageOf(href: string, password?: string): Page {
  const route = routeOf(href)
  if (route.kind !== 'room') return route
  try {
    const room = joinRoom(roomOf(route.url), password === undefined ? {} : { password })
    const state = watchRoom(room)
    room.on('forgotten', () => forgotten(state))
    const message = messageOf(route.url)
    if (message !== null) state.show(message, { wait: true })
    return { kind: 'room', state, visit: ++visits }
  } catch (error) {
    if (!(error instanceof RoomError)) throw error
    const { code, message } = error
    if (code === 'password') return { kind: 'password', url: route.url }
    const isUnsupported = code === 'not-loaded' || code === 'no-webrtc'
    return isUnsupported ? { kind: 'unsupported', code, message } : { kind: 'fault', message }
  }
}

/** Shows what belongs to the URL in the address bar, after leaving the room that was shown before. */
export function showUrl(): void {
  const canonical = canonicalUrl(location.href)
  if (canonical !== null) history.replaceState(null, '', canonical)
  if (location.href === shownUrl) return
  const message = messageOf(location.href)
  if (message !== null && page.value.kind === 'room' && roomOf(location.href) === roomOf(shownUrl)) {
    shownUrl = location.href
    page.value.state.show(message, { wait: true })
  } else show()
}

/** Shows what belongs to the URL, with this password for a room that asks for one. It is kept nowhere but in that room. */
function show(password?: string): void {
  shownUrl = location.href
  if (page.value.kind === 'room') page.value.state.close()
  page.value = pageOf(shownUrl, password)
}

/** The room is forgotten: neither its page nor its link stays in this tab. */
function forgotten(state: RoomState): void {
  if (page.value.kind !== 'room' || page.value.state !== state) return
  history.replaceState(null, '', '/')
  shownUrl = location.href
  state.close()
  page.value = { kind: 'forgotten', name: state.room.name }
}

/** Joins the room of the URL in the address bar with a password; without one, it asks for one again. */
export const tryPassword = (password?: string): void => show(password)

/** Goes to a URL, without loading anything when it is of this server; with a password for a room that asks for one. */
export function goTo(url: string, password?: string): void {
  if (new URL(url).origin === location.origin) {
    history.pushState(null, '', url)
    show(password)
  } else location.assign(url)
}
