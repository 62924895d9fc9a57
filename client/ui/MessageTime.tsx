import { agoText } from '../texts/page/text.ts'
import { clockTime, dateOf, exactTime } from '../texts/page/time-text.ts'
import { aboutNow } from './minute.ts'

/** When something was said: for people, with the exact time on hovering. */
export function MessageTime({ at }: { at: number }) {
  const date = dateOf(at)
  if (!date) return null
  return (
    <time dateTime={date.toISOString()} title={exactTime(date)}>
      {agoText(aboutNow.value - at) ?? clockTime(date)}
    </time>
  )
}
