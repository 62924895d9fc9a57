/** The sign that goes with an author. Pure functions. */
import { displayName } from '../texts/page/name-text.ts'

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
