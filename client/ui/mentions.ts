/** Who is spoken to by `@name`. Pure functions. */

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')

/** A pattern for `@` and any of these names, whole; null when there are none. The longest name wins. */
function pattern(names: readonly string[]): RegExp | null {
  const all = names.filter((name) => name !== '').sort((a, b) => b.length - a.length)
  if (all.length === 0) return null
  return new RegExp(`(?<![\\p{L}\\p{N}_])@(?:${all.map(escaped).join('|')})(?![\\p{L}\\p{N}_])`, 'giu')
}

/** Whether a text speaks to somebody of this name. */
export function mentions(text: string, name: string): boolean {
  return text.includes('@') && (pattern([name])?.test(text) ?? false)
}

export type Part = { readonly kind: 'text' | 'mention'; readonly text: string }

/** Splits a text at the mentions of these names. The parts joined are the text again. */
export function splitMentions(text: string, names: readonly string[]): Part[] {
  const found = text.includes('@') ? pattern(names) : null
  if (!found) return [{ kind: 'text', text }]
  const parts: Part[] = []
  let done = 0
  for (const match of text.matchAll(found)) {
    if (match.index > done) parts.push({ kind: 'text', text: text.slice(done, match.index) })
    parts.push({ kind: 'mention', text: match[0] })
    done = match.index + match[0].length
  }
  if (done < text.length) parts.push({ kind: 'text', text: text.slice(done) })
  return parts
}
