import { noMessageText, notEmojiText, notYoursText } from '../texts/fault-text.ts'
import { isEmoji } from './change.ts'
import type { Conversation } from './conversation.ts'
import { checkedText } from './input.ts'
import { type Message, RoomError } from './types.ts'

/** What a person says and changes in a conversation, checked before anything is written. */
export class Authoring {
  readonly #conversation: Conversation
  readonly #mustBeHere: () => void

  /** `mustBeHere` throws where the room was left. */
  constructor(conversation: Conversation, mustBeHere: () => void) {
    this.#conversation = conversation
    this.#mustBeHere = mustBeHere
  }

  /** @throws RoomError `left`, `empty`, `too-long`, `no-message` for what is answered, or `full` */
  send(text: string, reply: string | undefined): Message {
    this.#mustBeHere()
    checkedText(text)
    if (reply !== undefined) this.#existing(reply)
    return this.#conversation.say({ kind: 'text', text, ...(reply !== undefined && { reply }) })
  }

  /** @throws RoomError `left`, `empty`, `too-long`, `no-message`, `not-yours` or `full` */
  edit(id: string, text: string): void {
    checkedText(text)
    if (this.#own(id).text !== text) this.#conversation.change(id, { kind: 'edit', text })
  }

  /** @throws RoomError `left`, `no-message`, `not-yours` or `full` */
  delete(id: string): void {
    this.#own(id)
    this.#conversation.change(id, { kind: 'delete' })
  }

  /** @throws RoomError `left`, `not-emoji`, `no-message` or `full` */
  react(id: string, emoji: string, on: boolean): void {
    this.#mustBeHere()
    if (!isEmoji(emoji)) throw new RoomError('not-emoji', notEmojiText)
    const { reactions } = this.#existing(id)
    const isOn = reactions.some((reaction) => reaction.emoji === emoji && reaction.mine)
    if (isOn !== on) this.#conversation.change(id, { kind: 'reaction', emoji, on })
  }

  #existing(id: string): Message {
    const message = this.#conversation.message(id)
    if (message?.kind !== 'text' || message.deleted) throw new RoomError('no-message', noMessageText)
    return message
  }

  #own(id: string): Message {
    this.#mustBeHere()
    const message = this.#existing(id)
    if (!message.mine) throw new RoomError('not-yours', notYoursText)
    return message
  }
}
