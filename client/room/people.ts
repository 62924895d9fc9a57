import type { Time } from '../net/time.ts'
import type { KnownPerson, PersonChange } from '../store/known-person.ts'
import type { Store } from '../store/store.ts'
import { peopleNotKeptText, peopleNotReadText } from '../texts/people-fault-text.ts'
import { type Bearer, Bearers, RANK } from './bearers.ts'
import { loadConfusables } from './lookalike.ts'
import type { Member, Standing } from './types.ts'

/** How soon what is new is written down, so that those who come together are written together, in milliseconds. */
const SOON = 300
/** How often it is when news never end, in milliseconds, and how many times it is written soon before that. */
const LATER = 10_000
const SOON_TIMES = 20
/** So many people who were never met before are remembered from one visit: a crowd made up of keys can't push out friends. */
const MOST_STRANGERS = 250

/** Standings that are remembered until something changes. */
const MOST_STANDINGS = 5_000

/** What is known of somebody by now. */
type Person = Pick<KnownPerson, 'name' | 'firstSeen' | 'hidden'> & { readonly verified: boolean }

interface PeopleParts {
  readonly store: Store
  readonly time: Time
  /** Called when something about people changed that `describe` would show. */
  readonly changed: () => unknown
  /** Called once when the device keeps nothing, with a sentence for the person. */
  readonly warn: (message: string) => void
}

/** What is known on this device of the people in a room. Loaded while the room is entered: typing needs none of it. */
export class People {
  readonly #store: Store
  readonly #time: Time
  readonly #changed: () => unknown
  readonly #warn: (message: string) => void
  /** As they were before this visit. */
  readonly #before = new Map<string, KnownPerson>()
  readonly #now = new Map<string, Person>()
  /** The names under which people were verified on this visit. */
  readonly #verifiedAs = new Map<string, readonly string[]>()
  readonly #hidden = new Set<string>()
  /** Names of those who are there. */
  #present = new Map<string, string>()
  #me: { readonly id: string; readonly name: string } = { id: '', name: '' }
  #strangers = 0
  readonly #bearers = new Bearers()
  #areBearersGathered = false
  readonly #standings = new Map<string, Standing>()
  #described: {
    readonly members: readonly Member[]
    readonly version: number
    readonly list: readonly Member[]
  } | null = null
  /** Rises with every change that may change somebody's standing. */
  version = 0
  #isAlphabetLoading = false
  #pending = new Map<string, PersonChange>()
  #cancelWriting: (() => void) | null = null
  #times = { left: SOON_TIMES, at: 0 }
  #hasComplained = false

  constructor({ store, time, changed, warn }: PeopleParts) {
    this.#store = store
    this.#time = time
    this.#changed = changed
    this.#warn = warn
  }

  /** Reads who is remembered. Never rejects: where nothing can be read, everybody is new, and that is said. */
  async load(): Promise<void> {
    try {
      for (const person of await this.#store.people()) {
        this.#before.set(person.author, person)
        this.#now.set(person.author, { ...person, verified: person.verifiedAt !== null })
        if (person.hidden) this.#hidden.add(person.author)
      }
    } catch {
      this.#complain(peopleNotReadText)
    }
    this.#touch()
  }

  /** Authors of whom nothing is shown. */
  get hidden(): ReadonlySet<string> {
    return this.#hidden
  }

  /** The members with what is known of each. Takes note of who is there, and under which name. */
  describe(members: readonly Member[]): readonly Member[] {
    if (this.#described?.members === members && this.#described.version === this.version) return this.#described.list
    this.#note(members)
    const list = members.map((member): Member => {
      if (member.me) return member
      const standing = this.standing(member.id, member.name)
      if (!standing.hidden) return { ...member, ...standing }
      return { ...member, ...standing, name: this.#now.get(member.id)?.name ?? member.name, typing: false }
    })
    this.#described = { members, version: this.version, list }
    return list
  }

  /** What is known of an author under this name, whether they are there or not. */
  standing(author: string, name: string): Standing {
    const key = `${author} ${name}`
    let standing = this.#standings.get(key)
    if (!standing) {
      if (this.#standings.size >= MOST_STANDINGS) this.#standings.clear()
      standing = this.#judge(author, name)
      this.#standings.set(key, standing)
    }
    return standing
  }

  /** The name that somebody was last seen with; null when they never were. */
  nameOf(author: string): string | null {
    return this.#now.get(author)?.name ?? null
  }

  /** Holds at once. Resolves when it is kept, or can't be: that is warned of. */
  setVerified(author: string, name: string, verified: boolean): Promise<void> {
    return this.#mark({ author, name, verified, at: this.#time.date() })
  }

  /** As `setVerified`. */
  setHidden(author: string, name: string, hidden: boolean): Promise<void> {
    return this.#mark({ author, name, hidden, at: this.#time.date() })
  }

  /** Writes what is still to be written. Never rejects. */
  async flush(): Promise<void> {
    this.#cancelWriting?.()
    this.#cancelWriting = null
    if (this.#pending.size === 0) return
    const changes = [...this.#pending.values()]
    this.#pending = new Map()
    await this.#keep(changes)
  }

  async #keep(changes: readonly PersonChange[]): Promise<void> {
    try {
      await this.#store.savePeople(changes)
    } catch {
      this.#complain(peopleNotKeptText)
    }
  }

  async #mark(change: PersonChange): Promise<void> {
    const { author, name, verified, hidden } = change
    if (author === this.#me.id) return
    if (verified) this.#verifiedAs.set(author, [...(this.#verifiedAs.get(author) ?? []), name])
    if (hidden !== undefined) this.#hidden[hidden ? 'add' : 'delete'](author)
    this.#change(change)
    const isKept = this.flush()
    this.#touch()
    this.#changed()
    await isKept
  }

  #note(members: readonly Member[]): void {
    const present = new Map<string, string>()
    for (const { id, name, me } of members) {
      if (me) this.#meet({ id, name })
      else {
        present.set(id, name)
        if (this.#present.get(id) !== name) this.#see(id, name)
      }
    }
    if ([...this.#present.keys()].some((id) => !present.has(id))) this.#touch()
    this.#present = present
    if (present.size > 0) this.#loadAlphabet()
  }

  #meet({ id, name }: { id: string; name: string }): void {
    if (id === this.#me.id && name === this.#me.name) return
    this.#me = { id, name }
    this.#touch()
  }

  /** Somebody is there under this name, for the first time or with a new one. */
  #see(author: string, name: string): void {
    this.#touch()
    // A name that was never shown is none that they are known by.
    if (this.#hidden.has(author)) return
    if (!this.#now.has(author) && ++this.#strangers > MOST_STRANGERS) return
    this.#change({ author, name, at: this.#time.date() })
    this.#cancelWriting ??= this.#time.after(this.#soonTimes() >= 1 ? SOON : LATER, () => {
      this.#times = { left: this.#soonTimes() - 1, at: this.#time.now() }
      void this.flush()
    })
  }

  #change(change: PersonChange): void {
    const { author, at, name, verified, hidden } = change
    const before = this.#now.get(author) ?? { firstSeen: at, verified: false, hidden: false }
    this.#now.set(author, {
      firstSeen: before.firstSeen,
      name,
      verified: verified ?? before.verified,
      hidden: hidden ?? before.hidden,
    })
    this.#pending.set(change.author, { ...this.#pending.get(change.author), ...change })
  }

  /** How many times news may be written soon: one more with every `LATER` that passes. */
  #soonTimes(): number {
    return Math.min(SOON_TIMES, this.#times.left + (this.#time.now() - this.#times.at) / LATER)
  }

  #touch(): void {
    this.version++
    this.#areBearersGathered = false
    this.#standings.clear()
  }

  #judge(author: string, name: string): Standing {
    const before = this.#before.get(author)
    const hidden = this.hidden.has(author)
    return {
      verified: this.#isVerified(author),
      hidden,
      known: before ? 'known' : 'new',
      formerName: before && !hidden && before.name !== name ? before.name : null,
      caution: hidden || author === this.#me.id ? null : this.#gathered().caution(this.#bearer(author, name)),
    }
  }

  /** Names that somebody was known by before; of those who are verified also earlier ones, and the one under which they were. */
  #namesOf(author: string): readonly string[] {
    const before = this.#before.get(author)
    const names = before ? [before.name] : []
    return this.#isVerified(author)
      ? [...names, ...(before?.names ?? []), ...(this.#verifiedAs.get(author) ?? [])]
      : names
  }

  #isVerified(author: string): boolean {
    return this.#now.get(author)?.verified ?? false
  }

  #bearer(author: string, name: string): Bearer {
    const isBorne = this.#namesOf(author).some((earlier) => this.#bearers.alike(earlier, name))
    const rank = this.#isVerified(author)
      ? RANK[isBorne ? 'verifiedBorne' : 'verified']
      : RANK[isBorne ? 'borne' : 'taken']
    return { author, name, rank, firstSeen: this.#now.get(author)?.firstSeen ?? Number.MAX_VALUE }
  }

  #gathered(): Bearers {
    if (this.#areBearersGathered) return this.#bearers
    this.#areBearersGathered = true
    this.#bearers.clear()
    if (this.#me.name !== '')
      this.#bearers.add({ author: this.#me.id, name: this.#me.name, rank: RANK.mine, firstSeen: 0 })
    for (const [author, { name, hidden }] of this.#now) {
      const shown = hidden ? name : (this.#present.get(author) ?? name)
      for (const each of new Set([shown, ...this.#namesOf(author)])) this.#bearers.add(this.#bearer(author, each))
    }
    for (const [author, name] of this.#present)
      if (!this.#now.has(author)) this.#bearers.add(this.#bearer(author, name))
    return this.#bearers
  }

  /** What letters look like is a large table, which nobody needs who is alone. */
  #loadAlphabet(): void {
    if (this.#isAlphabetLoading) return
    this.#isAlphabetLoading = true
    void loadConfusables().then(() => {
      this.#bearers.reread()
      this.#touch()
      this.#changed()
    })
  }

  #complain(message: string): void {
    if (this.#hasComplained) return
    this.#hasComplained = true
    this.#warn(message)
  }
}
