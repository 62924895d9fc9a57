import { isEmoji } from '../room/change.ts'

/** So many emoji without a word are a picture; more are a text. */
const MOST = 6
/** In UTF-16 units: none of them is longer than a family. */
const LONGEST = MOST * 16
/** © and the like are emoji, too, but letters unless said otherwise. */
const DRAWN = /\p{Emoji_Presentation}|\uFE0F/u

const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter() : null

/** Whether a text is nothing but a few emoji, which are shown large. */
export function isOnlyEmoji(text: string): boolean {
  if (!segmenter || text.length > LONGEST || !DRAWN.test(text)) return false
  const signs = Array.from(segmenter.segment(text), ({ segment }) => segment).filter((sign) => sign.trim() !== '')
  return signs.length <= MOST && signs.every((sign) => isEmoji(sign) && DRAWN.test(sign))
}
