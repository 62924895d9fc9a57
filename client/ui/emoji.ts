/** All emoji with their names. Loaded when one is first looked for. */
import compact from 'emojibase-data/en/compact.json'
import codes from 'emojibase-data/en/shortcodes/github.json'

export interface Emoji {
  readonly emoji: string
  readonly name: string
  /** What is typed between colons for it, the first of them. */
  readonly code: string
  readonly group: number
  /** All that it is found by. */
  readonly found: readonly string[]
}

/** Groups in the order in which they are shown, by their numbers in the data. Skin tones alone are no group. */
export const GROUPS = [0, 1, 3, 4, 5, 6, 7, 8, 9] as const

/** Of each emoji what the build leaves in the data: see `esbuild.config.mjs`. */
type Kept = Pick<(typeof compact)[number], 'unicode' | 'label' | 'tags' | 'hexcode' | 'group' | 'order'>
const kept: readonly Kept[] = compact

const codeTable = new Map(Object.entries(codes))
const byCode = new Map<string, string>()

/** As keyboards type it: without the mark that asks for colours, where it has them anyway. */
const asTyped = (unicode: string): string => unicode.replace(/(\p{Emoji_Presentation})\uFE0F/gu, '$1')

export const ALL: readonly Emoji[] = kept
  .flatMap(({ unicode, label, tags, hexcode, group, order }) => {
    if (group === undefined || group === 2) return []
    const own = [codeTable.get(hexcode) ?? []].flat()
    const code = own[0] ?? label.toLowerCase().replace(/[^a-z0-9]+/gu, '_')
    const emoji = asTyped(unicode)
    for (const each of [...own, code]) byCode.set(each, emoji)
    return [{ emoji, name: label, code, group, order, found: [...own, code, label.toLowerCase(), ...(tags ?? [])] }]
  })
  .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))

/** The emoji that has exactly this code, or null. */
export const emojiOf = (code: string): string | null => byCode.get(code.toLowerCase()) ?? null

/** The emoji that a word stands for, best first. */
export function findEmoji(word: string, most: number): Emoji[] {
  const sought = word.trim().toLowerCase()
  if (sought === '') return []
  const rank = ({ code, found }: Emoji): number => {
    if (code === sought) return 0
    if (found.includes(sought)) return 1
    if (code.startsWith(sought)) return 2
    return found.some((text) => text.startsWith(sought)) ? 3 : found.some((text) => text.includes(sought)) ? 4 : 5
  }
  return ALL.map((emoji) => ({ emoji, rank: rank(emoji) }))
    .filter(({ rank }) => rank < 5)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ emoji }) => emoji)
}
