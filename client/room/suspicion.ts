/** What was seen of those who don't play by the rules, and where a bound against them was met. */
import { forkedText, fullText, tamperedText, unprovenText } from '../texts/suspicion-text.ts'
import { RoomError } from './types.ts'

/** A later description of an open link bore another certificate. */
export const tampered = (name: string): RoomError => new RoomError('tampered', tamperedText(name))

/** The other end of a connection did not prove that it is who it was said to be. */
export const unproven = new RoomError('unproven', unprovenText)

/** Somebody signed two entries in one place of their chain. */
export const forked = (name: string): RoomError => new RoomError('forked', forkedText(name))

/** One visit has its share of the log. */
export const full = new RoomError('full', fullText)
