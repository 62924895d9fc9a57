import * as v from 'valibot'
import { bytes } from '../crypto/schema.ts'
import { type Entry, MAX_TEXT } from './entry.ts'

/** Entries that one deletion takes at most: a message and its edits. */
export const MAX_TARGETS = 32
/** The longest reaction, in UTF-16 units: some emoji are families. */
const MAX_EMOJI = 32

const target = bytes(32)
const seq = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

const editContent = v.object({ target, text: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_TEXT)) })
const reactionContent = v.object({ target, emoji: v.pipe(v.string(), v.maxLength(MAX_EMOJI)), on: v.boolean() })
const deletionContent = v.object({
  targets: v.pipe(v.array(v.strictTuple([bytes(16), seq, target])), v.minLength(1), v.maxLength(MAX_TARGETS)),
})

/** An entry's text takes the place of another's. */
export type Edit = v.InferOutput<typeof editContent>
/** Somebody reacts to a message with an emoji, or takes that back. */
export type Reaction = v.InferOutput<typeof reactionContent>
/** Entries of the same author that are gone, each by visit, seq and id: the message first, then its edits. */
export type Deletion = v.InferOutput<typeof deletionContent>

const UNIT = String.raw`(?:\p{RI}{2}|[0-9#*]\uFE0F?\u20E3|\p{Extended_Pictographic}(?:\uFE0F|\p{EMod}|[\u{E0020}-\u{E007F}])*)`
const EMOJI = new RegExp(String.raw`^${UNIT}(?:\u200D${UNIT})*$`, 'u')

/** Whether a text is one emoji: nothing else can be a reaction. */
export const isEmoji = (text: string): boolean => text.length <= MAX_EMOJI && EMOJI.test(text)

/** Whether a deletion can take an entry: never what proves another deletion, nor a name. */
export const isDeletable = ({ header }: Entry): boolean => header.kind !== 'delete' && header.kind !== 'profile'

/** What an entry of kind `edit` says; null for any other, or one that breaks the rules. */
export const editOf = (entry: Entry): Edit | null => contentOf(entry, 'edit', editContent)

/** The same of kind `reaction`. */
export function reactionOf(entry: Entry): Reaction | null {
  const reaction = contentOf(entry, 'reaction', reactionContent)
  return reaction && isEmoji(reaction.emoji) ? reaction : null
}

/** The same of kind `delete`. */
export const deletionOf = (entry: Entry): Deletion | null => contentOf(entry, 'delete', deletionContent)

function contentOf<Content>(
  { header, content }: Entry,
  kind: string,
  schema: v.GenericSchema<unknown, Content>,
): Content | null {
  const parsed = header.kind === kind ? v.safeParse(schema, content) : null
  return parsed?.success ? parsed.output : null
}
