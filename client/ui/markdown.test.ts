import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Block, type Inline, plainText, readMarkdown } from './markdown.ts'
import { mayBeMarkup } from './markup.ts'

/** A tree in short: tags around texts. */
const inline = (part: Inline): string => {
  if (part.kind === 'break') return '|'
  if ('parts' in part)
    return `<${part.kind}${part.kind === 'link' ? ` ${part.href}` : ''}>${part.parts.map(inline).join('')}</>`
  return part.kind === 'code' ? `<code>${part.text}</>` : part.text
}
const block = (one: Block): string => {
  switch (one.kind) {
    case 'paragraph':
      return `¶${one.parts.map(inline).join('')}`
    case 'code':
      return `<pre ${one.language}>${one.text}</>`
    case 'quote':
      return `<quote>${one.blocks.map(block).join('')}</>`
    case 'list':
      return `<list ${one.start ?? '-'}>${one.items.map((item) => `<item>${item.map(block).join('')}</>`).join('')}</>`
  }
}
const drawn = (text: string): string => readMarkdown(text).map(block).join('')

test('markup is read: emphasis, lists, quotes, links, code', () => {
  for (const [text, tree] of [
    ['*a* **b** _c_ ~~d~~ `e`', '¶<em>a</> <strong>b</> <em>c</> <del>d</> <code>e</>'],
    ['**a *b***', '¶<strong>a <em>b</></>'],
    ['- a\n- b', '<list -><item>¶a</><item>¶b</></>'],
    ['3. a\n4. b', '<list 3><item>¶a</><item>¶b</></>'],
    ['- a\n  - b', '<list -><item>¶a<list -><item>¶b</></></></>'],
    ['> a\n> b', '<quote>¶a|b</>'],
    ['[here](https://a.example)', '¶<link https://a.example>here</>'],
    ['```ts\nlet a = 1\n```', '<pre ts>let a = 1</>'],
    ['one\ntwo\n\nthree', '¶one|two¶three'],
    ['# a', '¶<strong>a</>'],
    [
      'see https://a.example/_x_/*y* and *z*',
      '¶see <link https://a.example/_x_/*y>https://a.example/_x_/*y</>* and <em>z</>',
    ],
    ['**https://a.example/b_c**', '¶<strong><link https://a.example/b_c>https://a.example/b_c</></>'],
    ['- [x] done', '<list -><item>¶☑ done</></>'],
  ] as const)
    assert.equal(drawn(text), tree, text)
})

test('what is no markup here stays as it was typed: HTML, tables, headings by underlining, indents, pictures, definitions', () => {
  for (const text of [
    '<b onclick="x()">hi</b> <script>alert(1)</script>',
    '<!-- c -->',
    '| a | b |',
    '![alt](https://a.example/x.png)',
    '[a]: somewhere',
    '    four spaces',
    '2 * 3 * 4',
    '2*3*4',
    '{{7*7}} #{7*7}',
    'snake_case_name',
    '#hashtag',
    '~/path and ~100',
    '<https',
  ])
    assert.equal(drawn(text), `¶${text}`, text)
  assert.equal(drawn('title\n---'), '¶title¶---')
})

test('no text makes it throw or lose a letter, however it is nested', () => {
  const piece = fc.constantFrom(
    '*',
    '_',
    '**',
    '~~',
    '`',
    '```',
    '[',
    '](',
    ')',
    '> ',
    '- ',
    '1. ',
    '\n',
    '\n\n',
    ' ',
    '# ',
    '<b>',
    '\\',
    'a',
    'Wort',
    'é',
    '😀',
    '|',
    '---',
    '    ',
    '[x]',
    '!',
  )
  const letters = (text: string) =>
    [...text.matchAll(/\p{L}/gu)]
      .map(([letter]) => letter)
      .sort()
      .join('')
  const texts = (blocks: readonly Block[]): string =>
    blocks
      .map((one) => {
        if (one.kind === 'paragraph') return one.parts.map(words).join(' ')
        if (one.kind === 'code') return `${one.language} ${one.text}`
        return one.kind === 'quote' ? texts(one.blocks) : one.items.map(texts).join(' ')
      })
      .join(' ')
  const words = (part: Inline): string =>
    'parts' in part
      ? `${part.parts.map(words).join(' ')} ${part.kind === 'link' ? part.href : ''}`
      : 'text' in part
        ? part.text
        : ''
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const text = pieces.join('')
      const found = letters(texts(readMarkdown(text)))
      // A box is drawn as one, and where a link leads is told once.
      if (!/\[x\]|\]\(/u.test(text)) assert.equal(found, letters(text))
    }),
    { numRuns: 3_000 },
  )
})

test('a text of one thing sixteen thousand times is read, too', () => {
  for (const piece of [
    '[',
    '*a ',
    '> ',
    '>',
    '- ',
    '`',
    '~',
    '**',
    '_a',
    '[a](',
    'a*b_',
    '<',
    '\\',
    '1. ',
    '[[]',
    '`a ',
    '* * ',
    '\n>',
    '\n- ',
  ])
    assert.ok(readMarkdown(piece.repeat(16_000 / piece.length)).length >= 0)
})

test('without its markup a text is what it says, in lines', () => {
  assert.equal(plainText('*a* [b](https://c.example)\n- `d`\n\n> e\n\n```js\nf\n```'), 'a b\nd\ne\nf')
  assert.equal(plainText('just words\nand more'), 'just words\nand more')
})

test('texts without any sign of markup are not parsed', () => {
  for (const text of [
    'Hello, is anybody here?',
    'https://a.example/b-c',
    'a - b',
    '1.5 litres',
    'x > y',
    "it's (fine)",
  ])
    assert.ok(!mayBeMarkup(text), text)
  for (const text of ['*a*', '> a', '- a', '1. a', '`a`', '[a](b)', '# a', 'x\n- a']) assert.ok(mayBeMarkup(text), text)
})
