import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { linkAt, wholeLink } from './link-at.ts'
import { splitLinks } from './links.ts'

const linksIn = (text: string) =>
  splitLinks(text)
    .filter(({ kind }) => kind === 'link')
    .map(({ text }) => text)

test('http, https and plain mailto links are found', () => {
  assert.deepEqual(linksIn('see https://a.example/x?y=1#z and HTTP://b.example or mailto:ada@example.org'), [
    'https://a.example/x?y=1#z',
    'HTTP://b.example',
    'mailto:ada@example.org',
  ])
  assert.deepEqual(linksIn('http://localhost:8080/ http://[::1]/x http://münchen.example/ü'), [
    'http://localhost:8080/',
    'http://[::1]/x',
    'http://münchen.example/ü',
  ])
})

test('a host that begins with www, and a plain address, are links, too', () => {
  const found = splitLinks(
    'See www.a.example/b?c#d, (WWW.b.co.example:80) or foo.bar+baz@c.example. ünal@münchen.example!',
  )
  assert.deepEqual(
    found.flatMap((part) => (part.kind === 'link' ? [[part.text, part.href]] : [])),
    [
      ['www.a.example/b?c#d', 'https://www.a.example/b?c#d'],
      ['WWW.b.co.example:80', 'https://WWW.b.co.example:80'],
      ['foo.bar+baz@c.example', 'mailto:foo.bar+baz@c.example'],
      ['ünal@münchen.example', 'mailto:ünal@münchen.example'],
    ],
  )
  assert.deepEqual(linksIn('https://www.a.example/@b mailto:c@d.example https://e@f.example https@g.example'), [
    'https://www.a.example/@b',
    'mailto:c@d.example',
    'https://e@f.example',
    'https@g.example',
  ])
})

test('a host or an address within something else, or without a domain, is text', () => {
  for (const text of [
    'xwww.a.example',
    '//www.a.example ftp://www.a.example a.www.b.example b@www.c',
    'www.a www. www.a.1 www.-',
    'www.a.example@evil.example www.a.example:b@evil.example www.a.example\\@evil.example',
    '@user@social.example git@host.example:path git@host.example:~/x ftp://a@b.example',
    'a@b a@b.c @b.example a@ a@.example a@b..example a@b.example@c.example a@b.example_c',
    'a@b\u200b.example www\u200b.a.example www\uff0ea.example',
  ])
    assert.deepEqual(linksIn(text), [], text)
})

test('the link that a text begins with is the one that is found in it', () => {
  for (const text of ['https://a.example, b', 'www.a.example.', 'ada@b.example: hi', 'mailto:ada@b.example'])
    assert.deepEqual(linkAt(text), splitLinks(text)[0])
  for (const text of [' https://a.example', 'a https://b.example', 'http://a:b:c/', ''])
    assert.equal(linkAt(text), null)
  assert.equal(wholeLink('https://a.example')?.href, 'https://a.example')
  assert.equal(wholeLink('https://a.example/b!')?.href, 'https://a.example/b!')
  for (const text of ['https://a.example b', 'see https://a.example', 'b', '']) assert.equal(wholeLink(text), null)
})

test('no other scheme is ever a link', () => {
  const others = [
    'javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'ftp://x.example',
    'blob:x',
  ]
  assert.deepEqual(linksIn(others.join(' ')), [])
  assert.deepEqual(
    linksIn('xhttps://a.example _http://b.example java\nscript:alert(1) //c.example //www.d.example'),
    [],
  )
})

test('a mailto link that fills in a subject or a second address is text', () => {
  assert.deepEqual(linksIn('mailto:a@b.example?subject=x mailto:a@b.example,c@d.example mailto: mailto:a'), [])
})

test('what ends the sentence is not part of the link', () => {
  assert.deepEqual(linksIn('(see https://a.example/b_(c)). Or https://d.example, “https://e.example”!'), [
    'https://a.example/b_(c)',
    'https://d.example',
    'https://e.example',
  ])
  assert.deepEqual(linksIn('https://a.example/x?'), ['https://a.example/x'])
})

test('invisible characters end a link, so that none can reorder what it shows', () => {
  assert.deepEqual(linksIn('https://a.example/\u202egnp.exe https://b\u200b.example/'), [
    'https://a.example/',
    'https://b',
  ])
})

test('a link that no browser can parse is text', () => {
  assert.deepEqual(linksIn('http://a:b:c/ https://[x https:// http://'), [])
})

test('the parts joined are the text again, and every link is http, https or mailto', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      'https://',
      'http://',
      'mailto:',
      'javascript:',
      'a.example',
      'www.',
      '@',
      '/',
      '(',
      ')',
      '.',
      ' ',
      '\n',
      '\u202e',
    ),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join('')
      const parts = splitLinks(text)
      assert.equal(parts.map(({ text }) => text).join(''), text)
      for (const part of parts)
        if (part.kind === 'link') {
          assert.match(new URL(part.href).protocol, /^(https?|mailto):$/)
          assert.ok(part.href.endsWith(part.text))
          assert.deepEqual(wholeLink(part.text), part)
        }
    }),
  )
})

test('16,000 characters made to be slow are split, too', () => {
  for (const text of [
    'https://a/'.repeat(1_600),
    `https://a${')'.repeat(15_990)}`,
    `mailto:${'a.'.repeat(7_990)}`,
    'x'.repeat(16_000),
    'a.'.repeat(8_000),
    `a@${'a.'.repeat(7_990)}`,
    'a@a.'.repeat(4_000),
    'www.'.repeat(4_000),
    'www.a@b.c '.repeat(1_600),
  ])
    assert.equal(
      splitLinks(text)
        .map((part) => part.text)
        .join(''),
      text,
    )
})
