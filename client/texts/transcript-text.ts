/** What checking a saved conversation finds, and what `npm run verify-export` says of it. */

/** An entry by its place in the file. */
export const notGenuineText = (entry: number): string => `Entry ${entry}: its signature or what it says is not genuine.`
export const bodyMissingText = (entry: number): string =>
  `Entry ${entry}: what it said is missing, and nothing says that it was deleted.`

/** Who wrote on which visit, by the beginnings of both ids. */
export const chainText = (author: string, visit: string): string => `Author ${author}, visit ${visit}`
export const entriesMissingText = (chain: string, first: number, last: number): string =>
  `${chain}: ${first === last ? first : `${first} to ${last}`} missing.`
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
  `Room ${room}, saved ${exportedAt}, as the file says: ${entries} signed entries.`

interface Author {
  readonly id: string
  readonly name: string
  readonly messages: number
  readonly deleted: number
}

export const authorText = ({ id, name, messages, deleted }: Author): string =>
  `${name || 'Nobody by name'}: ${messages} messages${deleted > 0 ? `, ${deleted} deleted` : ''}. Key ${id}`

/** What it comes to, by how many things are wrong. */
export const outcomeText = (wrong: number): string =>
  wrong === 0 ? 'Everything is as its author signed it.' : `${wrong} things are wrong.`
export const noMoreKnownText = 'Whether somebody said more after what is here, no signature can tell.'
