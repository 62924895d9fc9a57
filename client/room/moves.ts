import { randomBytes } from '../crypto/bytes.ts'
import type { MovedFrame } from '../net/frame.ts'
import { formatRoomUrl, parseRoomUrl, type RoomAddress } from '../net/room-url.ts'

/** A new link from the same author is heard this often, in milliseconds. */
const PACE = 60_000

/** New links for a room: makes them, and reads those that members made. */
export class Moves {
  readonly #origin: string
  readonly #now: () => number
  /** When each author was heard last, within the last minute. */
  readonly #heardAt = new Map<string, number>()

  /** @param origin where the room's URLs are, such as `https://chat.example.org` */
  constructor(origin: string, now: () => number) {
    this.#origin = origin
    this.#now = now
  }

  /** A fresh key for the room at `address`: its URL, and what those are sent who are to have it. */
  make(address: RoomAddress, password: boolean): { readonly url: string; readonly frame: MovedFrame } {
    const key = randomBytes(16)
    const { name } = address
    return { url: this.#urlOf(address, { name, key, password }), frame: { type: 'moved', name, key, password } }
  }

  /** The URL that `author` sent to somebody in the room at `address`; null when it is none, another room's, or too soon after the last. */
  receive(author: string, frame: MovedFrame, address: RoomAddress): string | null {
    const now = this.#now()
    for (const [other, at] of this.#heardAt) if (now - at >= PACE) this.#heardAt.delete(other)
    const url = this.#urlOf(address, frame)
    if (frame.name !== address.name || this.#heardAt.has(author) || !parseRoomUrl(url).ok) return null
    this.#heardAt.set(author, now)
    return url
  }

  /** Connections that go through relays only still do in the new room. */
  #urlOf({ relay }: RoomAddress, { name, key, password }: Pick<RoomAddress, 'name' | 'key' | 'password'>): string {
    return formatRoomUrl(this.#origin, { name, key, password, relay, message: null })
  }
}
