import { type Bytes, toHex } from '../crypto/bytes.ts'
import { deletionOf, editOf, reactionOf } from './change.ts'
import type { Entry } from './entry.ts'
import type { Message, Reaction } from './types.ts'

/** What an entry, or one that is not signed yet, changes about a message. */
export type Change =
  | { readonly kind: 'edit'; readonly text: string }
  | { readonly kind: 'reaction'; readonly emoji: string; readonly on: boolean }
  | { readonly kind: 'delete' }

/** A change with who made it, and when. */
export interface Made {
  /** Of its entry; any other text of its own until that is signed. */
  readonly id: string
  /** The id of the message. */
  readonly target: string
  readonly author: string
  readonly mine: boolean
  readonly clock: number
  readonly at: number
  /** Where its entry stands: for deleting it. Null until that is signed. */
  readonly place: { readonly visit: Bytes; readonly seq: number } | null
  readonly change: Change
}

/** What changes make of a message. */
export type Changed = Pick<Message, 'text' | 'deleted' | 'versions' | 'editedAt' | 'reactions'>

/** Different emoji shown at one message; nobody wants to see more. */
const MOST_EMOJI = 20

const UNCHANGED = { deleted: false, versions: [], editedAt: null, reactions: [] }

const compare = (a: Made, b: Made): number => a.clock - b.clock || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** The changes that an entry makes; empty for one of any other kind, or that breaks the rules. */
export function changesOf(entry: Entry, mine: boolean): Made[] {
  const { author, visit, seq, clock, at } = entry.header
  const made = (target: Bytes, change: Change): Made => ({
    id: entry.id,
    target: toHex(target),
    author: toHex(author),
    mine,
    clock,
    at: Math.min(at, entry.arrivedAt),
    place: { visit, seq },
    change,
  })
  const edit = editOf(entry)
  if (edit) return [made(edit.target, { kind: 'edit', text: edit.text })]
  const reaction = reactionOf(entry)
  if (reaction) return [made(reaction.target, { kind: 'reaction', emoji: reaction.emoji, on: reaction.on })]
  return (deletionOf(entry)?.targets ?? []).map(([, , target]) => made(target, { kind: 'delete' }))
}

/** All changes to messages, whether those are there or not: which ones count shows only when they are folded. */
export class Changes {
  /** By the id of the message. */
  readonly #made = new Map<string, Map<string, Made>>()
  /** The messages that an entry changes. */
  readonly #targets = new Map<string, Set<string>>()

  /** Takes in a change. */
  add(made: Made): void {
    const { id, target } = made
    this.#made.set(target, (this.#made.get(target) ?? new Map<string, Made>()).set(id, made))
    this.#targets.set(id, (this.#targets.get(id) ?? new Set<string>()).add(target))
  }

  /** The entry with this id is there no more. Returns the ids of the messages that it had changed. */
  remove(id: string): Iterable<string> {
    const targets = this.#targets.get(id) ?? []
    this.#targets.delete(id)
    for (const target of targets) {
      const made = this.#made.get(target)
      made?.delete(id)
      if (made?.size === 0) this.#made.delete(target)
    }
    return targets
  }

  /** The edits that the author of a message made to it. */
  editsOf(id: string, author: string): Made[] {
    return this.#of(id).filter((made) => made.change.kind === 'edit' && made.author === author)
  }

  /**
   * What a message is after all changes. Only its author can edit or delete it.
   * @param named the name of whoever reacted; null where nothing of theirs is shown
   */
  fold(
    { id, author, text, at }: Pick<Message, 'id' | 'author' | 'text' | 'at'>,
    named: (author: string) => string | null,
  ): Changed {
    const all = id === null ? [] : this.#of(id)
    if (all.length === 0) return { ...UNCHANGED, text }
    const own = all.filter((made) => made.author === author)
    if (own.some(({ change }) => change.kind === 'delete')) return { ...UNCHANGED, text: '', deleted: true }
    const versions = [{ text, at }]
    for (const { change, at } of own) if (change.kind === 'edit') versions.push({ text: change.text, at })
    const last = versions.pop()
    return {
      text: last?.text ?? text,
      deleted: false,
      versions,
      editedAt: versions.length > 0 ? (last?.at ?? at) : null,
      reactions: reactions(all, named),
    }
  }

  /** In the order in which they were made. */
  #of(id: string): Made[] {
    return [...(this.#made.get(id)?.values() ?? [])].sort(compare)
  }
}

/** Whoever took a reaction back stands behind the others when they give it again. */
function reactions(all: readonly Made[], named: (author: string) => string | null): Reaction[] {
  const given = new Map<string, Map<string, { id: string; name: string; mine: boolean }>>()
  for (const { author, mine, change } of all) {
    if (change.kind !== 'reaction') continue
    const people = given.get(change.emoji) ?? new Map()
    const name = named(author)
    if (!change.on || name === null) people.delete(author)
    else if (!people.has(author)) people.set(author, { id: author, name, mine })
    given.set(change.emoji, people)
  }
  return [...given]
    .filter(([, people]) => people.size > 0)
    .slice(0, MOST_EMOJI)
    .map(([emoji, people]) => ({
      emoji,
      people: [...people.values()].map(({ id, name }) => ({ id, name })),
      mine: [...people.values()].some(({ mine }) => mine),
    }))
}
