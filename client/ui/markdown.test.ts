import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Block, type Inline, type Item, plainText, readMarkdown } from './markdown.ts'
import { mayBeMarkup } from './markup.ts'

/** A tree in short: tags around texts. */
const inline = (part: Inline): string => {
  if (part.kind === 'break') return '|'
  if ('parts' in part)
    return `<${part.kind}${part.kind === 'link' ? ` ${part.href}` : ''}>${part.parts.map(inline).join('')}</>`
  return part.kind === 'code' ? `<code>${part.text}</>` : part.text
}
const item = ({ isTask, blocks }: Item): string => `<${isTask ? 'task' : 'item'}>${blocks.map(block).join('')}</>`
const block = (one: Block): string => {
  switch (one.kind) {
    case 'paragraph':
      return `¶${one.parts.map(inline).join('')}`
    case 'code':
      return `<pre ${one.language}>${one.text}</>`
    case 'quote':
      return `<quote>${one.blocks.map(block).join('')}</>`
    case 'list':
      return `<list ${one.start ?? '-'}>${one.items.map(item).join('')}</>`
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
    ['- [x] done\n- [ ] to do\n- milk', '<list -><task>¶☑ done</><task>¶☐ to do</><item>¶milk</></>'],
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

test('a block without content is shown as it was typed', () => {
  for (const text of [
    '>',
    '*',
    '-',
    '# #',
    '> >',
    '# ',
    '> ',
    '1. \n2. ',
    '- [ ]',
    '1. [x]',
    '- # ',
    '> - ',
    '``` \n```',
    '***',
    '` `',
  ])
    assert.equal(drawn(text), `¶${text.trim()}`, text)
  assert.equal(drawn('a\n\n>\n\nb'), '¶a¶>¶b')
  assert.equal(drawn('- a\n- [ ]'), '<list -><item>¶a</><item>¶[ ]</></>')
  for (const text of ['[](https://a.example)', '[ ](https://a.example)'])
    assert.equal(drawn(text), `¶${text.replace(/https.*(?=\))/, (link) => `<link ${link}>${link}</>`)}`)
})

test('a number of four digits and more begins a sentence, not a list', () => {
  assert.equal(drawn('2024. was good'), '¶2024. was good')
  assert.equal(drawn('> 1000) a'), '<quote>¶1000) a</>')
  assert.equal(drawn('999. a'), '<list 999><item>¶a</></>')
})

test('a quote ends before the first line without its mark, wherever it stands', () => {
  for (const [text, tree] of [
    ['> quote\nmine', '<quote>¶quote</>¶mine'],
    ['> a\n> b\nmine\n> c', '<quote>¶a|b</>¶mine<quote>¶c</>'],
    ['> > a\n> b\nmine', '<quote><quote>¶a</>¶b</>¶mine'],
    ['>a\n\n> b', '<quote>¶a</><quote>¶b</>'],
    ['- > a\n  mine\n- b', '<list -><item><quote>¶a</>¶mine</><item>¶b</></>'],
    ['> - a\n>   - b\n> - c\nmine', '<quote><list -><item>¶a<list -><item>¶b</></></><item>¶c</></></>¶mine'],
    ['> ```\n> a\n> ```\nmine', '<quote><pre >a</></>¶mine'],
    ['> ```\n> a\nmine', '<quote><pre >a</></>¶mine'],
    ['```\n> a\nb\n```', '<pre >> a\nb</>'],
    ['a\n> b', '¶a<quote>¶b</>'],
  ] as const)
    assert.equal(drawn(text), tree, text)
})

test('plain hosts and addresses are links, and say where they lead', () => {
  assert.equal(
    drawn('*see* www.a.example/_b_c, or ada@b.example.'),
    '¶<em>see</> <link https://www.a.example/_b_c>www.a.example/_b_c</>, or <link mailto:ada@b.example>ada@b.example</>.',
  )
  assert.equal(drawn('*x* xwww.a.example xhttps://a.example'), '¶<em>x</> xwww.a.example xhttps://a.example')
  assert.equal(
    drawn('[a](www.b.example) <c@d.example>'),
    '¶<link https://www.b.example>a</> <link mailto:c@d.example>c@d.example</>',
  )
  assert.equal(drawn('[a](javascript:b) <javascript:c>'), '¶[a](javascript:b) <javascript:c>')
  assert.equal(drawn('[a *b*](https://c.example/d_(e)_\\*)'), '¶<link https://c.example/d_(e)_*>a <em>b</></>')
})

const piece = fc.constantFrom(
  ...[
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
    '>',
    '- ',
    '1. ',
    '2024. ',
    '\n',
    '\n\n',
    ' ',
    '# ',
    '<b>',
  ],
  ...[
    '\\',
    'a',
    'Wort',
    'é',
    '😀',
    '|',
    '---',
    '    ',
    '[x]',
    '[ ] ',
    '!',
    '&#65;',
    'https://',
    'www.',
    '.b',
    '@c.de',
    '[a](https://d.de/e)',
  ],
)
const anyText = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''))

test('no text makes it throw or lose a letter, and all stand in the order in which they were typed', () => {
  const letters = (text: string) => [...text.matchAll(/\p{L}/gu)].map(([letter]) => letter).join('')
  const inBlock = (one: Block): string => {
    if (one.kind === 'paragraph') return one.parts.map(words).join('')
    if (one.kind === 'code') return `${one.language}${one.text}`
    if (one.kind === 'quote') return one.blocks.map(inBlock).join('')
    return one.items.map(({ blocks }) => blocks.map(inBlock).join('')).join('')
  }
  // What a link says, followed by where it leads unless it says that; a box as it is typed.
  const words = (part: Inline): string => {
    if (part.kind === 'break') return ''
    if (!('parts' in part)) return part.text.replaceAll('☑ ', 'x')
    const said = part.parts.map(words).join('')
    return part.kind === 'link' && !part.href.endsWith(said) ? `${said}${part.href}` : said
  }
  fc.assert(
    fc.property(anyText, (text) => {
      assert.equal(letters(readMarkdown(text).map(inBlock).join('')), letters(text))
    }),
    { numRuns: 5_000 },
  )
})

test('whoever writes something never sees nothing', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      assert.equal(plainText(text).trim() === '', text.trim() === '')
    }),
    { numRuns: 5_000 },
  )
})

const LONGEST = 16_000
const repeated = (text: string) => text.repeat(Math.floor(LONGEST / text.length))

test('a text made to be slow is shown as it was typed', () => {
  for (const slow of [
    `${'***a '.repeat(3_199)}b***`,
    repeated('*a]'),
    repeated('"*a'),
    repeated('!*a '),
    repeated('**a* '),
    repeated('__a_ '),
    `${repeated('- ').slice(2)}a`,
    repeated('> '),
    repeated('>- '),
    repeated('1. '),
    `${'* '.repeat(2_666)}${'b\n'.repeat(5_000)}`,
    repeated('- a\n'),
    repeated('>>>>>a\nb\n'),
    repeated('!mailto:x'),
  ])
    assert.equal(drawn(`*a*\n\n${slow}`), `¶*a*\n\n${slow}`, slow.slice(0, 20))
})

test('more pieces of markup than a page draws without being held up are shown as they were typed', () => {
  for (const many of ['_a_ '.repeat(1_001), '- a\n\n'.repeat(600), '`a` '.repeat(1_001)])
    assert.equal(drawn(many), `¶${many}`, many.slice(0, 20))
  assert.match(drawn('_a_ '.repeat(900)), /<em>a/)
})

test('what is nested deeper than anybody reads is shown as it was typed', () => {
  assert.equal(drawn('>>>>>>>>a'), `${'<quote>'.repeat(6)}¶>>a${'</>'.repeat(6)}`)
  assert.equal(drawn('- - - - - - - - a'), `${'<list -><item>'.repeat(6)}¶- - a${'</></>'.repeat(6)}`)
  const stars = (count: number) => `${'*a '.repeat(count)}b${' c*'.repeat(count)}`
  assert.equal(drawn(stars(10)), `¶${'<em>a '.repeat(7)}${stars(3)}${' c</>'.repeat(7)}`)
  assert.equal(drawn(stars(2_600)), `¶${'<em>a '.repeat(7)}${stars(2_593)}${' c</>'.repeat(7)}`)
})

test('the longest messages that people write are drawn: prose, lists, quotes, code', () => {
  const count = (text: string, shape: RegExp) => drawn(text).match(shape)?.length ?? 0
  const prose =
    'It is *never* too late, **said** `she`, [see](https://a.example/b_c) or www.d.example: 2 * 3, snake_case. '
  assert.equal(count(repeated(prose), /<em>never<\/>/g), Math.floor(LONGEST / prose.length))
  assert.equal(count(repeated(`${prose}\n`), /<link https:\/\/www/g), Math.floor(LONGEST / (prose.length + 1)))
  assert.equal(count('- [ ] **buy** milk\n'.repeat(300), /<task>¶☐ <strong>buy<\/> milk/g), 300)
  assert.equal(count('> they *said*\n\nI say\n\n'.repeat(200), /<quote>¶they <em>said<\/><\/>¶I say/g), 200)
  assert.equal(count('1. flour\n   - white\n'.repeat(150), /<item>¶flour<list -><item>¶white/g), 150)
  assert.equal(count(`\`\`\`c\n${repeated('int *a = b[*c];\n').slice(9)}\`\`\``, /^<pre c>[^<]*<\/>$/g), 1)
  const notes = 'a *note of somebody, 5 * 3 * 2 and a_b_c **unfinished\n\n'
  assert.equal(count(repeated(notes), /¶/g), Math.floor(LONGEST / notes.length))
})

test('nothing is taken for a character that somebody spelt', () => {
  assert.equal(drawn('*a* &#65; &amp;'), '¶<em>a</> &#65; &amp;')
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
