import { deletionOf } from '../room/change.ts'
import { type Message, RoomError } from '../room/types.ts'
import type { Simulation } from './simulation.ts'
import type { Visit } from './visit.ts'

/** What is said to be deleted later begins like this: no check of what was said looks for it. */
export const SPARE = 'spare'

/** Somebody changes something of the conversation: which thing, `what` says. */
export function changeSomething(visit: Visit, what: number): void {
  const { room } = visit
  const texts = room.messages.filter(({ kind, deleted, id }) => kind === 'text' && !deleted && id !== null)
  const pick = (messages: readonly Message[]): string => messages[what % messages.length]?.id ?? ''
  const own = texts.filter(({ mine }) => mine)
  const spare = own.filter(({ text }) => text.startsWith(SPARE))
  const steps = [
    () => room.react(pick(texts), what % 2 ? '👍' : '🎉', what % 5 > 0),
    () => room.edit(pick(own), `${room.message(pick(own))?.text.split(' ')[0]} edit ${what}`),
    () => void room.send(`${SPARE} ${visit.label} ${what}`),
    () => room.delete(pick(spare)),
    () => void room.send(`${SPARE} reply ${what}`, { reply: pick(texts) }),
  ]
  try {
    steps[what % steps.length]?.()
  } catch (error) {
    // There is nothing of that kind, or no room for more.
    if (!(error instanceof RoomError && ['no-message', 'full'].includes(error.code))) throw error
  }
}

/** What deletions that somebody holds name is nowhere in their log, and nothing of it is shown. */
export function* checkDeletions(group: readonly Visit[], { people }: Simulation): Generator<string> {
  const isAnyThinned = people.some(({ limit }) => limit !== null)
  for (const { label, log, room } of group) {
    const held = new Map(log.inOrder().map((entry) => [`${entry.header.author} ${entry.id}`, entry]))
    for (const entry of held.values())
      for (const [, , target] of deletionOf(entry)?.targets ?? []) {
        const id = Buffer.from(target).toString('hex')
        if (held.get(`${entry.header.author} ${id}`)?.wire.body) yield `${label} holds what was deleted`
        if (room.message(id)?.text) yield `${label} shows what was deleted`
      }
    for (const message of room.messages)
      if (message.deleted && !isAnyThinned && !log.inOrder().some(({ id, wire }) => id === message.id && !wire.body))
        yield `${label} shows as deleted what it holds`
  }
}

/** What changes made of a message, as one text. */
export function changedText({ deleted, versions, reactions, reply }: Message): string {
  const reacted = reactions.map(({ emoji, people }) => emoji + people.map(({ id }) => id.slice(0, 8)).join())
  return [deleted, versions.map(({ text }) => text), reacted, reply].join(' ')
}
