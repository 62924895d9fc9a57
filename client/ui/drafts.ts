import type { Room } from '../room/types.ts'

/** A key for a room under which nobody can read its link: the link's digits, mixed by FNV-1a with two seeds. */
function keyOf(url: string): string {
  const mix = (seed: number) => {
    let hash = seed
    for (let i = 0; i < url.length; i++) hash = Math.imul(hash ^ url.charCodeAt(i), 0x01000193)
    return (hash >>> 0).toString(36)
  }
  return `earshot draft ${mix(0x811c9dc5)}${mix(0x12345678)}`
}

/** What is there without a word where the device keeps nothing: a draft then lasts as long as the page. */
const kept = {
  read(key: string): string | null {
    try {
      return localStorage.getItem(key)
    } catch {
      return null
    }
  },
  write(key: string, text: string): void {
    try {
      if (text === '') localStorage.removeItem(key)
      else localStorage.setItem(key, text)
    } catch {}
  },
}

const inMemory = new Map<string, string>()

/** What one was writing in a room and has not sent: kept in this page, and on the device while the room is kept there. */
export class Draft {
  readonly #room: Room
  readonly #key: string
  #wasKept = false

  constructor(room: Room) {
    this.#room = room
    this.#key = keyOf(room.inviteUrl)
    if (!inMemory.has(this.#key)) inMemory.set(this.#key, kept.read(this.#key) ?? '')
    room.on('forgotten', () => this.write('', false))
    room.on('keeping', () => this.#keepingChanged())
  }

  get text(): string {
    return inMemory.get(this.#key) ?? ''
  }

  write(text: string, isKept = this.#room.keeping.on): void {
    inMemory.set(this.#key, text)
    if (isKept || text === '') kept.write(this.#key, text)
  }

  #keepingChanged(): void {
    const { on } = this.#room.keeping
    // Before it is known whether the room is kept, what is there stays.
    if (on !== this.#wasKept) kept.write(this.#key, on ? this.text : '')
    this.#wasKept = on
  }
}
