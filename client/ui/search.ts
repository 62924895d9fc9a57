/** Finds messages by what they say. Pure functions. */
import type { Message } from '../room/types.ts'

/**
 * A text as it is compared: without case, accents and width. It is what folding makes of each character, one after the other:
 * the sigma that ends a word is like any other, as a character alone doesn't tell where it stands.
 */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss').replaceAll('ς', 'σ')
}

/** Folding takes its time, and most messages never change. */
const foldedTexts = new WeakMap<Message, string>()

function foldedText(message: Message): string {
  const known = foldedTexts.get(message)
  if (known !== undefined) return known
  const text = folded(message.text)
  foldedTexts.set(message, text)
  return text
}

export interface Query {
  /** Folded; what a message must hold, all of it. */
  readonly words: readonly string[]
  /** Folded; a part of its author's name, or `me`. */
  readonly from: string | null
}

/** Reads what was typed: words, "words together", and `from:name` or `from:me`. Null when there is nothing to look for. */
export function readQuery(typed: string): Query | null {
  const parts = [...typed.matchAll(/from:(?:"([^"]*)"|(\S+))|"([^"]+)"|(\S+)/giu)]
  const from = parts.map(([, quoted, plain]) => quoted ?? plain).find((name) => name !== undefined)
  const words = parts.flatMap(([, , , quoted, plain]) => folded(quoted ?? plain ?? '')).filter((word) => word !== '')
  if (words.length === 0 && !from) return null
  return { words, from: from ? folded(from) : null }
}

/** Whether somebody is meant: oneself by `me`, and whoever is called just that; others by a part of their name. */
const isFrom = ({ mine, name }: Message, from: string): boolean =>
  from === 'me' ? mine || folded(name) === from : folded(name).includes(from)

/** The messages that fit, in their order. */
export function findMessages(messages: readonly Message[], { words, from }: Query): readonly Message[] {
  return messages.filter(
    (message) =>
      message.kind === 'text' &&
      message.id !== null &&
      !message.deleted &&
      (from === null || isFrom(message, from)) &&
      words.every((word) => foldedText(message).includes(word)),
  )
}

/** Where words stand in a text as it is written: from, to. */
export function placesOf(text: string, words: readonly string[]): [number, number][] {
  // What folding makes of each character, with where that stood.
  let whole = ''
  const origins: number[] = []
  let at = 0
  for (const character of text) {
    const part = folded(character)
    whole += part
    for (let i = 0; i < part.length; i++) origins.push(at)
    at += character.length
  }
  origins.push(at)
  return words.flatMap((word) => {
    const places: [number, number][] = []
    for (let from = whole.indexOf(word); from >= 0 && word !== ''; from = whole.indexOf(word, from + word.length)) {
      const last = origins[from + word.length - 1] ?? at
      places.push([origins[from] ?? 0, last + ((text.codePointAt(last) ?? 0) > 0xffff ? 2 : 1)])
    }
    return places
  })
}
