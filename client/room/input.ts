/** What a program or a person gives to a room, checked before anything is done with it. */
import { withoutInvisible } from '../net/room-url.ts'
import { longMessageText, longNameText, noLetterText, nothingToSendText } from '../texts/fault-text.ts'
import { MAX_TEXT } from './entry.ts'
import { cleanName, MAX_NAME } from './names.ts'
import { RoomError } from './types.ts'

/** A name fit to be shown. @throws RoomError `empty` or `too-long` */
export function checkedName(text: string): string {
  const name = cleanName(text)
  if (name === '') throw new RoomError('empty', noLetterText)
  if (name.length > MAX_NAME) throw new RoomError('too-long', longNameText(MAX_NAME))
  return name
}

/** A text fit to be sent, as it is. @throws RoomError `empty` or `too-long` */
export function checkedText(text: string): string {
  if (withoutInvisible(text).trim() === '') throw new RoomError('empty', nothingToSendText)
  if (text.length > MAX_TEXT) throw new RoomError('too-long', longMessageText(text.length, MAX_TEXT))
  return text
}
