/** How a name is shown, alone and in a sentence. Pure functions. */

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
