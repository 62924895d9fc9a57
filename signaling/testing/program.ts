/** Programs of the system that some tests need. */
import { spawn, spawnSync } from 'node:child_process'
import { PATIENCE, within } from './inbox.ts'

/** Why a test that needs these programs is skipped; false when all are there. */
export function lacks(...programs: string[]): string | false {
  const missing = programs.filter((program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0)
  return missing.length > 0 && `not installed here: ${missing.join(', ')}`
}

export interface Outcome {
  readonly code: number | null
  /** All that it wrote. */
  readonly output: string
}

/** Runs a program to its end. It is ended after `patience` milliseconds, with code null. */
export async function runProgram(program: string, args: readonly string[], patience = PATIENCE): Promise<Outcome> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => {
      output += data
    })
  const timer = setTimeout(() => child.kill('SIGKILL'), patience)
  const code = await within(
    new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    }),
    `the end of ${program}`,
    2 * patience,
  )
  clearTimeout(timer)
  return { code, output }
}
