import { toHex } from '../crypto/bytes.ts'
import type { Hello } from '../crypto/hello.ts'
import type { Time } from '../net/time.ts'
import { cleanName } from './names.ts'
import { STRANGER } from './stranger.ts'
import type { Member } from './types.ts'

/** One page of somebody's, in this room. */
interface Visit {
  readonly author: string
  readonly chain: string
  name: string
  state: 'connected' | 'shaky' | 'connecting'
  typing: boolean
  cancelTyping: () => void
  /** Rises with every name that is set, so that a person has the last one. */
  named: number
}

/** Typing that isn't said again ends by itself. */
const TYPING_LASTS = 5_000

const ORDER = { connected: 0, shaky: 1, connecting: 2 } as const

/** Who is in the room: visits folded into people, since one person may have the room open more than once. */
export class Members {
  readonly #time: Time
  readonly #changed: (typing: { author: string; typing: boolean } | null) => void
  readonly #visits = new Map<string, Visit>()
  #names = 0
  #me: Member = { id: '', name: '', me: true, state: 'me', typing: false, ...STRANGER }
  #list: readonly Member[] | null = null

  /** @param changed is called after every change, with whose typing began or ended if that is what changed */
  constructor(time: Time, changed: (typing: { author: string; typing: boolean } | null) => void) {
    this.#time = time
    this.#changed = changed
  }

  get me(): Member {
    return this.#me
  }

  /** People, oneself first, then by name. */
  get list(): readonly Member[] {
    this.#list ??= [this.#me, ...this.#others()]
    return this.#list
  }

  /** Other people with an open link. */
  get connected(): number {
    return this.list.filter(({ state }) => state === 'connected' || state === 'shaky').length
  }

  /** Whose visit this is, if it is known. */
  of(peer: string): Member | undefined {
    const author = this.#visits.get(peer)?.author
    return this.list.find(({ id }) => id === author)
  }

  setMe(change: { id?: string; name?: string }): void {
    this.#me = { ...this.#me, ...change }
    this.#update()
  }

  /** A link to a visit is open. */
  open(peer: string, hello: Hello, visit: { author: string; chain: string }): void {
    this.#visits.get(peer)?.cancelTyping()
    this.#visits.set(peer, {
      ...visit,
      name: cleanName(hello.name),
      state: 'connected',
      typing: false,
      cancelTyping: () => {},
      named: ++this.#names,
    })
    this.#update()
  }

  shaky(peer: string, shaky: boolean): void {
    this.#setState(peer, shaky ? 'shaky' : 'connected')
  }

  /** Its link ended; another is being made. */
  closed(peer: string): void {
    this.#setState(peer, 'connecting')
  }

  gone(peer: string): void {
    this.#visits.get(peer)?.cancelTyping()
    if (this.#visits.delete(peer)) this.#update()
  }

  /** The visit that writes to `chain` gave itself a name. */
  rename(chain: string, name: string): void {
    for (const visit of this.#visits.values()) {
      if (visit.chain !== chain) continue
      visit.name = name
      visit.named = ++this.#names
      this.#update()
    }
  }

  typing(peer: string, typing: boolean): void {
    const visit = this.#visits.get(peer)
    if (!visit) return
    visit.cancelTyping()
    visit.cancelTyping = typing ? this.#time.after(TYPING_LASTS, () => this.typing(peer, false)) : () => {}
    if (visit.typing === typing) return
    visit.typing = typing
    this.#update({ author: visit.author, typing })
  }

  /** Nobody is there any more but oneself. */
  clear(): void {
    for (const { cancelTyping } of this.#visits.values()) cancelTyping()
    this.#visits.clear()
    this.#update()
  }

  #setState(peer: string, state: Visit['state']): void {
    const visit = this.#visits.get(peer)
    if (!visit || visit.state === state) return
    visit.state = state
    this.#update()
  }

  #update(typing: { author: string; typing: boolean } | null = null): void {
    this.#list = null
    this.#changed(typing)
  }

  #others(): Member[] {
    const people = new Map<string, Visit[]>()
    for (const visit of this.#visits.values()) {
      if (visit.author === this.#me.id) continue
      people.set(visit.author, [...(people.get(visit.author) ?? []), visit])
    }
    return [...people]
      .map(([id, visits]): Member => {
        const best = visits.reduce((a, b) => (ORDER[b.state] < ORDER[a.state] ? b : a))
        const latest = visits.reduce((a, b) => (b.named > a.named ? b : a))
        const typing = visits.some(({ typing }) => typing)
        return { id, name: latest.name, me: false, state: best.state, typing, ...STRANGER }
      })
      .sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1))
  }
}

/** The author of the visit with this hello, and the chain that it writes to. `peer` is its id, in hex. */
export function visitOf(hello: Hello, peer: string): { author: string; chain: string } {
  const author = toHex(hello.author)
  return { author, chain: author + peer }
}
