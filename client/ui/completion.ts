/** Completing what is being typed: `@name` and `:emoji:`. Pure functions. */

export interface Unfinished {
  readonly kind: 'mention' | 'emoji'
  /** What was typed of it, without its sign. */
  readonly word: string
  /** Where its sign stands. */
  readonly from: number
}

const MENTION = /(?:^|[\s(])@([\p{L}\p{N}_.-]*(?: [\p{L}\p{N}_.-]+)?)$/u
const EMOJI = /(?:^|[\s(]|\p{Extended_Pictographic}\uFE0F?):([a-z0-9_+-]{2,})$/iu

/** What stands before the caret and may be completed; null when nothing does. */
export function unfinishedAt(text: string, caret: number): Unfinished | null {
  const before = text.slice(Math.max(0, caret - 60), caret)
  const found = MENTION.exec(before) ?? EMOJI.exec(before)
  if (!found) return null
  const word = found[1] ?? ''
  const from = caret - word.length - 1
  return { kind: text[from] === '@' ? 'mention' : 'emoji', word, from }
}

/** The names that begin like a word, in any of their parts; those whose first does come first. */
export function namesLike(names: readonly string[], word: string): string[] {
  const sought = word.toLowerCase()
  const rank = (name: string): number => {
    const lower = name.toLowerCase()
    return lower.startsWith(sought) ? 0 : lower.split(' ').some((part) => part.startsWith(sought)) ? 1 : 2
  }
  return [...new Set(names)].filter((name) => name !== '' && rank(name) < 2).sort((a, b) => rank(a) - rank(b))
}
