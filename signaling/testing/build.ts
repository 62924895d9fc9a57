/** A small build for tests: what the server needs to start, in a folder of its own. */
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Build } from '../build.ts'

/** The page's files by name; each has a `.br` and a `.gz` beside it. */
export const FILES = {
  'index.html': `<!doctype html><title>Earshot</title>${'<p>the page</p>'.repeat(20)}`,
  'assets/main-ABCD1234.js': `console.log('${'the page '.repeat(50)}')`,
  'assets/main-ABCD1234.css': `p { color: black }${' '.repeat(100)}`,
  'earshot.js': `export const joinRoom = '${'x'.repeat(200)}'`,
  'favicon.svg': `<svg xmlns="http://www.w3.org/2000/svg">${'<g/>'.repeat(30)}</svg>`,
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const files = Object.entries(FILES)
  .map(([name, text]) => ({ path: `/${name}`, sha256: sha256(text) }))
  .sort((a, b) => (a.path < b.path ? -1 : 1))

/** What the build says of itself. */
export const BUILD: Build = {
  version: '1.2.3',
  commit: 'abcdef0',
  page: { hash: sha256(files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('')), files },
}

/** Makes the folder. Returns it, and how to remove it. */
export async function makeBuild(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-build-'))
  for (const [name, text] of Object.entries(FILES)) {
    const path = join(folder, 'page', name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
    await writeFile(`${path}.br`, brotliCompressSync(text))
    await writeFile(`${path}.gz`, gzipSync(text))
  }
  await writeFile(join(folder, 'secret.txt'), 'not to be served')
  await writeFile(join(folder, 'build.json'), JSON.stringify(BUILD))
  return { folder, remove: () => rm(folder, { recursive: true }) }
}
