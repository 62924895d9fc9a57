/**
 * Runs the unit tests, all of them or those whose path contains one of the arguments. Arguments that begin with `-` go to
 * Node's test runner. Finds the files itself: `node --test` of Node 20 doesn't, and not every shell does.
 */
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const words = process.argv.slice(2)
const options = words.filter((word) => word.startsWith('-'))
const wanted = words.filter((word) => !word.startsWith('-'))

const files = ['signaling', 'client', 'e2e']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)))
  .filter((path) => /\.test\.tsx?$/.test(path))
  .filter((path) => wanted.length === 0 || wanted.some((part) => path.includes(part)))
  .sort()

if (files.length === 0) {
  process.stderr.write(`No unit tests found${wanted.length > 0 ? ` for ${wanted.join(' ')}` : ''}.\n`)
  process.exitCode = 1
} else {
  const args = ['--import', 'tsx', '--test', '--test-reporter=spec', '--test-concurrency=2', ...options, ...files]
  spawn(process.execPath, args, { stdio: 'inherit' }).once('exit', (code) => {
    process.exitCode = code ?? 1
  })
}
