/**
 * Writes `confusables.ts` from Unicode's confusables.txt (https://www.unicode.org/Public/security/, also among the sources
 * of ICU): node --import tsx client/room/make-confusables.ts confusables.txt
 */
import { readFileSync, writeFileSync } from 'node:fs'

const [path = ''] = process.argv.slice(2)
const text = readFileSync(path, 'utf8')
const version = /^# Version: (\S+)/m.exec(text)?.[1] ?? 'unknown'
const date = /^# Date: (\d{4}-\d\d-\d\d)/m.exec(text)?.[1] ?? 'unknown'

const characters = (hex = ''): string =>
  hex
    .trim()
    .split(' ')
    .map((code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .join('')
const codes = (characters: string): number[] => [...characters].map((character) => character.codePointAt(0) ?? 0)

/** For each prototype, in NFKD, the characters that look like it. */
const prototypes = new Map<string, number[]>()
for (const line of text.split('\n')) {
  if (!/^[0-9A-F]/.test(line)) continue
  const [from = '', to = ''] = line.split(';', 2).map(characters)
  const prototype = to.normalize('NFKD')
  // What NFKD changes never reaches the table, nor does what is removed before it.
  if (from.normalize('NFKD') !== from || from === prototype || !/^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(from)) continue
  prototypes.set(prototype, [...(prototypes.get(prototype) ?? []), ...codes(from)])
}

const lines = [...prototypes].map(([prototype, sources]) => {
  sources.sort((a, b) => a - b)
  const steps = sources.map((code, index) => code - (sources[index - 1] ?? 0))
  const write = (numbers: number[]) => numbers.map((number) => number.toString(36)).join(' ')
  return `${write(codes(prototype))}:${write(steps)}`
})

writeFileSync(
  new URL('./confusables.ts', import.meta.url),
  `/**
 * Characters that look like others: Unicode ${version} confusables.txt of ${date}, made by \`make-confusables.ts\`. Each line is
 * a prototype, a colon, and the characters that look like it, each as its distance from the one before; all in base 36.
 *
 * © 2022 Unicode, Inc. Under the Unicode License: https://www.unicode.org/license.txt
 */
export const confusables = \`${lines.join('\n')}\`
`,
)
