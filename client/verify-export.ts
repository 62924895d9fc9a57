/**
 * Checks a saved conversation: `npm run verify-export -- FILE`. Exit code 0 when all is genuine, 1 when something is not, 2
 * when the file can't be read or is none.
 */
import { readFile } from 'node:fs/promises'
import { nodeSuite } from './crypto/node.ts'
import { checkTranscript } from './room/transcript.ts'
import { harmlessLine } from './terminal/harmless.ts'

const say = (line: string) => process.stdout.write(`${harmlessLine(line)}\n`)

async function run(file: string | undefined): Promise<number> {
  if (file === undefined) {
    say('Which file? npm run verify-export -- FILE')
    return 2
  }
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) {
    say(`${file} can't be read.`)
    return 2
  }
  const report = await checkTranscript(nodeSuite, text)
  if (!report) {
    say(`${file} is no conversation that Earshot saved with signatures.`)
    return 2
  }
  const { room, exportedAt, entries, authors, missing, wrong } = report
  say(`Room ${room}, saved ${exportedAt}, as the file says: ${entries} signed entries.`)
  for (const { id, name, messages, deleted } of authors)
    say(`  ${name || 'Nobody by name'}: ${messages} messages${deleted > 0 ? `, ${deleted} deleted` : ''}. Key ${id}`)
  for (const sentence of [...missing, ...wrong]) say(`  ${sentence}`)
  say(wrong.length === 0 ? 'Everything is as its author signed it.' : `${wrong.length} things are wrong.`)
  say('Whether somebody said more after what is here, no signature can tell.')
  return wrong.length === 0 ? 0 : 1
}

process.exitCode = await run(process.argv[2])
