/** Markdown as plain data. What is no markup that is known here stays the text that it is; nothing is ever taken for HTML. */
import { Lexer, type Token, Tokenizer, type Tokens } from 'marked'
import { splitLinks } from './links.ts'
import { mayBeMarkup } from './markup.ts'

export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'em' | 'strong' | 'del'; readonly parts: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly parts: readonly Inline[]; readonly typed: string }
  | { readonly kind: 'break' }

export type Block =
  | { readonly kind: 'paragraph'; readonly parts: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string; readonly language: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'list'; readonly start: number | null; readonly items: readonly (readonly Block[])[] }

/** What is nested deeper is shown as it was typed: nobody writes that to be read. */
const MOST_DEEP = 6

/** Without what has no place in a chat: HTML, tables, lines that turn what stands above them into a heading, code by indenting. */
class ChatTokenizer extends Tokenizer {
  override html(): undefined {}
  override tag(): undefined {}
  override def(): undefined {}
  override table(): undefined {}
  override lheading(): undefined {}
  override code(): undefined {}
  /** Plain links are those of `links.ts`, as in texts without markup; nothing in one is markup. */
  override url(source: string): Tokens.Link | undefined {
    const [{ kind, text } = { kind: 'text', text: '' }] = splitLinks(source)
    if (kind !== 'link') return undefined
    const tokens = [{ type: 'text', raw: text, text }]
    return { type: 'link', raw: text, href: text, title: null, text, tokens }
  }
  /** Not within a word: 2*3*4. */
  override emStrong(
    ...[source, masked, before = '']: Parameters<Tokenizer['emStrong']>
  ): ReturnType<Tokenizer['emStrong']> {
    return /[\p{L}\p{N}]$/u.test(before) ? undefined : super.emStrong(source, masked, before)
  }
}

const asTyped = (text: string): Block[] => [{ kind: 'paragraph', parts: [{ kind: 'text', text }] }]

/** Reads a text. Whatever it is, this neither throws nor loses a letter that is not markup. */
export function readMarkdown(text: string): readonly Block[] {
  try {
    const tokens = new Lexer({ tokenizer: new ChatTokenizer(), gfm: true, breaks: true }).lex(text)
    return blocksOf(tokens, 0)
  } catch {
    // So many levels that there was no stack left for them.
    return asTyped(text)
  }
}

/** What a text says without its markup, in lines. */
export function plainText(text: string): string {
  return mayBeMarkup(text) ? linesOf(readMarkdown(text)).join('\n') : text
}

function linesOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'paragraph') return block.parts.map(wordsOf).join('').split('\n')
    if (block.kind === 'code') return block.text.split('\n')
    return block.kind === 'quote' ? linesOf(block.blocks) : block.items.flatMap(linesOf)
  })
}

const wordsOf = (part: Inline): string =>
  'parts' in part ? part.parts.map(wordsOf).join('') : part.kind === 'break' ? '\n' : part.text

function blocksOf(tokens: readonly Token[], depth: number): Block[] {
  return tokens.flatMap((token) => blockOf(token, depth))
}

function blockOf(token: Token, depth: number): Block[] {
  if (depth > MOST_DEEP) return asTyped(token.raw)
  if (is.space(token)) return []
  if (is.paragraph(token)) return [{ kind: 'paragraph', parts: inlinesOf(token.tokens, depth) }]
  if (is.text(token)) return [{ kind: 'paragraph', parts: inlinesOf(token.tokens ?? [token], depth) }]
  if (is.heading(token))
    return [{ kind: 'paragraph', parts: [{ kind: 'strong', parts: inlinesOf(token.tokens, depth) }] }]
  // What stands behind the fence is a language, or somebody's words.
  if (is.code(token) && /^[\w+#.-]*$/u.test(token.lang ?? ''))
    return [{ kind: 'code', text: token.text, language: token.lang ?? '' }]
  if (is.blockquote(token)) return [{ kind: 'quote', blocks: blocksOf(token.tokens, depth + 1) }]
  if (is.list(token)) {
    const items = token.items.map((item) => itemOf(item, depth))
    return [{ kind: 'list', start: token.ordered ? Number(token.start) : null, items }]
  }
  return asTyped(token.raw.trimEnd())
}

/** An item of a list; of things to do, with its box. */
function itemOf({ task, checked, tokens }: Tokens.ListItem, depth: number): Block[] {
  const [first, ...others] = blocksOf(
    tokens.filter(({ type }) => type !== 'checkbox'),
    depth + 1,
  )
  if (!task) return first ? [first, ...others] : []
  const box: Inline = { kind: 'text', text: checked ? '☑ ' : '☐ ' }
  if (first?.kind === 'paragraph') return [{ kind: 'paragraph', parts: [box, ...first.parts] }, ...others]
  return [{ kind: 'paragraph', parts: [box] }, ...(first ? [first] : []), ...others]
}

function inlinesOf(tokens: readonly Token[], depth: number): Inline[] {
  return tokens.flatMap((token) => inlineOf(token, depth + 1))
}

function inlineOf(token: Token, depth: number): Inline[] {
  if (depth > MOST_DEEP) return [{ kind: 'text', text: token.raw }]
  if (is.br(token)) return [{ kind: 'break' }]
  if (is.codespan(token)) return [{ kind: 'code', text: token.text }]
  if (is.strong(token)) return [{ kind: 'strong', parts: inlinesOf(token.tokens, depth) }]
  if (is.em(token)) return [{ kind: 'em', parts: inlinesOf(token.tokens, depth) }]
  if (is.del(token)) return [{ kind: 'del', parts: inlinesOf(token.tokens, depth) }]
  if (is.link(token)) {
    return [{ kind: 'link', href: token.href, parts: inlinesOf(token.tokens, depth), typed: token.raw }]
  }
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
