/** Something that may be markup, as `markdown.ts` knows it. */
const MARKUP = /[*_~`]|\]\(|^\s{0,3}(?:>|#{1,6}\s|[-+]\s|\d{1,9}[.)]\s)/mu

/** Whether a text may have markup: what has none needs no parser. */
export const mayBeMarkup = (text: string): boolean => MARKUP.test(text)
