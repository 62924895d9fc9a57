import { canonicalRoomUrl, formatRoomUrl, parseRoomUrl } from '../earshot.ts'

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
  return { kind: 'room', url: href }
}

/** What the address bar should show instead of `href`, or null: `/r/standup` is really `/r#standup`. */
export function canonicalUrl(href: string): string | null {
  const canonical = canonicalRoomUrl(href)
  return canonical === null || new URL(canonical, href).href === href ? null : canonical
}

/** A link, or the part of one from the room's name on: something with a scheme, with `/r#`, or with a key at its end. */
const LINK = /:\/\/|(^|\/)r[#/]|\/[\w-]{22}$/u

/** Where "Join" leads for what was typed: the open room of that name, or the room whose link was pasted, whole or in part. */
export function roomUrlFor(typed: string, origin: string): string {
  const text = typed.trim().replace(/^<|>$/gu, '')
  if (!LINK.test(text)) {
    const name = text.normalize('NFC')
    return formatRoomUrl(origin, { name, key: null, password: false, relay: false, message: null })
  }
  const url = absoluteLink(text, origin)
  const canonical = canonicalRoomUrl(url)
  return canonical === null ? url : new URL(canonical, url).href
}

function absoluteLink(text: string, origin: string): string {
  if (/^https?:\/\//iu.test(text)) return text
  if (/^\/?r[#/]/u.test(text)) return `${origin}/${text.replace(/^\//u, '')}`
  return /\/r[#/]/u.test(text) ? `${new URL(origin).protocol}//${text}` : `${origin}/r#${text}`
}
