/** A conversation as a page of its own, to be read anywhere: no scripts, nothing loaded from elsewhere. */
import type { Message } from '../room/types.ts'
import { displayName } from '../texts/page/name-text.ts'
import { deletedText, movedText, words } from '../texts/page/text.ts'
import { clockTime, dateOf, exactTime } from '../texts/page/time-text.ts'
import { rowsOf } from './rows.ts'

const STYLE = `:root{color-scheme:light dark}body{max-width:44rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif}
h2{margin:2rem 0 .5rem;font-size:1rem}p{margin:.6rem 0;white-space:pre-wrap;overflow-wrap:anywhere}small,em{opacity:.75}
blockquote{margin:.2rem 0;padding-left:.7rem;border-left:3px solid}`

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A text that is nothing but text in HTML, too. */
const escaped = (text: string): string => text.replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? '')

function line(message: Message, quoted: Message | null): string {
  if (message.kind === 'moved') return `<p><em>${escaped(movedText(message))}</em></p>`
  const date = dateOf(message.at)
  const time = date
    ? `<time datetime="${date.toISOString()}" title="${escaped(exactTime(date))}">${escaped(clockTime(date))}</time>`
    : ''
  const quote = quoted ? `<blockquote>${escaped(`${displayName(quoted.name)}: ${quoted.text}`)}</blockquote>` : ''
  const text = message.deleted ? `<em>${escaped(deletedText({ ...message, mine: false }))}</em>` : escaped(message.text)
  const edited = message.versions.length > 0 ? ` <small>(${words.edited})</small>` : ''
  const reactions = message.reactions.map(({ emoji, people }) => `${emoji} ${people.length}`).join(' ')
  return `<p dir="auto"><strong>${escaped(displayName(message.name))}</strong> <small>${time}</small>${quote}
${text}${edited}${reactions ? ` <small>${escaped(reactions)}</small>` : ''}</p>`
}

/** @param now by which days are called, in milliseconds since the epoch */
export function transcriptHtml(room: string, messages: readonly Message[], now: number): string {
  const byId = new Map(messages.map((message) => [message.id, message]))
  const title = escaped(displayName(room))
  const body = rowsOf(messages, now, { areDaysExact: true })
    .map(({ message, day }) => {
      const quoted = message.reply === null ? null : (byId.get(message.reply) ?? null)
      return `${day === null ? '' : `<h2>${escaped(day)}</h2>\n`}${line(message, quoted)}`
    })
    .join('\n')
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1>
${body}
</main></body></html>
`
}
