/** Runs many seeds, on several processes at once. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import type { Outcome } from './run.ts'

const outcomeSchema = v.object({
  seed: v.number(),
  people: v.number(),
  problems: v.array(v.string()),
  digest: v.string(),
  messages: v.number(),
  connections: v.number(),
  healedAfter: v.number(),
})

const COMMAND = fileURLToPath(new URL('./simulate.ts', import.meta.url))

/**
 * Runs the seeds from `from` on, `seeds` of them, and calls `told` with each outcome as it comes. Rejects when a process
 * ends before its seeds do.
 */
export async function runMany(
  { from, seeds, processes }: { from: number; seeds: number; processes: number },
  told: (outcome: Outcome) => void,
): Promise<void> {
  await Promise.all(
    Array.from({ length: processes }, (_, index) => runEvery(from + index, from + seeds, processes, told)),
  )
}

/** One process for the seeds from `from` to before `end`, every `step`th. */
async function runEvery(from: number, end: number, step: number, told: (outcome: Outcome) => void): Promise<void> {
  const args = ['--import', 'tsx', COMMAND, '--work', `${from},${end},${step}`]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  for await (const line of createInterface({ input: child.stdout })) told(v.parse(outcomeSchema, JSON.parse(line)))
  const code = await ended
  if (code !== 0) throw new Error(`a process of the simulation ended with ${code}`)
}
