/** A conversation as a file with all signatures, which anybody can check without having been there. */
import * as v from 'valibot'
import { type Bytes, fromBase64url, fromHex, toBase64url } from '../crypto/bytes.ts'
import type { Suite } from '../crypto/suite.ts'
import type { WireEntry } from '../net/frame.ts'
import { MAX_ROOM_NAME } from '../net/room-url.ts'
import {
  bodyMissingText,
  chainText,
  entriesMissingText,
  misplacedText,
  notGenuineText,
} from '../texts/transcript-text.ts'
import { chainOf, type Entry, profileNameOf, textOf } from './entry.ts'
import { Log } from './log.ts'
import { verifyEntry } from './verify.ts'

const FORMAT = 'earshot transcript 1'

const base64url = v.pipe(
  v.string(),
  v.transform((text) => fromBase64url(text)),
  v.instance(Uint8Array<ArrayBuffer>),
)
const whole = { header: base64url, signature: base64url, salt: base64url, content: base64url }
const transcriptSchema = v.object({
  format: v.literal(FORMAT),
  /** In UTF-16 units it may be twice as long as in characters. */
  room: v.pipe(v.string(), v.maxLength(2 * MAX_ROOM_NAME)),
  /** What the server knows the room by, in hex: signatures are over it. It opens no room. */
  topic: v.pipe(
    v.string(),
    v.transform((text) => fromHex(text)),
    v.custom<Bytes>((bytes) => bytes instanceof Uint8Array && bytes.length === 32),
  ),
  exportedAt: v.pipe(v.string(), v.isoTimestamp()),
  /** Each as its author signed it; salt and content are null where they were deleted, `deletion` is what did it. */
  entries: v.array(
    v.object({
      ...whole,
      salt: v.nullable(base64url),
      content: v.nullable(base64url),
      deletion: v.optional(v.object(whole)),
    }),
  ),
})

/** The file. Nothing in it lets anybody into the room. */
export function makeTranscript(room: string, topic: string, entries: readonly Entry[], now: Date): string {
  const part = ({ header, signature, body }: Pick<WireEntry, 'header' | 'signature' | 'body'>) => ({
    header: toBase64url(header),
    signature: toBase64url(signature),
    salt: body && toBase64url(body.salt),
    content: body && toBase64url(body.content),
  })
  const list = entries.map(({ wire }) => ({ ...part(wire), ...(wire.deletion && { deletion: part(wire.deletion) }) }))
  return `${JSON.stringify({ format: FORMAT, room, topic, exportedAt: now.toISOString(), entries: list }, null, 1)}\n`
}

/** What somebody has in a transcript. */
export interface TranscriptAuthor {
  /** Their public key, in hex. */
  readonly id: string
  /** What they called themselves last. */
  readonly name: string
  readonly messages: number
  readonly deleted: number
}

/** How many entries are missing of visits of which later ones are there. */
export interface Gaps {
  /** Before the first that is there of their visit. */
  readonly before: number
  readonly between: number
}

export interface TranscriptReport {
  readonly room: string
  readonly exportedAt: string
  readonly entries: number
  readonly authors: readonly TranscriptAuthor[]
  /**
   * Entries that are missing though later ones of the same visit are there: sentences. They prove no fault: thinning takes
   * the beginning of a visit, and leaves a hole where somebody held an older part.
   */
  readonly missing: readonly string[]
  readonly gaps: Gaps
  /** What can't be true: sentences. Empty where all is well. */
  readonly wrong: readonly string[]
}

/** Checks every signature, body and order of a transcript. Null when the text is none. Never throws, whatever it is given. */
export async function checkTranscript(suite: Suite, text: string): Promise<TranscriptReport | null> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return null
  }
  const parsed = v.safeParse(transcriptSchema, json)
  if (!parsed.success) return null
  const { room, topic, exportedAt, entries: wires } = parsed.output
  const wrong: string[] = []
  const entries: Entry[] = []
  for (const [index, { header, signature, salt, content, deletion }] of wires.entries()) {
    const body = salt && content ? { salt, content } : null
    const by = deletion && {
      header: deletion.header,
      signature: deletion.signature,
      body: { salt: deletion.salt, content: deletion.content },
    }
    const entry = await verifyEntry(suite, topic, { header, signature, body, ...(by && { deletion: by }) }, Infinity)
    if (!entry) wrong.push(notGenuineText(index + 1))
    else if (!body && !by) wrong.push(bodyMissingText(index + 1))
    else entries.push(entry)
  }
  const chains = checkChains(entries, wrong)
  return { room, exportedAt, entries: wires.length, authors: authorsOf(entries), ...chains, wrong }
}

const nameOf = ({ header: { author, visit } }: Entry): string => {
  const chain = chainOf(author, visit)
  return chainText(chain.slice(0, 8), chain.slice(64, 72))
}

/** Whether each visit's entries follow one another. Returns what is missing. */
function checkChains(entries: readonly Entry[], wrong: string[]): Pick<TranscriptReport, 'missing' | 'gaps'> {
  const missing: string[] = []
  const gaps = { before: 0, between: 0 }
  const log = new Log({ entries: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY })
  for (const entry of [...entries].sort((a, b) => a.header.seq - b.header.seq)) {
    const { author, visit, seq } = entry.header
    const last = log.last(chainOf(author, visit))
    if (seq > last + 1) missing.push(entriesMissingText(nameOf(entry), last + 1, seq - 1))
    gaps[last === 0 ? 'before' : 'between'] += Math.max(0, seq - last - 1)
    const added = log.add(entry, seq)
    if (added !== 'added') wrong.push(misplacedText(nameOf(entry), seq))
  }
  return { missing, gaps }
}

function authorsOf(entries: readonly Entry[]): TranscriptAuthor[] {
  const authors = new Map<string, { name: string; messages: number; deleted: number }>()
  for (const entry of [...entries].sort((a, b) => a.header.clock - b.header.clock)) {
    const id = chainOf(entry.header.author, new Uint8Array())
    const author = authors.get(id) ?? { name: '', messages: 0, deleted: 0 }
    author.name = profileNameOf(entry) ?? author.name
    if (textOf(entry)) author.messages++
    if (entry.header.kind === 'text' && entry.wire.deletion) author.deleted++
    authors.set(id, author)
  }
  return [...authors].map(([id, author]) => ({ id, ...author }))
}
