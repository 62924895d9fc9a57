/** How people's names are shown, and the sign that goes with an author. Pure functions. */

/** Control and format characters that could reorder or hide what stands around a name; joiners stay, scripts and emoji need them. */
const tricks = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
/** Something that draws ink: not white space, not a mark alone, not a filler that looks like nothing. */
const visible = /[^\p{Z}\p{C}\p{M}\u115f\u1160\u2800\u3164\uffa0]/u

/** A name made harmless for showing: on one line, reordering nothing around it, and never invisible. */
export function displayName(name: string): string {
  const plain = name.replace(/\s+/gu, ' ').replace(tricks, '').trim()
  return visible.test(plain) ? plain : 'Someone'
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/** A name inside a sentence: one in a right-to-left script is isolated, so that it can't pull its neighbours along. */
export function nameInSentence(name: string): string {
  const plain = displayName(name)
  return rightToLeft.test(plain) ? `\u2068${plain}\u2069` : plain
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

function firstGrapheme(word: string): string {
  const [first] = graphemes.segment(word)
  const grapheme = first?.segment ?? ''
  // A letter under a tower of combining marks would cover its neighbours.
  return grapheme.length > 12 ? (grapheme.match(/./u)?.[0] ?? '') : grapheme
}

/** One or two characters for a name: "QO" for Quiet Otter. */
export function initials(name: string): string {
  const all = displayName(name).split(' ')
  const first = firstGrapheme(all[0] ?? '')
  const last = all.length > 1 ? firstGrapheme(all.at(-1) ?? '') : ''
  return `${first}${last}`.toLocaleUpperCase('en')
}

export const colours = 12
export const shapes = 4

/** The colour and shape of an author: the same on every device, and far apart for ids that look alike. */
export function signOf(id: string): { colour: number; shape: number } {
  let hash = 0x811c9dc5
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193)
  hash = (hash ^ (hash >>> 15)) >>> 0
  return { colour: hash % colours, shape: Math.floor(hash / colours) % shapes }
}
