import { type Bytes, toHex } from '../crypto/bytes.ts'
import { Changes, changesOf, type Made } from './changes.ts'
import { chainOf, type Entry, isMoved, profileNameOf, textOf } from './entry.ts'
import { OwnLines, PRESENT } from './own-lines.ts'
import { STRANGER } from './stranger.ts'
import type { Caution, Message, Standing } from './types.ts'
import type { Place } from './writer.ts'

interface Line {
  message: Message
  readonly clock: number
  readonly id: string
  /** What it says before all changes. */
  readonly said: Pick<Message, 'text' | 'deleted'>
  /** Where its entry stands; null until that is signed. */
  readonly place: { readonly visit: Bytes; readonly seq: number } | null
}

/** Authors whose names are remembered; beyond it the one named longest ago is forgotten. */
const MOST_NAMES = 30_000
/** Every line is judged when it is put into its place. */
const UNJUDGED = { verified: false, caution: null }
const UNCHANGED = { deleted: false, versions: [], editedAt: null, reactions: [] }

type StandingOf = (author: string, name: string) => Pick<Standing, 'verified' | 'caution' | 'hidden'>

const isSame = (a: Caution | null, b: Caution | null): boolean =>
  a === b ||
  (a !== null && b !== null && a.kind === b.kind && a.name === b.name && a.verified === b.verified && a.of === b.of)

/** The id of a change of one's own until it is signed. */
export const draftId = (seq: number): string => `mine-${seq}`

const compareLines = (a: Line, b: Line): number => a.clock - b.clock || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** The log folded into messages, in display order. Each method returns the messages that are new or changed. */
export class View {
  readonly messages: Message[] = []
  readonly #lines: Line[] = []
  readonly #byId = new Map<string, Line>()
  readonly #own = new OwnLines<Line>((line, fate) => this.#replace(line, { ...line.message, ...fate }))
  readonly #changes = new Changes()
  readonly #names = new Map<string, { clock: number; id: string; name: string }>()
  readonly #renamed = new Set<string>()
  readonly #standing: StandingOf
  readonly #knownName: (author: string) => string | null

  /**
   * @param standing what is known of an author under a name
   * @param knownName the name that an author is known by here, whose own word of it may be thinned
   */
  constructor(standing: StandingOf = () => STRANGER, knownName: (author: string) => string | null = () => null) {
    this.#standing = standing
    this.#knownName = knownName
  }

  /** The name that an author last gave themselves in the log, or null. */
  nameOf(author: string): string | null {
    return this.#names.get(author)?.name ?? null
  }

  /** Something else is known of authors now. */
  judge(): readonly Message[] {
    return this.#lines
      .filter(({ message }) => {
        const { verified, caution } = this.#judged(message)
        return message.reactions.length > 0 || verified !== message.verified || !isSame(caution, message.caution)
      })
      .map((line) => this.#replace(line, line.message))
  }

  /** Takes in an entry that is new in the log, of anybody but one's own present visit; `mine` for an earlier one's. */
  add(entry: Entry, mine: boolean): readonly Message[] {
    const { author, visit, seq, clock, at } = entry.header
    const name = profileNameOf(entry)
    if (name !== null) return this.#rename(toHex(author), { clock, id: entry.id, name })
    const made = changesOf(entry, mine)
    if (made.length > 0) return made.flatMap((change) => this.change(change))
    const text = textOf(entry)
    const isDeleted = entry.header.kind === 'text' && entry.wire.deletion !== undefined
    const kind = text || isDeleted ? 'text' : isMoved(entry) ? 'moved' : null
    if (kind === null) return []
    const said = { text: text?.text ?? '', deleted: isDeleted }
    const message: Message = {
      kind,
      key: entry.id,
      id: entry.id,
      author: toHex(author),
      name: this.#nameOf(toHex(author)) ?? '',
      mine,
      ...UNJUDGED,
      ...UNCHANGED,
      ...said,
      reply: text?.reply ? toHex(text.reply) : null,
      at: Math.min(at, entry.arrivedAt),
      state: 'received',
      reached: 0,
    }
    const line: Line = { message, clock, id: entry.id, said, place: { visit, seq } }
    if (mine) line.message = { ...message, ...this.#own.put(chainOf(author, visit), seq, line) }
    this.#insert(line)
    return [line.message]
  }

  /** Takes in a change that somebody makes, signed or not yet. */
  change(made: Made): readonly Message[] {
    this.#changes.add(made)
    return this.#fold([made.target])
  }

  /** What these entries said was deleted. */
  deleted(entries: readonly Entry[]): readonly Message[] {
    return entries.flatMap((entry) => {
      const line = this.#byId.get(entry.id)
      if (!line) return []
      const empty: Line = { ...line, said: { text: '', deleted: true } }
      this.#put(empty)
      return this.#fold([entry.id])
    })
  }

  /** The message with an id, or null. */
  message(id: string): Message | null {
    return this.#byId.get(id)?.message ?? null
  }

  /** Where a message and the edits of its author stand: what a deletion of it names. */
  placesOf(id: string): [Bytes, number, string][] {
    const line = this.#byId.get(id)
    if (!line) return []
    const parts = [line, ...this.#changes.editsOf(id, line.message.author)]
    return parts.flatMap(({ id, place }) => (place ? [[place.visit, place.seq, id]] : []))
  }

  /** Entries that the log holds no more. */
  remove(entries: readonly Entry[]): readonly Message[] {
    const ids = new Set(entries.map(({ id }) => id))
    const all = this.#lines.splice(0)
    this.messages.length = 0
    this.#own.remove(ids)
    for (const line of all) {
      if (ids.has(line.id)) {
        this.#byId.delete(line.id)
        continue
      }
      this.#lines.push(line)
      this.messages.push(line.message)
    }
    const changed = this.#fold([...ids].flatMap((id) => [...this.#changes.remove(id)]))
    return [...all.filter(({ id }) => ids.has(id)).map(({ message }) => message), ...changed]
  }

  /** Whether somebody has another name than their messages show. */
  get hasNewNames(): boolean {
    return this.#renamed.size > 0
  }

  /** Puts new names on messages: all at once, since somebody may take a thousand names in a row. */
  applyNames(): readonly Message[] {
    const changed: Message[] = []
    for (const [index, line] of this.#lines.entries()) {
      const { author, name } = line.message
      const newName = this.#renamed.has(author) ? (this.nameOf(author) ?? name) : name
      const isReactor = line.message.reactions.some(({ people }) => people.some(({ id }) => this.#renamed.has(id)))
      if (newName === name && !isReactor) continue
      line.message = this.#drawn(line, { ...line.message, name: newName })
      this.messages[index] = line.message
      changed.push(line.message)
    }
    this.#renamed.clear()
    return changed
  }

  /** Shows a message of one's own at its place before it is signed. */
  draft(
    place: Place,
    { kind, text, reply = null }: { kind: Message['kind']; text: string; reply?: string | null },
    { id: author, name }: { readonly id: string; readonly name: string },
  ): Message {
    const message: Message = {
      kind,
      key: `mine-${place.seq}`,
      id: null,
      author,
      name,
      mine: true,
      ...UNJUDGED,
      ...UNCHANGED,
      text,
      reply,
      at: place.at,
      state: 'sending',
      reached: 0,
    }
    const line: Line = { message, clock: place.clock, id: '', said: { text, deleted: false }, place: null }
    this.#own.put(PRESENT, place.seq, line)
    this.#insert(line)
    return line.message
  }

  /** An entry of one's own present visit was signed: its message has an id now. */
  signed(entry: Entry): readonly Message[] {
    const { author, seq, clock } = entry.header
    const name = profileNameOf(entry)
    if (name !== null) return this.#rename(toHex(author), { clock, id: entry.id, name })
    const made = changesOf(entry, true)
    if (made.length > 0)
      return [...this.#fold(this.#changes.remove(draftId(seq))), ...made.flatMap((one) => this.change(one))]
    const draft = this.#own.get(PRESENT, seq)
    if (!draft) return []
    this.#remove(draft)
    const named = { author: toHex(author), name: this.#names.get(toHex(author))?.name ?? draft.message.name }
    const message = { ...draft.message, ...named, id: entry.id }
    const line: Line = { ...draft, id: entry.id, message, place: { visit: entry.header.visit, seq } }
    this.#own.put(PRESENT, seq, line)
    this.#insert(line)
    return [line.message]
  }

  /** See `OwnLines`. */
  receipts(...news: Parameters<OwnLines<Line>['receipts']>): readonly Message[] {
    return this.#own.receipts(...news)
  }

  /** One's own chain is on the disk up to `seq`. */
  kept(chain: string, seq: number): readonly Message[] {
    return this.#own.kept(chain, seq)
  }

  /** Nothing is on the disk any more. */
  unkept(): readonly Message[] {
    return this.#own.unkept()
  }

  /** Where one's own message stands, or null. */
  placeOf(id: string): { readonly chain: string; readonly seq: number } | null {
    return this.#own.placeOf(id)
  }

  #rename(author: string, profile: { clock: number; id: string; name: string }): readonly Message[] {
    const known = this.#names.get(author)
    if (known && (known.clock - profile.clock || (known.id < profile.id ? -1 : 1)) > 0) return []
    this.#names.delete(author)
    this.#names.set(author, profile)
    for (const oldest of this.#names.keys()) if (this.#names.size > MOST_NAMES) this.#names.delete(oldest)
    this.#renamed.add(author)
    return []
  }

  /** Something about these messages may have changed. */
  #fold(ids: Iterable<string>): readonly Message[] {
    return [...new Set(ids)].flatMap((id) => {
      const line = this.#byId.get(id)
      return line ? [this.#replace(line, line.message)] : []
    })
  }

  #insert(line: Line): void {
    line.message = this.#drawn(line, line.message)
    const index = this.#indexOf(line)
    this.#lines.splice(index, 0, line)
    this.messages.splice(index, 0, line.message)
    if (line.id !== '') this.#byId.set(line.id, line)
  }

  #remove(line: Line): void {
    const index = this.#indexOf(line)
    this.#lines.splice(index, 1)
    this.messages.splice(index, 1)
    this.#byId.delete(line.id)
  }

  /** Puts a line in the place of another one with the same id. */
  #put(line: Line): void {
    this.#lines[this.#indexOf(line)] = line
    this.#byId.set(line.id, line)
    const place = this.#own.placeOf(line.id)
    if (place) this.#own.put(place.chain, place.seq, line)
  }

  #replace(line: Line, message: Message): Message {
    line.message = this.#drawn(line, message)
    this.messages[this.#indexOf(line)] = line.message
    return line.message
  }

  /** A message with what changed about it, and what is known of its author. */
  #drawn({ said }: Line, message: Message): Message {
    if (said.deleted) return this.#judged({ ...message, ...UNCHANGED, ...said, reply: null })
    const named = (author: string) => {
      const name = this.#nameOf(author) ?? ''
      return this.#standing(author, name).hidden ? null : name
    }
    const changed = this.#changes.fold({ ...message, ...said }, named)
    return this.#judged({ ...message, ...changed, ...(changed.deleted && { reply: null }) })
  }

  /** The name that an author has in the log, or under which they are known here. */
  #nameOf(author: string): string | null {
    return this.nameOf(author) ?? this.#knownName(author)
  }

  #judged(message: Message): Message {
    if (message.mine) return message
    const { verified, caution } = this.#standing(message.author, message.name)
    return { ...message, verified, caution }
  }

  /** Where a line is, or belongs. */
  #indexOf(line: Line): number {
    let low = 0
    let high = this.#lines.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = this.#lines[middle]
      if (other && compareLines(other, line) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
