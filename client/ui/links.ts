/** Finds the links in a text. What is shown is always exactly what was written, and a link leads where it says. */

export interface Link {
  readonly kind: 'link'
  readonly text: string
  /** Where it leads: what was written, with the scheme that it may lack. */
  readonly href: string
}

export type Part = Link | { readonly kind: 'text'; readonly text: string }

// None begins within a word, nor do a bare host and a bare address within what may be part of another one.
const scheme = /(?<![\p{L}\p{N}_])(?:https?:\/\/[\p{L}\p{N}[]|mailto:)/u.source
const host = /(?<![\p{L}\p{N}_.\-/:@=])www\.[\p{L}\p{N}]/u.source
const mailbox = /(?<![\p{L}\p{N}_.+\-/:@])[\p{L}\p{N}_][\p{L}\p{N}._+-]{0,63}@[\p{L}\p{N}]/u.source

/** A pattern for what a link begins with; with the flags `iu`. */
export const LINK_START = `${scheme}|${host}|${mailbox}`

// A link ends at white space, at what can't stand in a URL, and at invisible characters, which could reorder what it shows.
const rest = /[^\s<>"`\p{Cc}\p{Cf}]*/u.source
// An address ends with a domain. What goes on as `git@host:path` does is none.
const domain = /[\p{L}\p{N}-]*(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}(?![\p{L}\p{N}_@-]|[.:/][\p{L}\p{N}_/~])/u.source
/** A pattern for what may be a link, with what ends the sentence; with the flags `iu`. */
export const LINK = `(?:${scheme}|${host})${rest}|${mailbox}${domain}`
const candidate = new RegExp(LINK, 'giu')

const plainMail = /^mailto:[\p{L}\p{N}._+-]+@[\p{L}\p{N}.-]+\.\p{L}+$/iu
/** Nothing before an `@` that would be the real host, and a domain of a name and more. */
const plainHost = /^www(?:\.[\p{L}\p{N}-]+)+\.\p{L}{2,}(?::\d+)?(?:[/?#]|$)/iu
const closing = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
])

function count(text: string, character: string): number {
  return text.split(character).length - 1
}

/** Cuts what ends the sentence rather than the link: "(see https://a.example/b)." keeps neither ")" nor ".". */
export function withoutTail(link: string): string {
  const surplus = new Map([...closing].map(([close, open]) => [close, count(link, close) - count(link, open)]))
  let end = link.length
  for (; end > 0; end--) {
    const last = link.charAt(end - 1)
    const unmatched = surplus.get(last)
    if (unmatched === undefined ? !/[.,;:!?'’”»…*_~|]/u.test(last) : unmatched <= 0) break
    if (unmatched !== undefined) surplus.set(last, unmatched - 1)
  }
  return link.slice(0, end)
}

/** A URL as it was written, whole or without its scheme, as a link; null where it is none that one can follow. */
export function linkOf(text: string): Link | null {
  const isHost = /^www\./iu.test(text)
  if (isHost && !plainHost.test(text)) return null
  const href = isHost ? `https://${text}` : /^(?:https?|mailto):/iu.test(text) ? text : `mailto:${text}`
  return isSafe(href) ? { kind: 'link', text, href } : null
}

function isSafe(href: string): boolean {
  if (/^mailto:/iu.test(href)) return plainMail.test(href)
  try {
    return /^https?:$/u.test(new URL(href).protocol)
  } catch {
    return false
  }
}

/** Splits a text into plain parts and links to pages and to mail addresses. The parts joined are the text again. */
export function splitLinks(text: string): Part[] {
  const parts: Part[] = []
  let done = 0
  for (const match of text.matchAll(candidate)) {
    const link = linkOf(withoutTail(match[0]))
    if (!link) continue
    if (match.index > done) parts.push({ kind: 'text', text: text.slice(done, match.index) })
    parts.push(link)
    done = match.index + link.text.length
  }
  if (done < text.length) parts.push({ kind: 'text', text: text.slice(done) })
  return parts
}
