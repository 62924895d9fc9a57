import { toHex } from '../crypto/bytes.ts'
import type { Hello } from '../crypto/hello.ts'
import type { Route } from '../net/route.ts'
import type { Time } from '../net/time.ts'
import type { Verdict } from '../net/verdict.ts'
import { cleanName } from './names.ts'
import { STRANGER } from './stranger.ts'
import type { Member } from './types.ts'

/** One page of somebody's, in this room. */
interface Visit {
  readonly author: string
  readonly chain: string
  name: string
  /** The link to it, if one is open. */
  link: 'connected' | 'shaky' | null
  /** By which way the open link goes, once that is known. */
  route: Route | null
  /** Why the last attempt at a link led to nothing. */
  verdict: Verdict | null
  /** There should be a link to it; else others pass on what is said. */
  needed: boolean
  /** The name in its last lease. */
  leasedName: string | null
  typing: boolean
  cancelTyping: () => void
  /** Rises with every name that is set, so that a person has the last one. */
  named: number
}

/** Typing that isn't said again ends by itself. */
const TYPING_LASTS = 5_000

const ORDER = { connected: 0, indirect: 1, shaky: 2, connecting: 3 } as const

const stateOf = ({ link, needed }: Visit): keyof typeof ORDER => link ?? (needed ? 'connecting' : 'indirect')

/** Who is in the room: visits folded into people, since one person may have the room open more than once. */
export class Members {
  readonly #time: Time
  readonly #changed: (typing: { author: string; typing: boolean } | null) => void
  readonly #visits = new Map<string, Visit>()
  #names = 0
  #me: Member = { id: '', name: '', me: true, state: 'me', route: null, verdict: null, typing: false, ...STRANGER }
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

  /** Other people who are reached through others. */
  get indirect(): number {
    return this.list.filter(({ state }) => state === 'indirect').length
  }

  /** How many people are reached by which way. */
  get routes(): Partial<Record<Route, number>> {
    const counts: Partial<Record<Route, number>> = {}
    for (const { route } of this.list) if (route) counts[route] = (counts[route] ?? 0) + 1
    return counts
  }

  /** Ids of everybody who is there. */
  get authors(): ReadonlySet<string> {
    return new Set([...this.#visits.values()].map(({ author }) => author))
  }

  /** Whose visit this is, if it is known. */
  of(peer: string): Member | undefined {
    const author = this.#visits.get(peer)?.author
    return this.list.find(({ id }) => id === author)
  }

  /** Peer ids of somebody's visits. */
  visitsOf(author: string): readonly string[] {
    return [...this.#visits].flatMap(([peer, visit]) => (visit.author === author ? [peer] : []))
  }

  setMe(change: { id?: string; name?: string }): void {
    this.#me = { ...this.#me, ...change }
    this.#update()
  }

  /** A link to a visit is open. */
  open(peer: string, hello: Hello, visit: { author: string; chain: string }): void {
    const before = this.#visits.get(peer)
    before?.cancelTyping()
    this.#visits.set(peer, {
      ...visit,
      name: cleanName(hello.name),
      link: 'connected',
      route: null,
      verdict: null,
      needed: true,
      leasedName: before?.leasedName ?? null,
      typing: false,
      cancelTyping: () => {},
      named: ++this.#names,
    })
    this.#update()
  }

  /** A visit, linked or not, says that it is there, and under which name. */
  leased(peer: string, visit: { author: string; chain: string }, name: string, needed: boolean): void {
    const known = this.#visits.get(peer)
    if (!known) {
      const typing = { typing: false, cancelTyping: () => {} }
      const named = { name: cleanName(name), leasedName: name, named: ++this.#names }
      this.#visits.set(peer, { ...visit, ...typing, ...named, link: null, route: null, verdict: null, needed })
      this.#update()
      return
    }
    const isNew = known.leasedName !== null && known.leasedName !== name
    const isSame = !isNew && known.needed === needed
    known.leasedName = name
    known.needed = needed
    if (isSame) return
    // A lease may have been on its way for longer than word of another name.
    if (isNew) {
      known.name = cleanName(name)
      known.named = ++this.#names
    }
    this.#update()
  }

  shaky(peer: string, shaky: boolean): void {
    const visit = this.#visits.get(peer)
    if (visit?.link) this.#setLink(visit, shaky ? 'shaky' : 'connected')
  }

  /** The way of its open link was found out, or changed. */
  routed(peer: string, route: Route): void {
    const visit = this.#visits.get(peer)
    if (!visit?.link || visit.route === route) return
    visit.route = route
    this.#update()
  }

  /** An attempt at a link to it led to nothing. */
  unreached(peer: string, verdict: Verdict): void {
    const visit = this.#visits.get(peer)
    if (!visit || visit.link || visit.verdict?.code === verdict.code) return
    visit.verdict = verdict
    this.#update()
  }

  /** Its link ended; another is being made if it is `needed`. */
  closed(peer: string, needed: boolean): void {
    const visit = this.#visits.get(peer)
    if (!visit) return
    visit.needed = needed
    this.#setLink(visit, null)
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

  #setLink(visit: Visit, link: Visit['link']): void {
    if (visit.link === link) return
    visit.link = link
    if (link === null) visit.route = null
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
        const best = visits.reduce((a, b) => (ORDER[stateOf(b)] < ORDER[stateOf(a)] ? b : a))
        const state = stateOf(best)
        const verdict = state === 'connecting' ? best.verdict : null
        const latest = visits.reduce((a, b) => (b.named > a.named ? b : a))
        const typing = visits.some(({ typing }) => typing)
        return { id, name: latest.name, me: false, state, route: best.route, verdict, typing, ...STRANGER }
      })
      .sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1))
  }
}

/** The author of the visit with this hello, and the chain that it writes to. `peer` is its id, in hex. */
export function visitOf(hello: Hello, peer: string): { author: string; chain: string } {
  const author = toHex(hello.author)
  return { author, chain: author + peer }
}
