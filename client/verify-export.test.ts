import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { storySaved } from './room/transcript-story.ts'

const COMMAND = fileURLToPath(new URL('./verify-export.ts', import.meta.url))

/** Runs the command on a file that holds this: its exit code, and the lines that it says. */
async function verify(t: TestContext, text: string): Promise<{ code: number | null; lines: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-export-'))
  t.after(() => rm(folder, { recursive: true }))
  const path = join(folder, 'saved.json')
  await writeFile(path, text)
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['--import', 'tsx', COMMAND, path], (_error, stdout) =>
      resolve({ code: child.exitCode, lines: stdout.trimEnd().split('\n') }),
    )
  })
}

/** The story with these of its entries. */
async function only(...left: number[]): Promise<string> {
  const file = JSON.parse(await storySaved())
  return JSON.stringify({ ...file, entries: left.map((entry) => file.entries[entry - 1]) })
}

test('0: all is there and genuine, and the last line says so', async (t) => {
  const { code, lines } = await verify(t, await storySaved())
  assert.equal(code, 0)
  assert.match(lines.at(-1) ?? '', /^Everything is as its author signed it/)
})

test('1: something is not genuine, whatever else is missing', async (t) => {
  const { code, lines } = await verify(t, (await only(1, 4, 5)).replaceAll('"salt":"', '"salt":"AAAA'))
  assert.equal(code, 1)
  assert.match(lines.at(-1) ?? '', /^\d things are wrong\.$/)
})

test('2: there is nothing to check', async (t) => {
  for (const text of ['no conversation', await only()]) {
    const { code, lines } = await verify(t, text)
    assert.equal(code, 2)
    assert.doesNotMatch(lines.join('\n'), /Everything/)
  }
})

test('3: what is there is genuine, but entries in between or before it are missing', async (t) => {
  for (const [text, missing] of [
    [await only(1, 2, 4, 5), '1 entry in between is missing'],
    [await only(3, 4, 5), '2 entries from the beginning of a visit are missing'],
  ] as const) {
    const { code, lines } = await verify(t, text)
    assert.equal(code, 3)
    assert.ok(lines.at(-1)?.includes(missing), lines.at(-1))
    assert.doesNotMatch(lines.join('\n'), /Everything/)
  }
})

test('no name in the file makes a line of its own, drives the terminal, or looks like what is said of it', async (t) => {
  const lie = 'All is genuine'
  const { lines } = await verify(t, await storySaved({ name: `${lie}\n${lie}`, room: `x\u001b[2K"\r\n${lie}` }))
  assert.equal(lines.length, 4)
  assert.match(lines[0] ?? '', /^Room "x\u241b\[2K\\" All is genuine", saved 1970/)
  assert.match(lines[1] ?? '', /^ {2}"All is genuine All is genuine": 2 messages, 1 deleted\. Key /)
})
