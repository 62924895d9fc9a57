import type { Message } from '../room/types.ts'
import { words } from './texts/text.ts'

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

/** An author's clock may be anything; only what a Date can hold is shown. */
export function dateOf(at: number): Date | null {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? null : date
}

/** The hours are those that people are used to; the words are the page's. */
const { hourCycle } = new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions()
const full = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'medium', hourCycle })
const clock = new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit', hourCycle })

/** A time with all that is known of it. */
export const exactTime = (date: Date): string => full.format(date)

/** The time of day. */
export const clockTime = (date: Date): string => clock.format(date)

const dayOf = (at: number): string => dateOf(at)?.toDateString() ?? ''

/** "Today", "Yesterday", or the date; always the date where it must be `isExact`. */
export function dayText(at: number, now: number, isExact = false): string {
  const day = isExact ? '' : dayOf(at)
  if (day === dayOf(now)) return words.today
  const yesterday = new Date(now)
  yesterday.setDate(yesterday.getDate() - 1)
  if (day === yesterday.toDateString()) return words.yesterday
  return dateOf(at)?.toLocaleDateString('en', { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }) ?? ''
}

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
