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
const CODE = /(?:^|[\s(]|\p{Extended_Pictographic}\uFE0F?):([a-z0-9_+-]+):$/iu

/** Nothing that is looked for before the caret is longer, in UTF-16 units. */
const LOOKED_AT = 60

const before = (text: string, caret: number): string => text.slice(Math.max(0, caret - LOOKED_AT), caret)

/** What stands before the caret and may be completed; null when nothing does, as within a word. */
export function unfinishedAt(text: string, caret: number): Unfinished | null {
  if (/^[\p{L}\p{N}_]/u.test(text.slice(caret, caret + 2))) return null
  const found = MENTION.exec(before(text, caret)) ?? EMOJI.exec(before(text, caret))
  if (!found) return null
  const word = found[1] ?? ''
  const from = caret - word.length - 1
  if (text[from] === '@') return { kind: 'mention', word, from }
  return isInCode(text, from) ? null : { kind: 'emoji', word, from }
}

/** The code between colons that ends at the caret, and where its first colon stands; null when there is none. */
export function codeAt(text: string, caret: number): { readonly code: string; readonly from: number } | null {
  const code = CODE.exec(before(text, caret))?.[1]
  if (code === undefined) return null
  const from = caret - code.length - 2
  return isInCode(text, from) ? null : { code, from }
}

/** Whether what stands at a place is code, or will be once it is closed: behind a fence or a backtick. */
export function isInCode(text: string, place: number): boolean {
  let fence = ''
  let open = ''
  for (const line of text.slice(0, place).split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/u.exec(line)?.[1] ?? ''
    if (fence !== '') {
      if (mark.startsWith(fence)) fence = ''
    } else if (mark !== '') {
      fence = mark
      open = ''
    } else {
      // A blank line ends a paragraph, and with it what a backtick began.
      if (line.trim() === '') open = ''
      for (const [ticks] of line.matchAll(/`+/gu)) if (open === '' || open === ticks) open = open === '' ? ticks : ''
    }
  }
  return fence !== '' || open !== ''
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
