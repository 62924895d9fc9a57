/** Markdown's tokens as a chat wants them, found in a time that grows with the text and no faster. */
import { Lexer, type Token, Tokenizer, type Tokens } from 'marked'
import { linkAt, mayBeginLink, wholeLink } from './link-at.ts'
import { LINK_START } from './links.ts'

/** What is nested deeper is shown as it was typed: nobody writes that to be read. */
const MOST_DEEP = 6
/**
 * So many characters are read in search of the ends of pieces of markup that have none: each costs all that follows it. In the
 * longest message that somebody wrote these are some ten thousands; in one that was made to be slow, a hundred times as many.
 */
const MOST_LOOKING = 300_000
/** What a list, an item or a quote costs: as much as to read so many characters. */
const BLOCK_COST = 100

/** An escaped character is one like any other. Each alternative begins with other characters: nothing is tried twice. */
const LABEL = String.raw`(?:[^[\]\\]|\\[^]|\[(?:[^[\]\\]|\\[^])*\])+`
const TARGET = String.raw`<[^<>\n]*>|(?:[^\s()<\\]|\\[^]|\((?:[^\s()<\\]|\\[^])*\))+`
const LINK = new RegExp(`^!?\\[(${LABEL})\\]\\( *(${TARGET}) *\\)`, 'u')
/** In what emphasis doesn't end. */
const WHOLE = new RegExp(
  `\\[${LABEL}\\]\\( *(?:${TARGET}) *\\)|(?<!\`)(?<ticks>\`+)[^\`]+\\k<ticks>(?!\`)|<[^\\s<>]+>`,
  'gu',
)
const TEXT = new RegExp(`^(?:\`+|~+|[^])[^]*?(?=[\\\\\`*_~![<]|(?<! ) *\\n|${LINK_START}|$)`, 'iu')
/** Lines up to one that begins something else. */
const PARAGRAPH =
  /^([^\n]+(?:\n(?! {0,3}(?:(?:-[\t ]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})(?:\n|$)| {0,3}#{1,6}(?:\s|$)| {0,3}>| {0,3}(?:`{3,}[^`\n]*(?:\n|$)|~~~)| {0,3}(?:[*+-]|1[.)])[ \t]+[^ \t\n]|[ \t]+\n)[^\n]+)*)/
/** More marks of lists and quotes in one line than anybody nests, unless it is a line to divide with. */
const TOO_DEEP = /^(?! {0,3}(?:(?:-[ \t]*)+|(?:\*[ \t]*)+)$)[ \t]*(?:>[ \t]*|(?:[*+-]|\d{1,9}[.)])[ \t]+){13}/mu
const QUOTE = /^ {0,3}>[^\n]*(?:\n {0,3}>[^\n]*)*/u
/** Code and escaped characters, for what looks past both. */
const CODE_OR_ESCAPED = /(`+)[^`]+\1(?!`)|`+|\\([\p{P}\p{S}])/gu
const NEVER = /(?!)/g

class Budget {
  #left = MOST_LOOKING

  spend(characters: number): void {
    this.#left -= characters
    if (this.#left < 0) throw new RangeError('too much to look for')
  }
}

const textToken = (text: string): Tokens.Text => ({ type: 'text', raw: text, text })

const linkToken = (raw: string, href: string, text: string, tokens: Token[]): Tokens.Link => ({
  type: 'link',
  raw,
  href,
  title: null,
  text,
  tokens,
})

/** Without what has no place in a chat: HTML, tables, lines that turn what stands above them into a heading, code by indenting. */
class ChatTokenizer extends Tokenizer {
  readonly #budget = new Budget()
  #depth = 0

  override html(): undefined {}
  override tag(): undefined {}
  override def(): undefined {}
  override reflink(): undefined {}
  override table(): undefined {}
  override lheading(): undefined {}
  override code(): undefined {}

  /** It ends before the first line without its mark: in a chat that one is one's own. */
  override blockquote(source: string): Tokens.Blockquote | undefined {
    const raw = QUOTE.exec(source)?.[0]
    if (raw === undefined) return undefined
    const text = raw.replace(/^ {0,3}> ?/gmu, '')
    const { state } = this.lexer
    const { top } = state
    state.top = true
    const tokens = this.#deeper(() => this.lexer.blockTokens(text))
    state.top = top
    this.#budget.spend(BLOCK_COST)
    return tokens && { type: 'blockquote', raw, text, tokens }
  }

  /** Four digits and more are a year, or whatever else somebody begins a sentence with. */
  override list(source: string): Tokens.List | undefined {
    if (/^ {0,3}\d{4}/u.test(source)) return undefined
    const list = this.#deeper(() => super.list(source))
    if (list) this.#budget.spend(BLOCK_COST * (1 + list.items.length))
    return list
  }

  override link(source: string): Tokens.Link | Tokens.Image | undefined {
    const [raw, label = '', target = ''] = LINK.exec(source) ?? []
    if (raw === undefined || this.lexer.state.inLink) return undefined
    // A picture is shown as it was typed.
    if (raw.startsWith('!')) return { type: 'image', raw, href: '', title: null, text: raw, tokens: [] }
    const link = wholeLink(target.replace(/^<|>$/gu, '').replace(/\\(?=[!-/:-@[-`{-~])/gu, ''))
    if (!link || label.trim() === '') return undefined
    this.lexer.state.inLink = true
    const tokens = this.lexer.inlineTokens(label)
    this.lexer.state.inLink = false
    return linkToken(raw, link.href, label, tokens)
  }

  override autolink(source: string): Tokens.Link | undefined {
    const [raw, text = ''] = /^<([^\s<>]+)>/u.exec(source) ?? []
    const link = raw === undefined || this.lexer.state.inLink ? null : wholeLink(text)
    return link && raw !== undefined ? linkToken(raw, link.href, text, [textToken(text)]) : undefined
  }

  /** Plain links are those of `links.ts`, as in texts without markup; nothing in one is markup. */
  override url(source: string): Tokens.Link | undefined {
    if (!mayBeginLink(source)) return undefined
    const link = linkAt(source)
    if (link) return linkToken(link.text, link.href, link.text, [textToken(link.text)])
    this.#budget.spend(source.length)
    return undefined
  }

  /** Not within a word: 2*3*4. Nobody needs more marks than three. */
  override emStrong(
    ...[source, masked, before = '']: Parameters<Tokenizer['emStrong']>
  ): ReturnType<Tokenizer['emStrong']> {
    if (!/^(?:\*{1,3}|_{1,3})[^\s*_]/u.test(source) || /[\p{L}\p{N}]$/u.test(before)) return undefined
    return this.#looking(source, super.emStrong(source, masked, before))
  }

  override del(...[source, masked, before = '']: Parameters<Tokenizer['del']>): ReturnType<Tokenizer['del']> {
    return source.startsWith('~') ? this.#looking(source, super.del(source, masked, before)) : undefined
  }

  override codespan(source: string): Tokens.Codespan | undefined {
    return source.startsWith('`') ? this.#looking(source, super.codespan(source)) : undefined
  }

  override inlineText(source: string): Tokens.Text | undefined {
    const raw = TEXT.exec(source)?.[0]
    return raw === undefined ? undefined : textToken(raw)
  }

  #deeper<Found>(find: () => Found): Found | undefined {
    if (this.#depth >= MOST_DEEP) return undefined
    this.#depth++
    const found = find()
    this.#depth--
    return found
  }

  #looking<Found>(source: string, found: Found | undefined): Found | undefined {
    if (!found) this.#budget.spend(source.length)
    return found
  }
}

class ChatLexer extends Lexer {
  #depth = 0

  constructor() {
    const tokenizer = new ChatTokenizer()
    super({ tokenizer, gfm: true, breaks: true })
    const { other, block, inline } = tokenizer.rules
    tokenizer.rules = {
      other,
      block: { ...block, paragraph: PARAGRAPH },
      inline: { ...inline, anyPunctuationOutsideCode: CODE_OR_ESCAPED, blockSkip: WHOLE, reflinkSearch: NEVER },
    }
  }

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    if (this.#depth > MOST_DEEP) {
      tokens.push(textToken(source))
      return tokens
    }
    this.#depth++
    super.inlineTokens(source, tokens)
    this.#depth--
    return tokens
  }
}

/** @throws RangeError for a text with more to look for than anybody writes */
export function chatTokens(text: string): Token[] {
  if (TOO_DEEP.test(text)) throw new RangeError('too deep')
  return new ChatLexer().lex(text)
}
