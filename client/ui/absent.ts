import type { Member, Message } from '../room/types.ts'

/** Somebody who was in the room and is not there now. */
export interface Absent {
  readonly id: string
  readonly name: string
  /** When they were last heard of: what they said last, or when they left. Milliseconds since the epoch. */
  readonly seenAt: number
}

/** Looked through from the end: whoever said nothing since then was here long ago. */
const MOST_MESSAGES = 2_000
const MOST_SHOWN = 30

/** Those who said something here, or left meanwhile, the last one first. `left`: when members left, by their ids. */
export function absentOf(
  messages: readonly Message[],
  members: readonly Member[],
  left: ReadonlyMap<string, Absent>,
): readonly Absent[] {
  const here = new Set(members.map(({ id }) => id))
  const found = new Map([...left].filter(([id]) => !here.has(id)))
  for (const { author, name, mine, at } of messages.slice(-MOST_MESSAGES)) {
    const known = found.get(author)
    if (mine || here.has(author) || (known && known.seenAt >= at)) continue
    found.set(author, { id: author, name: name || (known?.name ?? ''), seenAt: at })
  }
  return [...found.values()].sort((a, b) => b.seenAt - a.seenAt).slice(0, MOST_SHOWN)
}
