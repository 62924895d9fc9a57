/**
 * Checks a saved conversation: `npm run verify-export -- FILE`. Exit code 0 when all is genuine and nothing is missing in
 * between, 1 when something is not genuine, 2 when there is nothing to check: no file that can be read, or none with a
 * conversation in it, 3 when what is there is genuine, but entries before it or in between are missing.
 */
import { readFile } from 'node:fs/promises'
import { nodeSuite } from './crypto/node.ts'
import { checkTranscript, type TranscriptReport } from './room/transcript.ts'
import { harmlessLine } from './terminal/harmless.ts'
import {
  authorText,
  emptyText,
  gapsText,
  noMoreKnownText,
  noTranscriptText,
  transcriptText,
  unreadableFileText,
  whichFileText,
  wholeText,
  wrongText,
} from './texts/transcript-text.ts'

/** Says a line. No line that begins at the margin begins with what somebody else wrote. */
const say = (line: string, margin = '') => process.stdout.write(`${margin}${harmlessLine(line)}\n`)

/** The exit code, and the last line. */
function outcomeOf({ entries, wrong, gaps }: TranscriptReport): [code: number, sentence: string] {
  if (entries === 0) return [2, emptyText]
  if (wrong.length > 0) return [1, wrongText(wrong.length)]
  return gaps.before + gaps.between > 0 ? [3, gapsText(gaps)] : [0, wholeText]
}

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
  const [code, sentence] = outcomeOf(report)
  say(transcriptText(report))
  for (const author of authors) say(authorText(author), '  ')
  for (const fault of [...missing, ...wrong]) say(fault, '  ')
  say(noMoreKnownText)
  say(sentence)
  return code
}

process.exitCode = await run(process.argv[2])
