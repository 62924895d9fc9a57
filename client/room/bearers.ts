import { skeletons } from './lookalike.ts'
import type { Caution } from './types.ts'

/**
 * How good somebody's claim to a name is: they took it on this visit; bore it on an earlier one; are verified, but took it
 * on this visit; are verified and bore it before; or it is one's own.
 */
export const RANK = { taken: 0, borne: 1, verified: 2, verifiedBorne: 3, mine: 4 } as const
export type Rank = (typeof RANK)[keyof typeof RANK]

/** Somebody and a name of theirs. */
export interface Bearer {
  readonly author: string
  readonly name: string
  readonly rank: Rank
  /** Decides between two who both bore it before. */
  readonly firstSeen: number
}

/** Negative when `a` has the better claim. */
const compare = (a: Bearer, b: Bearer): number =>
  b.rank - a.rank || a.firstSeen - b.firstSeen || (a.author < b.author ? -1 : Number(a.author > b.author))

const CACHED = 5_000

/** Who bears which name, found by what the name looks like. */
export class Bearers {
  /** By a name and each of its skeletons the two with the best claims: one of them is always another than who is asked about. */
  readonly #best = new Map<string, readonly Bearer[]>()
  readonly #keys = new Map<string, readonly string[]>()

  /** Forgets all bearers. */
  clear(): void {
    this.#best.clear()
  }

  /** Forgets what names look like: the table has come. */
  reread(): void {
    this.#keys.clear()
  }

  add(bearer: Bearer): void {
    for (const key of this.#keysOf(bearer.name)) {
      const best = this.#best.get(key) ?? []
      const own = best.find(({ author }) => author === bearer.author)
      if (own && compare(own, bearer) <= 0) continue
      this.#best.set(key, [...best.filter((other) => other !== own), bearer].sort(compare).slice(0, 2))
    }
  }

  /** What to say of somebody with this name and claim; null when nobody has a better one. */
  caution(bearer: Bearer): Caution | null {
    const [other] = this.#keysOf(bearer.name)
      .flatMap((key) => this.#best.get(key) ?? [])
      .filter(({ author }) => author !== bearer.author)
      .sort((a, b) => compare(a, b) || Number(b.name === bearer.name) - Number(a.name === bearer.name))
    if (!other || !isBetter(other, bearer)) return null
    return {
      kind: other.name === bearer.name ? 'other-key' : 'imitates',
      name: other.name,
      verified: other.rank === RANK.verified || other.rank === RANK.verifiedBorne,
      of: other.rank === RANK.mine ? 'me' : other.rank === RANK.taken ? 'new' : 'known',
    }
  }

  /** Whether two names look the same. */
  alike(one: string, other: string): boolean {
    const keys = this.#keysOf(other)
    return this.#keysOf(one).some((key) => keys.includes(key))
  }

  /** What a name is found by; nothing where nothing of it can be seen. */
  #keysOf(name: string): readonly string[] {
    let keys = this.#keys.get(name)
    if (!keys) {
      const [drawn, folded] = skeletons(name)
      keys = drawn === '' ? [] : [`exact ${name}`, `drawn ${drawn}`, `folded ${folded}`]
      if (this.#keys.size >= CACHED) this.#keys.clear()
      this.#keys.set(name, keys)
    }
    return keys
  }
}

/** Of two who are both new nobody can say who was first: both are marked. One who is verified and bore the name never is. */
function isBetter(other: Bearer, bearer: Bearer): boolean {
  if (bearer.rank >= RANK.verifiedBorne) return false
  if (other.rank !== bearer.rank) return other.rank > bearer.rank
  if (bearer.rank === RANK.taken) return true
  return bearer.rank === RANK.borne && compare(other, bearer) < 0
}
