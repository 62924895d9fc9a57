/** Times and days in words. */
import { words } from './text.ts'

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

/** A text that is the same for all times of one day. */
export const dayOf = (at: number): string => dateOf(at)?.toDateString() ?? ''

/** "Today", "Yesterday", or the date; always the date where it must be `isExact`. */
export function dayText(at: number, now: number, isExact = false): string {
  const day = isExact ? '' : dayOf(at)
  if (day === dayOf(now)) return words.today
  const yesterday = new Date(now)
  yesterday.setDate(yesterday.getDate() - 1)
  if (day === yesterday.toDateString()) return words.yesterday
  return dateOf(at)?.toLocaleDateString('en', { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }) ?? ''
}
