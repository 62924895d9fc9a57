/**
 * Checks a saved conversation: `npm run verify-export -- FILE`. Exit code 0 when all is genuine, 1 when something is not, 2
 * when the file can't be read or is none.
 */
import { readFile } from 'node:fs/promises'
import { nodeSuite } from './crypto/node.ts'
import { checkTranscript } from './room/transcript.ts'
import { harmlessLine } from './terminal/harmless.ts'
import {
  authorText,
  noMoreKnownText,
  noTranscriptText,
  outcomeText,
  transcriptText,
  unreadableFileText,
  whichFileText,
} from './texts/transcript-text.ts'

const say = (line: string) => process.stdout.write(`${harmlessLine(line)}\n`)

async function run(file: string | undefined): Promise<number> {
  if (file === undefined) {
    say(whichFileText)
    return 2
  }
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) {
    say(unreadableFileText(file))
    return 2
  }
  const report = await checkTranscript(nodeSuite, text)
  if (!report) {
    say(noTranscriptText(file))
    return 2
  }
  const { authors, missing, wrong } = report
  say(transcriptText(report))
  for (const author of authors) say(`  ${authorText(author)}`)
  for (const sentence of [...missing, ...wrong]) say(`  ${sentence}`)
  say(outcomeText(wrong.length))
  say(noMoreKnownText)
  return wrong.length === 0 ? 0 : 1
}

process.exitCode = await run(process.argv[2])
