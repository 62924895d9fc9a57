import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
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
  assert.deepEqual(linksIn('xhttps://a.example _http://b.example java\nscript:alert(1) //c.example www.d.example'), [])
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
        if (part.kind === 'link') assert.match(new URL(part.text).protocol, /^(https?|mailto):$/)
    }),
  )
})

test('16,000 characters made to be slow are split at once', () => {
  const nasty = [
    'https://a/'.repeat(1_600),
    `https://a${')'.repeat(15_990)}`,
    `mailto:${'a.'.repeat(7_990)}`,
    'x'.repeat(16_000),
  ]
  const started = performance.now()
  for (const text of nasty) splitLinks(text)
  assert.ok(performance.now() - started < 1_000)
})
