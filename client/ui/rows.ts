import type { Message } from '../room/types.ts'
import { dateOf, dayOf, dayText } from '../texts/page/time-text.ts'

/** A message and how it stands among its neighbours. */
export interface Row {
  readonly message: Message
  /** The first of a day: the line above it names the day. */
  readonly day: string | null
  /** Goes on what the same author said just before: without name and picture of its own. */
  readonly grouped: boolean
  /** The last of one's own messages: its state is spelled out. */
  readonly lastMine: boolean
}

/** Messages of one author this close together form a group, in milliseconds. */
const GROUP_TIME = 5 * 60_000

interface Layout {
  /** No day is called by how long ago it was. */
  readonly areDaysExact?: boolean
  /** The key of the message that stands below the line of what is new. */
  readonly newFrom?: string | null
}

/** Lays out messages that follow each other. `now`: any time of today. */
export function rowsOf(
  messages: readonly Message[],
  now: number,
  { areDaysExact = false, newFrom = null }: Layout = {},
): Row[] {
  const lastMine = messages.findLastIndex(({ kind, mine }) => kind === 'text' && mine)
  let latest = Number.NEGATIVE_INFINITY
  return messages.map((message, index) => {
    const before = messages[index - 1]
    // A clock that runs behind must not bring an earlier day back.
    const isNewDay = dateOf(message.at) !== null && message.at > latest && dayOf(message.at) !== dayOf(latest)
    latest = Math.max(latest, dateOf(message.at) ? message.at : latest)
    const grouped =
      !isNewDay &&
      message.key !== newFrom &&
      before !== undefined &&
      before.kind === 'text' &&
      message.reply === null &&
      before.author === message.author &&
      before.mine === message.mine &&
      Math.abs(message.at - before.at) < GROUP_TIME
    return {
      message,
      day: isNewDay ? dayText(message.at, now, areDaysExact) : null,
      grouped,
      lastMine: index === lastMine,
    }
  })
}
