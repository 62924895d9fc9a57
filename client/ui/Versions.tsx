import type { Message } from '../room/types.ts'
import { messageWords } from '../texts/page/message-text.ts'
import { dateOf, exactTime } from '../texts/page/time-text.ts'

/** What a message said before it was edited. */
export function Versions({ message, id }: { message: Message; id: string }) {
  return (
    <ol id={id} class="versions" aria-label={messageWords.earlier}>
      {message.versions.map(({ text, at }, index) => {
        const date = dateOf(at)
        return (
          <li key={index}>
            {date && <time dateTime={date.toISOString()}>{exactTime(date)}</time>}
            <div class="message-text" dir="auto">
              {text}
            </div>
          </li>
        )
      })}
    </ol>
  )
}
