/** Browsers that run inside of a namespace, driven from outside. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchOptions } from '../support/browser.ts'
import { BrowserPool } from '../support/people.ts'
import type { Namespace } from './namespace.ts'
import type { Undo } from './undo.ts'

/**
 * @param origins - whose pages are treated as if they came over https
 * @param more - arguments for the browser beside the usual ones
 */
export function browsersIn(
  namespace: Namespace,
  origins: readonly string[],
  undo: Undo,
  more: readonly string[] = [],
): BrowserPool {
  const { args, executablePath } = launchOptions()
  if (executablePath === undefined) throw new Error('There is no browser.')
  const folder = mkdtempSync(join(tmpdir(), 'earshot-'))
  undo.add(() => rmSync(folder, { recursive: true }))
  // By a script, since Playwright stays outside.
  const script = join(folder, 'browser')
  const [command, words] = namespace.command(executablePath)
  const quoted = [command, ...words].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')
  writeFileSync(script, `#!/bin/sh\nexec ${quoted} "$@"\n`, { mode: 0o755 })
  const secure = `--unsafely-treat-insecure-origin-as-secure=${origins.join(',')}`
  const browsers = new BrowserPool({ args: [...args, secure, ...more], executablePath: script })
  undo.add(() => browsers.close())
  return browsers
}
