/** How many people are remembered on a device. */
export const MAX_PEOPLE = 1_000
const MAX_NAMES = 3

/** What is remembered on this device of somebody met in a room. Times are milliseconds since the epoch. */
export interface KnownPerson {
  /** Their public key in lower-case hex. */
  readonly author: string
  /** The last name that they were seen with. */
  readonly name: string
  /** A few earlier ones, the latest first. */
  readonly names: readonly string[]
  readonly firstSeen: number
  readonly lastSeen: number
  /** When the person here compared safety numbers with them; null when not. */
  readonly verifiedAt: number | null
  /** Nothing of theirs is shown. */
  readonly hidden: boolean
}

/** What is new about somebody: only what is there is changed, so that two tabs don't undo each other's changes. */
export interface PersonChange {
  readonly author: string
  readonly at: number
  readonly name: string
  readonly verified?: boolean
  readonly hidden?: boolean
}

/** The person with the change made to what was known. */
export function changedPerson(known: KnownPerson | null, change: PersonChange): KnownPerson {
  const { author, at, name, verified, hidden } = change
  const before = known ?? { author, name, names: [], firstSeen: at, lastSeen: at, verifiedAt: null, hidden: false }
  const earlier = before.name === name ? before.names : [before.name, ...before.names]
  return {
    author,
    name,
    names: earlier.filter((other, index) => other !== name && earlier.indexOf(other) === index).slice(0, MAX_NAMES),
    firstSeen: Math.min(before.firstSeen, at),
    lastSeen: Math.max(before.lastSeen, at),
    verifiedAt: verified === undefined ? before.verifiedAt : verified ? (before.verifiedAt ?? at) : null,
    hidden: hidden ?? before.hidden,
  }
}

/** Whom to forget so that no more than `MAX_PEOPLE` are left: the longest unseen, those verified or hidden last. */
export function surplusPeople(people: readonly KnownPerson[]): readonly KnownPerson[] {
  const isMarked = ({ verifiedAt, hidden }: KnownPerson) => Number(verifiedAt !== null || hidden)
  return [...people]
    .sort((a, b) => isMarked(a) - isMarked(b) || a.lastSeen - b.lastSeen)
    .slice(0, Math.max(0, people.length - MAX_PEOPLE))
}
