/** What was seen of those who don't play by the rules, and where a bound against them was met: in words for people. */
import { RoomError } from './types.ts'

/** A later description of an open link bore another certificate. */
export const tampered = (name: string): RoomError =>
  new RoomError(
    'tampered',
    `Somebody tried to take over your connection to ${name || 'a member'}. It was refused, and you are still talking to the same person. Whoever did it has this room's link and power over its server: a new link would keep them out.`,
  )

/** The other end of a connection did not prove that it is who it was said to be. */
export const unproven = new RoomError(
  'unproven',
  'Somebody could not prove who they are, so you are not connected to them. It may be a fault, or somebody who stands between you and a member. If it comes again, make a new link and send it another way.',
)

/** Somebody signed two entries in one place of their chain. */
export const forked = (name: string): RoomError =>
  new RoomError(
    'forked',
    `${name || 'Somebody'} told different people different things. What they said from there on, on that visit, is hidden.`,
  )

/** One visit has its share of the log. */
export const full = new RoomError(
  'full',
  'This page has said as much as a room keeps of one visit, so this was not sent. Load the page again and go on.',
)
