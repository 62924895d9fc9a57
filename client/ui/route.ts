import { canonicalRoomUrl, formatRoomUrl, parseRoomUrl } from '../earshot.ts'
import { words } from './text.ts'

/** What the page shows at a URL. */
export type Route =
  | { readonly kind: 'start' }
  | { readonly kind: 'room'; readonly url: string }
  | { readonly kind: 'fault'; readonly message: string }

/** The route of a URL that is in its canonical form, see `canonicalUrl`. */
export function routeOf(href: string): Route {
  const { pathname, hash } = new URL(href)
  if (!/^\/r\/?$/u.test(pathname) && !pathname.startsWith('/r/')) return { kind: 'start' }
  if (hash.length <= 1 && /^\/r\/?$/u.test(pathname)) return { kind: 'start' }
  const parsed = parseRoomUrl(href)
  if (!parsed.ok) return { kind: 'fault', message: parsed.fault.message }
  if (parsed.address.password) return { kind: 'fault', message: words.password }
  return { kind: 'room', url: href }
}

/** What the address bar should show instead of `href`, or null: `/r/standup` is really `/r#standup`. */
export function canonicalUrl(href: string): string | null {
  const canonical = canonicalRoomUrl(href)
  return canonical === null || new URL(canonical, href).href === href ? null : canonical
}

/** Where "Join" leads for what was typed: the open room of that name, or the room whose whole link was pasted. */
export function roomUrlFor(typed: string, origin: string): string {
  const text = typed.trim()
  if (/^https?:\/\/[^\s/]+\/r[#/]\S*$/iu.test(text) && parseRoomUrl(text).ok) return text
  const name = text.normalize('NFC')
  return formatRoomUrl(origin, { name, key: null, password: false, relay: false, message: null })
}
