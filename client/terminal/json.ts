/** The room as JSON, one object a line: for scripts. */
import * as v from 'valibot'
import type { Member, Message, Room } from '../room/types.ts'
import { harmlessJson } from './harmless.ts'
import type { Voice } from './voice.ts'

const command = v.variant('type', [
  v.object({ type: v.literal('send'), text: v.string(), reply: v.optional(v.string()) }),
  v.object({ type: v.literal('edit'), id: v.string(), text: v.string() }),
  v.object({ type: v.literal('delete'), id: v.string() }),
  v.object({ type: v.literal('react'), id: v.string(), emoji: v.string(), on: v.optional(v.boolean(), true) }),
  v.object({ type: v.literal('name'), name: v.string() }),
  v.object({ type: v.literal('typing'), typing: v.boolean() }),
  v.object({ type: v.literal('leave') }),
])

/** What a script may ask for. */
export type Command = v.InferOutput<typeof command>

/** Reads one line of a script; null when it is none of the commands. */
export function readCommand(line: string): Command | null {
  try {
    const parsed = v.safeParse(command, JSON.parse(line))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

/** Does what a script asks for, but for leaving. @throws RoomError where the room refuses */
export function obeyCommand(room: Room, command: Exclude<Command, { type: 'leave' }>): void {
  switch (command.type) {
    case 'send':
      room.send(command.text, command.reply === undefined ? {} : { reply: command.reply })
      break
    case 'edit':
      room.edit(command.id, command.text)
      break
    case 'delete':
      room.delete(command.id)
      break
    case 'react':
      room.react(command.id, command.emoji, command.on)
      break
    case 'name':
      room.setName(command.name)
      break
    case 'typing':
      room.setTyping(command.typing)
  }
}

/** Tells everything as JSON through `write`, which takes whole lines. */
export function jsonVoice(write: (line: string) => void): Voice {
  const say = (value: object) => write(`${harmlessJson(value)}\n`)
  /** What was told of each message, by key: what didn't change is not told again. */
  const told = new Map<string, string>()
  return {
    me: ({ id, name }: Member) => say({ type: 'me', id, name }),
    messages(messages: readonly Message[]) {
      for (const message of messages) {
        const { key, id, kind, author, name, caution, mine, text, at, state, deleted, editedAt, reply } = message
        if (id === null) continue
        const reactions = message.reactions.map(({ emoji, people }) => ({ emoji, by: people.map(({ id }) => id) }))
        const gist = JSON.stringify([state, text, deleted, reactions])
        if (told.get(key) === gist) continue
        told.set(key, gist)
        say({
          type: 'message',
          ...{ id, kind, author, name, caution, mine, text, at, state, deleted, editedAt, reply, reactions },
        })
      }
    },
    change(change) {
      const { id, name } = change.member
      if (change.type === 'caution') return say({ type: 'caution', id, name, caution: change.caution })
      say(
        change.type === 'renamed'
          ? { type: 'renamed', id, name, before: change.before }
          : { type: change.type, id, name },
      )
    },
    typing: ({ id, name }, typing) => say({ type: 'typing', id, name, typing }),
    connection({ server, people, connecting, problem }) {
      const { code, message } = problem ?? {}
      say({ type: 'connection', server, people, connecting, problem: problem && { code, message } })
    },
    moved: ({ id, name }, url) => say({ type: 'moved', id, name, url }),
    problem: ({ code, message }) => say({ type: 'error', code, message }),
    hint() {},
  }
}
