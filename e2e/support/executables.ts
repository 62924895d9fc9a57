/** Programs of this machine: finding them, and having its package manager bring one. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** Where this command is in the PATH, first one first. */
export function inPath(command: string): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const name = process.platform === 'win32' ? `${command}.exe` : command
  return folders.map((folder) => join(folder, name)).filter(isExecutable)
}

/** These paths below the folders in which Windows keeps programs. */
export function inWindowsFolders(...paths: readonly string[]): string[] {
  return ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((variable) => {
    const folder = process.env[variable]
    return folder ? paths.map((path) => join(folder, path)) : []
  })
}

/** Runs a command without a prompt, and says so with the reason before it. Whether it worked. */
export function run(reason: string, command: string, ...args: string[]): boolean {
  process.stdout.write(`${reason}: ${command} ${args.join(' ')}\n`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env }).status === 0
}

/** Debian's package manager, where it may install. On Ubuntu a browser's package is a stub that may not start: try it. */
export function installWithApt(reason: string, name: string): boolean {
  if (process.getuid?.() !== 0 || inPath('apt-get').length === 0) return false
  // A stale index of one source must not keep the others from being used.
  run(reason, 'apt-get', 'update')
  return run(reason, 'apt-get', 'install', '-y', '--no-install-recommends', name)
}
