import { toHex } from '../crypto/bytes.ts'
import { chainOf, type Entry, isMoved, profileNameOf, textOf } from './entry.ts'
import { STRANGER } from './stranger.ts'
import type { Caution, Message } from './types.ts'
import type { Place } from './writer.ts'

interface Line {
  message: Message
  readonly clock: number
  readonly id: string
}

/** One of one's own chains: its lines by seq, and up to where they are on the disk, with one other, or were with all present. */
interface OwnChain {
  readonly lines: Map<number, Line>
  kept: number
  sent: number
  delivered: number
  /** How many people ever held what stands at a seq. */
  reached: (seq: number) => number
}

/** Authors whose names are remembered; beyond it the one named longest ago is forgotten. */
const MOST_NAMES = 30_000
/** Every line is judged when it is put into its place. */
const UNJUDGED = { verified: false, caution: null }

type StandingOf = (author: string, name: string) => Pick<Message, 'verified' | 'caution'>

const isSame = (a: Caution | null, b: Caution | null): boolean =>
  a === b ||
  (a !== null && b !== null && a.kind === b.kind && a.name === b.name && a.verified === b.verified && a.of === b.of)

/** Stands for the chain of one's present visit, which has drafts before its real key is known. */
export const PRESENT = 'present'

function receiptOf({ kept, sent, delivered, reached }: OwnChain, seq: number): Pick<Message, 'state' | 'reached'> {
  const state = seq <= delivered ? 'delivered' : seq <= Math.max(kept, sent) ? 'sent' : 'sending'
  return { state, reached: reached(seq) }
}

const compareLines = (a: Line, b: Line): number => a.clock - b.clock || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** The log folded into messages, in display order. Each method returns the messages that are new or changed. */
export class View {
  readonly messages: Message[] = []
  readonly #lines: Line[] = []
  readonly #own = new Map<string, OwnChain>()
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
        return verified !== message.verified || !isSame(caution, message.caution)
      })
      .map((line) => this.#replace(line, line.message))
  }

  /** Takes in an entry that is new in the log, of anybody but one's own present visit; `mine` for an earlier one's. */
  add(entry: Entry, mine: boolean): readonly Message[] {
    const { author, visit, seq, clock, at } = entry.header
    const name = profileNameOf(entry)
    if (name !== null) return this.#rename(toHex(author), { clock, id: entry.id, name })
    const text = textOf(entry)
    const kind = text !== null ? 'text' : isMoved(entry) ? 'moved' : null
    if (kind === null) return []
    const message: Message = {
      kind,
      key: entry.id,
      id: entry.id,
      author: toHex(author),
      name: this.#names.get(toHex(author))?.name ?? this.#knownName(toHex(author)) ?? '',
      mine,
      ...UNJUDGED,
      text: text ?? '',
      at: Math.min(at, entry.arrivedAt),
      state: 'received',
      reached: 0,
    }
    const line: Line = { message, clock, id: entry.id }
    if (mine) {
      const own = this.#ownChain(chainOf(author, visit))
      own.lines.set(seq, line)
      line.message = { ...message, ...receiptOf(own, seq) }
    }
    this.#insert(line)
    return [line.message]
  }

  /** Entries that the log holds no more. */
  remove(entries: readonly Entry[]): readonly Message[] {
    const ids = new Set(entries.map(({ id }) => id))
    const all = this.#lines.splice(0)
    this.messages.length = 0
    for (const { lines } of this.#own.values()) for (const [seq, { id }] of lines) if (ids.has(id)) lines.delete(seq)
    for (const line of all) {
      if (ids.has(line.id)) continue
      this.#lines.push(line)
      this.messages.push(line.message)
    }
    for (const { lines } of this.#own.values()) for (const [seq, line] of lines) if (ids.has(line.id)) lines.delete(seq)
    return all.filter(({ id }) => ids.has(id)).map(({ message }) => message)
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
      if (newName === name) continue
      line.message = this.#judged({ ...line.message, name: newName })
      this.messages[index] = line.message
      changed.push(line.message)
    }
    this.#renamed.clear()
    return changed
  }

  /** Shows a message of one's own at its place before it is signed. */
  draft(place: Place, kind: Message['kind'], text: string, author: string, name: string): Message {
    const message: Message = {
      kind,
      key: `mine-${place.seq}`,
      id: null,
      author,
      name,
      mine: true,
      ...UNJUDGED,
      text,
      at: place.at,
      state: 'sending',
      reached: 0,
    }
    const line: Line = { message, clock: place.clock, id: '' }
    this.#ownChain(PRESENT).lines.set(place.seq, line)
    this.#insert(line)
    return line.message
  }

  /** An entry of one's own present visit was signed: its message has an id now. */
  signed(entry: Entry): readonly Message[] {
    const { author, seq, clock } = entry.header
    const name = profileNameOf(entry)
    if (name !== null) return this.#rename(toHex(author), { clock, id: entry.id, name })
    const own = this.#ownChain(PRESENT)
    const draft = own.lines.get(seq)
    if (!draft) return []
    this.#remove(draft)
    const named = { author: toHex(author), name: this.#names.get(toHex(author))?.name ?? draft.message.name }
    const line: Line = { ...draft, id: entry.id, message: { ...draft.message, ...named, id: entry.id } }
    own.lines.set(seq, line)
    this.#insert(line)
    return [line.message]
  }

  /**
   * What became of one's own chain: up to `sent` it is with another member, up to `delivered` with every present one, and
   * `reached` tells how many ever held what stands at a seq. Nothing changed up to `after`, but for what is delivered now.
   */
  receipts(
    chain: string,
    receipt: { readonly sent: number; readonly delivered: number; reached(seq: number): number },
    after: number,
  ): readonly Message[] {
    const own = this.#ownChain(chain)
    const from = Math.min(after, own.delivered)
    own.sent = Math.max(own.sent, receipt.sent)
    // What was delivered stays so, whoever comes later.
    own.delivered = Math.max(own.delivered, receipt.delivered)
    own.reached = receipt.reached
    return this.#renew(own, from, Math.max(own.sent, own.delivered))
  }

  /** One's own chain is on the disk up to `seq`. */
  kept(chain: string, seq: number): readonly Message[] {
    const own = this.#ownChain(chain)
    const from = own.kept
    own.kept = Math.max(from, seq)
    return this.#renew(own, from, own.kept)
  }

  /** Nothing is on the disk any more. */
  unkept(): readonly Message[] {
    return [...this.#own.values()].flatMap((own) => {
      const last = own.kept
      own.kept = 0
      return this.#renew(own, Math.max(own.sent, own.delivered), last)
    })
  }

  /** Where one's own message stands, or null. */
  placeOf(id: string): { readonly chain: string; readonly seq: number } | null {
    for (const [chain, { lines }] of this.#own)
      for (const [seq, line] of lines) if (line.id === id) return { chain, seq }
    return null
  }

  /** What became of one's own messages after one seq, up to another, may have changed. */
  #renew(own: OwnChain, after: number, last: number): readonly Message[] {
    const changed: Message[] = []
    for (let seq = after + 1; seq <= last; seq++) {
      const line = own.lines.get(seq)
      const { state, reached } = receiptOf(own, seq)
      if (line && (line.message.state !== state || line.message.reached !== reached))
        changed.push(this.#replace(line, { ...line.message, state, reached }))
    }
    return changed
  }

  #ownChain(chain: string): OwnChain {
    const own = this.#own.get(chain) ?? { lines: new Map(), kept: 0, sent: 0, delivered: 0, reached: () => 0 }
    this.#own.set(chain, own)
    return own
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

  #insert(line: Line): void {
    line.message = this.#judged(line.message)
    const index = this.#indexOf(line)
    this.#lines.splice(index, 0, line)
    this.messages.splice(index, 0, line.message)
  }

  #remove(line: Line): void {
    const index = this.#indexOf(line)
    this.#lines.splice(index, 1)
    this.messages.splice(index, 1)
  }

  #replace(line: Line, message: Message): Message {
    line.message = this.#judged(message)
    this.messages[this.#indexOf(line)] = line.message
    return line.message
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
