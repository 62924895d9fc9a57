/** The room in plain words: for people. */
import type { Connection, Message, Room } from '../room/types.ts'
import { cautionAlert } from '../texts/page/people-text.ts'
import { connectionMark, connectionText } from '../texts/page/status-text.ts'
import { cautionText, deletedText, movedNotice, movedText, typingText, words } from '../texts/page/text.ts'
import { joinedText, leftText, meText, renamedText } from '../texts/terminal-text.ts'
import { harmlessLine, harmlessName, harmlessText } from './harmless.ts'
import type { Screen, Voice } from './voice.ts'

/** How long a connection must stay as it is to be spoken of, in milliseconds. */
const SETTLE = 300

/** A message as `Ada: text`, with what is wrong with the name behind it, further lines below it and indented, so that none of them can pass for another's. */
export function messageText({ kind, mine, name, text, caution, deleted, editedAt }: Message, isRich: boolean): string {
  const who = harmlessName(name)
  const changed = editedAt === null ? '' : ` (${words.edited})`
  const mark = caution ? ` (${harmlessLine(cautionText(caution))})` : ''
  if (deleted) return harmlessLine(`· ${deletedText({ mine, name: who })}`) + mark
  if (kind === 'moved') return harmlessLine(`· ${movedText({ mine, name: who })}`) + mark
  const lines = harmlessText(text).split('\n').join('\n    ')
  return isRich ? `\u001b[1m${who}${mark}${changed}:\u001b[22m ${lines}` : `${who}${mark}${changed}: ${lines}`
}

/** Tells everything in words. */
export function plainVoice(screen: Screen): Voice {
  /** What was told of each message, by key: it is told again when its author changed it. */
  const told = new Map<string, string | null>()
  let news = ''
  let settling: NodeJS.Timeout | undefined

  const tellConnection = (connection: Connection, room: Pick<Room, 'isOpen' | 'hasPassword'>) => {
    const mark = connectionMark(connection)
    // Who comes and goes is told anyway.
    const gist = `${mark} ${connection.problem?.message ?? ''}`
    if (gist === news || (mark === 'busy' && !connection.problem)) return
    news = gist
    screen.note(harmlessLine(connectionText(connection, room)))
  }
  return {
    me: ({ name }) => screen.note(meText(harmlessName(name))),
    messages(messages) {
      for (const message of messages) {
        // What one wrote here stands above already; what one wrote elsewhere doesn't, and has its id as its key.
        const gist = message.deleted ? null : message.text
        const before = told.get(message.key)
        if (before === gist || (before === undefined && message.mine && message.key !== message.id)) continue
        told.set(message.key, gist)
        screen.print(messageText(message, screen.isRich))
      }
    },
    change(change) {
      const name = harmlessName(change.member.name)
      if (change.type === 'caution') return screen.note(harmlessLine(cautionAlert([change.member])))
      if (change.type === 'renamed') screen.print(renamedText(harmlessName(change.before), name))
      else screen.print(change.type === 'joined' ? joinedText(name) : leftText(name))
    },
    typing: (_member, _typing, members) => screen.status(harmlessLine(typingText(members))),
    connection(connection, room) {
      clearTimeout(settling)
      settling = setTimeout(() => tellConnection(connection, room), SETTLE)
    },
    moved({ me, name, caution }, url) {
      const mark = caution ? `(${cautionText(caution)}) ` : ''
      screen.note(harmlessLine(`${movedNotice({ me, name: harmlessName(name) })} ${mark}${url}`))
    },
    problem: ({ message }) => screen.note(harmlessLine(message)),
    hint: (text) => screen.note(harmlessLine(text)),
  }
}
