/** Makes what others wrote harmless for a terminal: nothing of theirs moves its cursor, recolours it or reorders its text. */
import { namelessText } from '../texts/terminal-text.ts'

const LINE_ENDS = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g
/** C0 and C1 controls and DEL: what escape sequences begin with. */
const CONTROLS = /\p{Cc}/gu
/** Characters that turn the direction of what follows, and those of them that never end. */
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]/g
/** Something that draws ink: not white space, not a mark alone, not a filler that looks like nothing. */
const VISIBLE = /[^\p{Z}\p{C}\p{M}\u115f\u1160\u2800\u3164\uffa0]/u

/** The picture of a control character: ␛ for escape. C1 controls have none of their own. */
function picture(control: string): string {
  const code = control.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  return code === 0x7f ? '\u2421' : '\ufffd'
}

/** A text that may have several lines. Tabs become spaces, other controls their pictures. */
export function harmlessText(text: string): string {
  return text
    .replace(LINE_ENDS, '\n')
    .replaceAll('\t', '    ')
    .replace(DIRECTIONS, '')
    .replace(CONTROLS, (control) => (control === '\n' ? control : picture(control)))
}

/** The same on one line: for sentences. */
export const harmlessLine = (text: string): string => harmlessText(text).replace(/\s+/gu, ' ').trim()

/** A name, on one line and never invisible. */
export function harmlessName(name: string): string {
  const plain = harmlessLine(name)
  return VISIBLE.test(plain) ? plain : namelessText
}

/**
 * One line of JSON, in ASCII as far as it could drive or reorder a terminal: `JSON.stringify` escapes the controls below
 * U+0020 only.
 */
export function harmlessJson(value: object): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
