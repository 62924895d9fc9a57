/**
 * What the page is made of, as its server says, and whether that is what the server hands out. It finds damage and mixed-up
 * versions; a server that means ill can lie here as well, which is why the hash is there to be compared with a build of
 * one's own.
 */
import * as v from 'valibot'
import { toHex } from './crypto/bytes.ts'
import { loadPlatform } from './crypto/platform.ts'

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const path = v.pipe(v.string(), v.regex(/^\/[\w./-]+$/), v.excludes('//'))
const health = v.object({
  version: v.string(),
  commit: v.string(),
  page: v.object({ hash: sha256, files: v.array(v.object({ path, sha256 })) }),
})

/** The build that the page comes from: its version, its commit, and a SHA-256 of the list of its files, in hex. */
export interface PageBuild {
  readonly version: string
  readonly commit: string
  readonly hash: string
  /** Each with the SHA-256 of its bytes, in hex. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[]
}

/** How many files there are, and the paths of those that are not what the list says. */
export interface PageCheck {
  readonly files: number
  readonly wrong: readonly string[]
}

/** What the server at `origin` says of the page. Rejects when it can't be asked or makes no sense. */
export async function readPageBuild(origin: string): Promise<PageBuild> {
  const answer = await fetch(`${origin}/healthz`)
  const { version, commit, page } = v.parse(health, await answer.json())
  return { version, commit, ...page }
}

/**
 * Fetches every file of the page and compares it with the list, and the list with its hash; a list that doesn't fit is
 * named by the path of /healthz. Rejects when the server can't be asked.
 */
export async function checkPage(origin: string, { hash, files }: PageBuild): Promise<PageCheck> {
  const { suite } = await loadPlatform()
  const hashOf = async (data: Uint8Array<ArrayBuffer>) => toHex(await suite.sha256(data))
  const list = files.map((file) => `${file.sha256}  ${file.path}\n`).join('')
  const wrong = (await hashOf(new TextEncoder().encode(list))) === hash ? [] : ['/healthz']
  for (const file of files) {
    const answer = await fetch(`${origin}${file.path}`)
    const data = new Uint8Array(await answer.arrayBuffer())
    if (!answer.ok || (await hashOf(data)) !== file.sha256) wrong.push(file.path)
  }
  return { files: files.length, wrong }
}
