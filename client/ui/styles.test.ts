import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

const folder = new URL('.', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8').replace(/\/\*.*?\*\//gs, '')
const tokens = read('tokens.css')
const parts = readdirSync(folder)
  .filter((name) => name.endsWith('.css') && name !== 'tokens.css')
  .map((name) => ({ name, text: read(name) }))

/** Each declaration of a property that fits, with where it stands. */
function declarations(property: RegExp): { name: string; value: string }[] {
  return parts.flatMap(({ name, text }) =>
    [...text.matchAll(/(?<=[{;\s])([\w-]+):\s*([^;{}]+);/g)]
      .filter(([, key = '']) => property.test(key))
      .map(([, , value = '']) => ({ name, value })),
  )
}

/** The colours of a scheme, by the names of their tokens. */
function colours(scheme: 'light' | 'dark'): Map<string, string> {
  const [light = '', dark = ''] = tokens.split('@media (prefers-color-scheme: dark)')
  const text = scheme === 'light' ? light : light + dark
  return new Map([...text.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]))
}

/** @see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

/** What is written on what. */
const TEXTS: Record<string, readonly string[]> = {
  ink: ['paper', 'surface', 'sunken', 'mine'],
  'ink-soft': ['paper', 'surface', 'sunken'],
  'mine-soft': ['mine', 'surface'],
  link: ['paper', 'surface', 'sunken', 'mine'],
  bad: ['paper', 'surface', 'bad-soft'],
  accent: ['paper', 'surface'],
  'on-accent': ['accent', 'accent-strong'],
  'accent-strong': ['on-accent'],
  surface: ['busy'],
}
/** What is only drawn, on what. */
const MARKS: Record<string, readonly string[]> = {
  'line-strong': ['paper', 'surface'],
  good: ['paper', 'surface', 'sunken'],
  busy: ['paper', 'surface', 'sunken'],
  link: ['paper', 'surface', 'sunken', 'mine'],
  accent: ['paper', 'surface', 'sunken', 'mine'],
}

for (const scheme of ['light', 'dark'] as const) {
  test(`in ${scheme} colours, text reaches the contrast of WCAG AA, 4.5, and marks 3`, () => {
    const all = colours(scheme)
    for (const [least, pairs] of [
      [4.5, TEXTS],
      [3, MARKS],
    ] as const)
      for (const [one, others] of Object.entries(pairs))
        for (const other of others) {
          const [front, back] = [all.get(one), all.get(other)]
          assert.ok(front && back, `${one} or ${other} is missing`)
          assert.ok(contrast(front, back) >= least, `${one} on ${other}: ${contrast(front, back).toFixed(2)}`)
        }
  })
}

test('initials are readable on each colour of the avatars', () => {
  const backgrounds = [...read('avatar.css').matchAll(/background: (#[0-9a-f]{6})/g)].map(([, colour = '']) => colour)
  assert.equal(backgrounds.length, 12)
  for (const colour of backgrounds) assert.ok(contrast(colour, '#ffffff') >= 4.5, colour)
})

test('every size of text is a step of the scale, or relative to the text around it', () => {
  for (const { name, value } of declarations(/^font-size$/))
    assert.match(value, /^(var\(--text-[a-z]+\)|clamp\(var.*, \d+vw, var.*\)|0\.\d+em)$/, `${name}: ${value}`)
})

test('every distance is a step of the scale', () => {
  for (const { name, value } of declarations(/^(row-|column-)?gap$|^(padding|margin)(-|$)/))
    assert.doesNotMatch(value, /\d(rem|ch)\b|[4-9]px|\d\dpx/, `${name}: ${value}`)
})

test('every colour is a token, but for what has to be black or white', () => {
  for (const { name, value } of declarations(/^(color|background|fill|stroke|border|outline)(-|$)/))
    if (name !== 'avatar.css' && !/^#(000|fff|1c1411)$/.test(value))
      assert.doesNotMatch(value, /#|rgb|hsl/, `${name}: ${value}`)
})

test('what is drawn before the later parts come has its styles by then', () => {
  const importedBy = (name: string) => [...read(name).matchAll(/@import "\.\/([^"]+)"/g)].map(([, each = '']) => each)
  const classesIn = (names: readonly string[], pattern: RegExp) =>
    new Set(names.flatMap((name) => [...read(name).matchAll(pattern)].map(([, each = '']) => each)))
  const early = classesIn(importedBy('index.css'), /\.([a-z][\w-]*)/g)
  const late = classesIn(importedBy('later.css'), /^\s*\.([a-z][\w-]*)/gm)
  // What these are for is there only along with the later parts.
  for (const name of ['with-rooms', 'rooms-side']) late.delete(name)

  const seen = new Set<string>()
  const used = new Set<string>()
  const walk = (url: URL) => {
    if (seen.has(url.href)) return
    seen.add(url.href)
    const text = readFileSync(url, 'utf8')
    for (const [, plain = '', template = ''] of text.matchAll(/ class=(?:"([^"]*)"|\{`([^`]*)`\})/g))
      for (const each of (plain + template).split(/[^\w-]+/)) used.add(each)
    for (const [, path = ''] of text.matchAll(/^import (?!type)[^;]*? from '(\.{1,2}\/[^']+\.tsx?)'/gms))
      walk(new URL(path, url))
  }
  walk(new URL('../main.tsx', import.meta.url))
  assert.ok(used.has('composer-box'))
  assert.deepEqual(
    [...used].filter((each) => late.has(each) && !early.has(each)),
    [],
  )
})

test('every token is used', () => {
  const all = [tokens, ...parts.map(({ text }) => text)].join('\n')
  for (const [, name = ''] of tokens.matchAll(/^\s*(--[\w-]+):/gm)) assert.ok(all.includes(`var(${name})`), name)
})
