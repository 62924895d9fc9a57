import { spawnSync } from 'node:child_process'

/**
 * Runs a command to its end, with `input` on its standard input.
 * @returns what it wrote to its standard output
 * @throws Error that says what it complained about, when it fails or isn't there
 */
export function run(command: string, args: readonly string[], input = ''): string {
  const { status, error, stdout, stderr } = spawnSync(command, args, { input, encoding: 'utf8' })
  if (status === 0) return stdout
  throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr.trim()}`)
}
