/** Up to so many members everybody is linked to everybody. */
const MOST_FULL = 12
/** Below so many it is so again: between the two it stays as it is, so that one who comes and goes changes nothing. */
const FULL_BELOW = 9

/** Characters of an id that one of its random neighbours is taken from: 32 bits. */
const DRAW = 8

/**
 * Whom each member picks, of the sorted ids of all: the next and the one before on the ring, those at doubling distances,
 * and two more that its id picks at random. O(log n) of them, and no member is more than O(log n) links away.
 */
function picks(sorted: readonly string[], index: number): Set<string> {
  const size = sorted.length
  const offsets = [size - 1]
  for (let distance = 1; distance <= size / 2; distance *= 2) offsets.push(distance)
  const id = sorted[index] ?? ''
  for (const from of [0, DRAW]) {
    const draw = Number.parseInt(id.slice(from, from + DRAW), 16)
    if (size > 1) offsets.push(1 + (draw % (size - 1)))
  }
  return new Set(offsets.flatMap((offset) => sorted[(index + offset) % size] ?? []).filter((other) => other !== id))
}

/**
 * Whom `me` is to be linked to. Both sides of a link come to the same answer when they know of the same members.
 * @param members peer ids in lower-case hex, oneself among them or not
 * @param full everybody with everybody
 */
export function neighbours(members: Iterable<string>, me: string, full: boolean): Set<string> {
  const sorted = [...new Set([...members, me])].sort()
  if (full) return new Set(sorted.filter((id) => id !== me))
  const mine = picks(sorted, sorted.indexOf(me))
  for (const [index, id] of sorted.entries()) if (id !== me && picks(sorted, index).has(me)) mine.add(id)
  return mine
}

/** Whether the mesh is a full one, for a number of members with oneself, when it was before. */
export const isFull = (size: number, wasFull: boolean): boolean => (wasFull ? size <= MOST_FULL : size < FULL_BELOW)

/** Whom one is to be linked to, while members come and go. */
export class Topology {
  readonly #me: string
  #isFull = true
  #needed: ReadonlySet<string> = new Set()
  /** Who was there when that was worked out. */
  #members = ''

  /** @param me one's own peer id, in hex */
  constructor(me: string) {
    this.#me = me
  }

  /** These are there now, besides oneself. */
  update(members: readonly string[]): void {
    const unique = [...new Set(members)].sort()
    const all = unique.join()
    if (all === this.#members) return
    this.#members = all
    this.#isFull = isFull(unique.length + 1, this.#isFull)
    this.#needed = neighbours(unique, this.#me, this.#isFull)
  }

  needs(peer: string): boolean {
    return this.#needed.has(peer)
  }
}
