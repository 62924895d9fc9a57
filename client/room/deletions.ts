import { type Bytes, equal, toHex } from '../crypto/bytes.ts'
import { deletionOf, isDeletable } from './change.ts'
import { chainOf, type Entry } from './entry.ts'

/** Deleted entries that are remembered; beyond it those deleted longest ago are forgotten. */
const MOST = 50_000

/** Where something is to be deleted, and what is left of what is held there; null when it is something else. */
interface Place {
  readonly chain: string
  readonly seq: number
  readonly change: (held: Entry) => Entry | null
}

const keyOf = (author: Bytes, id: string): string => toHex(author) + id

/** An entry without its body, and with the entry that deleted it; null when that one can't. */
function without(entry: Entry, { header, wire }: Entry): Entry | null {
  if (!wire.body || !entry.wire.body || !isDeletable(entry) || !equal(header.author, entry.header.author)) return null
  const deletion = { header: wire.header, signature: wire.signature, body: wire.body }
  const { header: bytes, signature } = entry.wire
  return { ...entry, content: undefined, wire: { header: bytes, signature, body: null, deletion } }
}

/** What was deleted, so that it stays so whenever and from whomever it comes. */
export class Deletions {
  readonly #byTarget = new Map<string, Entry>()

  /** The form in which an entry may be held: without its body, if that was deleted. */
  formOf(entry: Entry): Entry {
    const deletion = this.#byTarget.get(keyOf(entry.header.author, entry.id))
    return (deletion && without(entry, deletion)) ?? entry
  }

  /** Takes in an entry of kind `delete`; gives where what it names may be held. */
  add(deletion: Entry): Place[] {
    const { author } = deletion.header
    return (deletionOf(deletion)?.targets ?? []).map(([visit, seq, target]) => {
      const id = toHex(target)
      this.#byTarget.set(keyOf(author, id), deletion)
      for (const oldest of this.#byTarget.keys()) if (this.#byTarget.size > MOST) this.#byTarget.delete(oldest)
      return { chain: chainOf(author, visit), seq, change: (held) => (held.id === id ? without(held, deletion) : null) }
    })
  }
}
