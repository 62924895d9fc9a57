/** What the build leaves for the server: the page, and what /healthz tells of it. */
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const build = v.object({
  version: v.string(),
  commit: v.string(),
  /** Every uncompressed file of the page, sorted by path, and the SHA-256 of that list as `sha256sum` prints it. */
  page: v.object({ hash: sha256, files: v.array(v.object({ path: v.pipe(v.string(), v.startsWith('/')), sha256 })) }),
})

/** Which version of Earshot this is, the commit that it was built from, and what the page is made of. */
export type Build = v.InferOutput<typeof build>

/** There is no build, or not a whole one. */
export class BuildError extends Error {
  readonly code = 'no-build'

  constructor(folder: string, cause: unknown) {
    super(`There is no build in ${folder}: run "npm run build" first.`, { cause })
    this.name = 'BuildError'
  }
}

/**
 * Reads `build.json` and checks that the page is there.
 * @param folder - where the build is
 * @returns what the build says of itself, and the folder of the page
 * @throws BuildError
 */
export async function readBuild(folder: string): Promise<{ build: Build; page: string }> {
  const page = join(folder, 'page')
  try {
    await access(join(page, 'index.html'))
    return { build: v.parse(build, JSON.parse(await readFile(join(folder, 'build.json'), 'utf8'))), page }
  } catch (error) {
    throw new BuildError(folder, error)
  }
}
