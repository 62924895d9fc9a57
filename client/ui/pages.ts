import { effect, signal } from '@preact/signals'
import { joinRoom, parseRoomUrl } from '../earshot.ts'
import { RoomError, type RoomErrorCode } from '../room/types.ts'
import { titleText } from '../texts/page/text.ts'
import { addRoom, bringForward, closeRoom, type OpenRoom, openRoom, openRooms, unreadInAll } from './open-rooms.ts'
import { messageOf, roomOf } from './permalink.ts'
import { canonicalUrl, routeOf } from './route.ts'
import { type RoomState, watchRoom } from './state.ts'

/** What is on the screen. */
export type Page =
  | { readonly kind: 'start' }
  | { readonly kind: 'room'; readonly room: OpenRoom }
  | { readonly kind: 'password'; readonly url: string }
  | { readonly kind: 'fault'; readonly message: string }
  /** The room of this name was forgotten on this device. */
  | { readonly kind: 'forgotten'; readonly name: string }
  | { readonly kind: 'unsupported'; readonly code: RoomErrorCode; readonly message: string }

export const page = signal<Page>({ kind: 'start' })

let shownUrl = ''

function pageOf(href: string, password?: string): Page {
  const route = routeOf(href)
  if (route.kind !== 'room') return route
  const url = roomOf(route.url)
  const there = openRoom(url)
  if (there && password === undefined) return { kind: 'room', room: there }
  if (there) closeRoom(there)
  try {
    const room = joinRoom(url, password === undefined ? {} : { password })
    const state = watchRoom(room)
    room.on('forgotten', () => forgotten(state))
    return { kind: 'room', room: addRoom(url, state) }
  } catch (error) {
    if (!(error instanceof RoomError)) throw error
    const { code, message } = error
    if (code === 'password') return { kind: 'password', url: route.url }
    const isUnsupported = code === 'not-loaded' || code === 'no-webrtc'
    return isUnsupported ? { kind: 'unsupported', code, message } : { kind: 'fault', message }
  }
}

/** Shows what belongs to the URL in the address bar. Rooms that one is in stay open behind it. */
export function showUrl(): void {
  const canonical = canonicalUrl(location.href)
  if (canonical !== null) history.replaceState(null, '', canonical)
  if (location.href !== shownUrl) show()
}

/** Shows what belongs to the URL, with this password for a room that asks for one. It is kept nowhere but in that room. */
function show(password?: string): void {
  shownUrl = location.href
  put(pageOf(shownUrl, password))
  const message = messageOf(shownUrl)
  if (message !== null && page.value.kind === 'room') page.value.room.state.show(message, { wait: true })
}

function put(next: Page): void {
  const room = next.kind === 'room' ? next.room : null
  bringForward(room)
  if (page.value.kind !== 'room' || page.value.room !== room) page.value = next
}

/** Leaves a room; whoever sees it goes to the start page. */
export function leaveRoom(room: OpenRoom): void {
  const isShown = page.value.kind === 'room' && page.value.room === room
  closeRoom(room)
  if (isShown) goTo('/')
}

/** The room is forgotten: neither its page nor its link stays in this tab. */
function forgotten(state: RoomState): void {
  const room = page.value.kind === 'room' && page.value.room.state === state ? page.value.room : null
  const there = room ?? openRoom(roomOf(state.room.inviteUrl))
  if (there) closeRoom(there)
  if (!room) return
  history.replaceState(null, '', '/')
  shownUrl = location.href
  put({ kind: 'forgotten', name: state.room.name })
}

/** Joins the room of the URL in the address bar with a password; without one, it asks for one again. */
export function tryPassword(password?: string): void {
  const there = openRoom(roomOf(location.href))
  if (there) closeRoom(there)
  show(password)
}

/** Goes to a URL, without loading anything when it is of this server; with a password for a room that asks for one. */
export function goTo(url: string, password?: string): void {
  const target = new URL(url, location.href)
  if (target.origin === location.origin) {
    if (target.href !== location.href) history.pushState(null, '', target.href)
    show(password)
  } else location.assign(url)
}

/** Goes on in another room, and leaves this one. */
export function moveTo(from: RoomState, url: string, password?: string): void {
  const old = openRooms.peek().find(({ state }) => state === from)
  goTo(url, password)
  if (old) closeRoom(old)
}

/** Follows a link within the page; one that is to open elsewhere is left to the browser. */
export function follow(event: MouseEvent & { readonly currentTarget: HTMLAnchorElement }): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  goTo(event.currentTarget.href)
}

/** The name of the room that the title tells; null where there is none. */
function titleName(shown: Page): string | null {
  if (shown.kind === 'room') return shown.room.state.label.value ?? shown.room.state.room.name
  if (shown.kind !== 'password') return null
  const parsed = parseRoomUrl(shown.url)
  return parsed.ok ? parsed.address.name : null
}

/** Keeps the title true, and the badge of the app where there is one. */
export function startTitle(): void {
  effect(() => {
    document.title = titleText(titleName(page.value), unreadInAll.value)
  })
  effect(() => {
    const count = unreadInAll.value
    // A platform without badges has nothing to say about it.
    if ('setAppBadge' in navigator) void navigator.setAppBadge(count).catch(() => {})
  })
}
