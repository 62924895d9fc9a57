/** What checking a saved conversation finds, and what `npm run verify-export` says of it. */

const entriesText = (count: number): string => (count === 1 ? '1 entry' : `${count} entries`)
const messagesText = (count: number): string => (count === 1 ? '1 message' : `${count} messages`)

/** What the file calls somebody or something: in quotation marks, which it can't close, so that it is no sentence of this check. */
const quoted = (name: string): string => `"${name.replace(/["\\]/g, '\\$&')}"`

/** An entry by its place in the file. */
export const notGenuineText = (entry: number): string => `Entry ${entry}: its signature or what it says is not genuine.`
export const bodyMissingText = (entry: number): string =>
  `Entry ${entry}: what it said is missing, and nothing says that it was deleted.`

/** Who wrote on which visit, by the beginnings of both ids. */
export const chainText = (author: string, visit: string): string => `Author ${author}, visit ${visit}`
export const entriesMissingText = (chain: string, first: number, last: number): string =>
  `${chain}: ${first === last ? `entry ${first} is` : `entries ${first} to ${last} are`} missing.`
export const misplacedText = (chain: string, entry: number): string =>
  `${chain}, entry ${entry}: it does not follow the one before, or is there twice.`

export const whichFileText = 'Which file? npm run verify-export -- FILE'
export const unreadableFileText = (file: string): string => `${file} can't be read.`
export const noTranscriptText = (file: string): string =>
  `${file} is no conversation that Earshot saved with signatures.`

interface Transcript {
  readonly room: string
  readonly exportedAt: string
  readonly entries: number
}

export const transcriptText = ({ room, exportedAt, entries }: Transcript): string =>
  `Room ${quoted(room)}, saved ${exportedAt}, as the file says: ${entries === 1 ? '1 signed entry' : `${entries} signed entries`}.`

interface Author {
  readonly id: string
  readonly name: string
  readonly messages: number
  readonly deleted: number
}

export const authorText = ({ id, name, messages, deleted }: Author): string =>
  `${name ? quoted(name) : 'Nobody by name'}: ${messagesText(messages)}${deleted > 0 ? `, ${deleted} deleted` : ''}. Key ${id}`

export const noMoreKnownText =
  'Whether somebody said more after what is here, or on a visit of which nothing is here, no signature can tell.'

/** What it comes to: the last line is one of these. */
export const wholeText = 'Everything is as its author signed it, and nothing before it or in between is missing.'
export const emptyText = 'There is nothing in it to check.'
export const wrongText = (wrong: number): string => (wrong === 1 ? '1 thing is wrong.' : `${wrong} things are wrong.`)

interface Gaps {
  readonly before: number
  readonly between: number
}

/** All of it is genuine, but not all is there. */
export function gapsText({ before, between }: Gaps): string {
  const parts = [
    ...(between > 0 ? [`${entriesText(between)} in between`] : []),
    ...(before > 0 ? [`${entriesText(before)} from the beginning of a visit`] : []),
  ]
  const missing = `${parts.join(' and ')} ${before + between === 1 ? 'is' : 'are'} missing`
  return `What is here is as its author signed it, but ${missing}. Old history may have been thinned, or somebody left this out: no signature can tell.`
}
