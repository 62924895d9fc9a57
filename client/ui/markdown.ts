/** Markdown as plain data. What is no markup that is known here stays the text that it is; nothing is ever taken for HTML. */
import type { Token, Tokens } from 'marked'
import { chatTokens } from './chat-lexer.ts'
import { mayBeMarkup } from './markup.ts'

export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'em' | 'strong' | 'del'; readonly parts: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly parts: readonly Inline[] }
  | { readonly kind: 'break' }

export type Block =
  | { readonly kind: 'paragraph'; readonly parts: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string; readonly language: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'list'; readonly start: number | null; readonly items: readonly Item[] }

export interface Item {
  /** Something to do: its box stands in its text. */
  readonly isTask: boolean
  readonly blocks: readonly Block[]
}

/** Marks of lists, quotes, headings and boxes, and nothing that they mark. */
const ONLY_MARKS = /^(?:[\s>#*+-]|\d{1,9}[.)](?!\S)|\[[ xX]\](?!\S))*$/u

/** Pieces of markup that are drawn of one message: to draw more would hold the page up, and nobody writes so many. */
const MOST_PIECES = 1_000

const asTyped = (text: string): Block[] => [{ kind: 'paragraph', parts: [{ kind: 'text', text }] }]

/** Reads a text. Whatever it is, this neither throws nor loses a letter that is not markup. */
export function readMarkdown(text: string): readonly Block[] {
  try {
    const blocks = blocksOf(chatTokens(text))
    return piecesOf(blocks) > MOST_PIECES ? asTyped(text) : blocks
  } catch {
    // Made to be slow: there is more to look for in it than anybody writes.
    return asTyped(text)
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

function piecesOf(blocks: readonly Block[]): number {
  return sum(
    blocks.map((block) => {
      if (block.kind === 'paragraph') return 1 + sum(block.parts.map(partsOf))
      if (block.kind === 'code') return 1
      return (
        1 +
        (block.kind === 'quote' ? piecesOf(block.blocks) : sum(block.items.map(({ blocks }) => 1 + piecesOf(blocks))))
      )
    }),
  )
}

const partsOf = (part: Inline): number =>
  'parts' in part ? 1 + sum(part.parts.map(partsOf)) : Number(part.kind !== 'text')

/** What a text says without its markup, in lines. */
export function plainText(text: string): string {
  return mayBeMarkup(text) ? linesOf(readMarkdown(text)).join('\n') : text
}

function linesOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'paragraph') return block.parts.map(wordsOf).join('').split('\n')
    if (block.kind === 'code') return block.text.split('\n')
    return block.kind === 'quote' ? linesOf(block.blocks) : block.items.flatMap(({ blocks }) => linesOf(blocks))
  })
}

const wordsOf = (part: Inline): string =>
  'parts' in part ? part.parts.map(wordsOf).join('') : part.kind === 'break' ? '\n' : part.text

const blocksOf = (tokens: readonly Token[]): Block[] => tokens.flatMap(blockOf)

/** A block without content is shown as it was typed. */
function blockOf(token: Token): Block[] {
  if (is.space(token)) return []
  if (ONLY_MARKS.test(token.raw)) return asTyped(token.raw.trim())
  if (is.paragraph(token)) return [{ kind: 'paragraph', parts: inlinesOf(token.tokens) }]
  if (is.text(token)) return [{ kind: 'paragraph', parts: inlinesOf(token.tokens ?? [token]) }]
  if (is.heading(token)) return [{ kind: 'paragraph', parts: [{ kind: 'strong', parts: inlinesOf(token.tokens) }] }]
  // What stands behind the fence is a language, or somebody's words.
  if (is.code(token) && token.text.trim() !== '' && /^[\w+#.-]*$/u.test(token.lang ?? ''))
    return [{ kind: 'code', text: token.text, language: token.lang ?? '' }]
  if (is.blockquote(token)) return [{ kind: 'quote', blocks: blocksOf(token.tokens) }]
  if (is.list(token))
    return [{ kind: 'list', start: token.ordered ? Number(token.start) : null, items: token.items.map(itemOf) }]
  return asTyped(token.raw.trimEnd())
}

/** An item of a list; of things to do, with its box. */
function itemOf({ task, checked, tokens }: Tokens.ListItem): Item {
  const blocks = blocksOf(tokens.filter(({ type }) => type !== 'checkbox'))
  if (!task) return { isTask: false, blocks }
  const box: Inline = { kind: 'text', text: checked ? '☑ ' : '☐ ' }
  const [first, ...others] = blocks
  if (first?.kind === 'paragraph')
    return { isTask: true, blocks: [{ kind: 'paragraph', parts: [box, ...first.parts] }, ...others] }
  return { isTask: true, blocks: [{ kind: 'paragraph', parts: [box] }, ...blocks] }
}

const inlinesOf = (tokens: readonly Token[]): Inline[] => tokens.flatMap(inlineOf)

function inlineOf(token: Token): Inline[] {
  if (is.br(token)) return [{ kind: 'break' }]
  if (is.codespan(token) && token.text.trim() !== '') return [{ kind: 'code', text: token.text }]
  if (is.strong(token)) return [{ kind: 'strong', parts: inlinesOf(token.tokens) }]
  if (is.em(token)) return [{ kind: 'em', parts: inlinesOf(token.tokens) }]
  if (is.del(token)) return [{ kind: 'del', parts: inlinesOf(token.tokens) }]
  if (is.link(token)) return [{ kind: 'link', href: token.href, parts: inlinesOf(token.tokens) }]
  if (is.escape(token) || is.text(token)) return [{ kind: 'text', text: token.text }]
  return [{ kind: 'text', text: token.raw }]
}

/** Which kind a token is: its type says. */
const is = {
  space: (token: Token): token is Tokens.Space => token.type === 'space',
  paragraph: (token: Token): token is Tokens.Paragraph => token.type === 'paragraph',
  text: (token: Token): token is Tokens.Text => token.type === 'text',
  heading: (token: Token): token is Tokens.Heading => token.type === 'heading',
  code: (token: Token): token is Tokens.Code => token.type === 'code',
  blockquote: (token: Token): token is Tokens.Blockquote => token.type === 'blockquote',
  list: (token: Token): token is Tokens.List => token.type === 'list',
  br: (token: Token): token is Tokens.Br => token.type === 'br',
  codespan: (token: Token): token is Tokens.Codespan => token.type === 'codespan',
  strong: (token: Token): token is Tokens.Strong => token.type === 'strong',
  em: (token: Token): token is Tokens.Em => token.type === 'em',
  del: (token: Token): token is Tokens.Del => token.type === 'del',
  link: (token: Token): token is Tokens.Link => token.type === 'link',
  escape: (token: Token): token is Tokens.Escape => token.type === 'escape',
}
