import { nothingKept } from './late.ts'
import type { RoomError } from './types.ts'

/** Different warnings shown in a visit, of those that others can provoke. */
const MOST_WARNINGS = 20

/** What a person is to be told of, said no more often than it helps. */
export class Warnings {
  readonly #tell: (error: RoomError) => void
  readonly #told = new Set<string>()
  /** What the store couldn't do while the room was entered; null once that was told. */
  #storeTrouble: RoomError[] | null = []

  constructor(tell: (error: RoomError) => void) {
    this.#tell = tell
  }

  /** Tells it; trouble with the store only once the room is entered, see `entered`. */
  warn(error: RoomError): void {
    if (error.code === 'store' && this.#told.has(nothingKept.message)) return
    if (error.code === 'store' && this.#storeTrouble) this.#storeTrouble.push(error)
    else this.#tell(error)
  }

  /** Tells what may come again and again only once. */
  warnOnce(error: RoomError): void {
    if (this.#told.size >= MOST_WARNINGS || this.#told.has(error.message)) return
    this.#told.add(error.message)
    this.warn(error)
  }

  /** Tells what the store couldn't do so far: in one sentence when it could do nothing, not even keep the conversation. */
  entered({ isUnkept }: { readonly isUnkept: boolean }): void {
    const trouble = this.#storeTrouble ?? []
    this.#storeTrouble = null
    const isAll = trouble.length > 1 && isUnkept
    for (const error of isAll ? [nothingKept] : trouble) this.warn(error)
    if (isAll) this.#told.add(nothingKept.message)
  }
}
