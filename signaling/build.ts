/** What the build leaves for the server: the page, and what /healthz tells of it. */
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'

const build = v.object({ version: v.string(), commit: v.string() })

/** Which version of Earshot this is, and the commit that it was built from. */
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
