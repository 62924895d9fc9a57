/** Finds the links in a text. What is shown is always exactly what was written, and a link leads where it says. */

export type Part = { readonly kind: 'text' | 'link'; readonly text: string }

// A link ends at white space, at what can't stand in a URL, and at invisible characters, which could reorder what it shows.
const candidate = /(?:https?:\/\/[\p{L}\p{N}[]|mailto:)[^\s<>"`\p{Cc}\p{Cf}]*/giu
/** "xhttps://" is not a link. */
const wordEnd = /[\p{L}\p{N}_]$/u
const plainMail = /^mailto:[\p{L}\p{N}._+-]+@[\p{L}\p{N}.-]+\.\p{L}+$/iu
const closing = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
])

function count(text: string, character: string): number {
  return text.split(character).length - 1
}

/** Cuts what ends the sentence rather than the link: "(see https://a.example/b)." keeps neither ")" nor ".". */
function withoutTail(link: string): string {
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

function isSafe(link: string): boolean {
  if (/^mailto:/iu.test(link)) return plainMail.test(link)
  try {
    return /^https?:$/u.test(new URL(link).protocol)
  } catch {
    return false
  }
}

/** Splits a text into plain parts and http, https and plain mailto links. The parts joined are the text again. */
export function splitLinks(text: string): Part[] {
  const parts: Part[] = []
  let done = 0
  for (const match of text.matchAll(candidate)) {
    const link = withoutTail(match[0])
    if (wordEnd.test(text.slice(done, match.index).slice(-2)) || !isSafe(link)) continue
    if (match.index > done) parts.push({ kind: 'text', text: text.slice(done, match.index) })
    parts.push({ kind: 'link', text: link })
    done = match.index + link.length
  }
  if (done < text.length) parts.push({ kind: 'text', text: text.slice(done) })
  return parts
}
