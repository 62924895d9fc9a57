/** What a program or a person gives to a room, checked before anything is done with it. */
import { withoutInvisible } from '../net/room-url.ts'
import { MAX_TEXT } from './entry.ts'
import { cleanName, MAX_NAME } from './names.ts'
import { RoomError } from './types.ts'

const number = new Intl.NumberFormat('en')

/** A name fit to be shown. @throws RoomError `empty` or `too-long` */
export function checkedName(text: string): string {
  const name = cleanName(text)
  if (name === '') throw new RoomError('empty', 'A name needs at least one letter.')
  if (name.length > MAX_NAME) throw new RoomError('too-long', `A name holds ${MAX_NAME} characters at most.`)
  return name
}

/** A text fit to be sent, as it is. @throws RoomError `empty` or `too-long` */
export function checkedText(text: string): string {
  if (withoutInvisible(text).trim() === '') throw new RoomError('empty', 'There is nothing to send yet.')
  if (text.length > MAX_TEXT)
    throw new RoomError(
      'too-long',
      `That is ${number.format(text.length)} characters; a message holds ${number.format(MAX_TEXT)}. Send it in parts.`,
    )
  return text
}
