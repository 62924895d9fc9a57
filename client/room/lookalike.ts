/** Names that look alike though they are written otherwise: the skeletons of Unicode Technical Standard #39, section 4. */

/** White space, and whatever draws nothing: control and format characters, joiners, variation selectors, fillers. */
const UNSEEN = /[\s\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu

/** What looks as if this page had said that somebody is verified. */
const BADGES = /[\u2611\u2705\u2713\u2714\u{1f5f8}\u{1f5f9}\u{1f6e1}]|[([]?\bverified\b[)\]]?/giu

/** What each character that looks like another is drawn as. Empty until the table is loaded. */
let table: ReadonlyMap<string, string> = new Map()
let loading: Promise<void> | null = null

/** Reads the table as `make-confusables.ts` writes it. */
function parse(lines: string): Map<string, string> {
  const parsed = new Map<string, string>()
  const numbers = (part = '') => part.split(' ').map((number) => Number.parseInt(number, 36))
  for (const line of lines.split('\n')) {
    const [prototype, steps] = line.split(':').map(numbers)
    const text = String.fromCodePoint(...(prototype ?? []))
    let code = 0
    for (const step of steps ?? []) {
      code += step
      parsed.set(String.fromCodePoint(code), text)
    }
  }
  return parsed
}

/**
 * Loads the table of confusable characters, once. Until then, and where it can't be loaded, only case, white space,
 * invisible characters and compatible forms (full width, for one) are seen through. Never rejects.
 */
export function loadConfusables(): Promise<void> {
  loading ??= import('./confusables.ts').then(
    ({ confusables }) => {
      table = parse(confusables)
    },
    () => {
      loading = null
    },
  )
  return loading
}

const fold = (text: string): string => text.toUpperCase().toLowerCase().replaceAll('ς', 'σ')
const seen = (text: string): string => text.normalize('NFKD').replace(BADGES, '').replace(UNSEEN, '')
const drawn = (text: string): string => Array.from(text, (character) => table.get(character) ?? character).join('')
/** Again while it changes, as what is folded may have a prototype of its own; few do, and none goes on for ever. */
function settle(text: string): string {
  let settled = text
  for (let times = 0; times < 5; times++) {
    const next = seen(fold(drawn(settled)))
    if (next === settled) break
    settled = next
  }
  return settled
}

/**
 * The two skeletons of a name: as it is drawn, and as it is drawn without regard to case. Of "IAN" the first is that of
 * "lan" and the second that of "ian": it can be taken for both, though they can't be taken for each other.
 */
export function skeletons(name: string): readonly [string, string] {
  const text = seen(name)
  return [settle(text), settle(fold(text))]
}

/** Whether one name can be taken for the other. Names of which nothing can be seen are not compared. */
export function looksAlike(one: string, other: string): boolean {
  const [drawnOne, foldedOne] = skeletons(one)
  const [drawnOther, foldedOther] = skeletons(other)
  return drawnOne !== '' && (drawnOne === drawnOther || foldedOne === foldedOther)
}
