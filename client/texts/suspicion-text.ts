/** What is said of those who don't play by the rules, and where a bound against them is met. A name is empty where none is known. */

/** Somebody tried to take over an open link. */
export const tamperedText = (name: string): string =>
  `Somebody tried to take over your connection to ${name || 'a member'}. It was refused, and you are still talking to the same person. Whoever did it has this room's link and power over its server: a new link would keep them out.`

/** The other end of a connection did not prove that it is who it was said to be. */
export const unprovenText =
  'Somebody could not prove who they are, so you are not connected to them. It may be a fault, or somebody who stands between you and a member. If it comes again, make a new link and send it another way.'

/** The same in short, as part of how the connection is. */
export const unprovenHereText = 'Somebody here could not prove who they are, so you are not connected to them.'

/** Somebody signed two entries in one place of their chain. */
export const forkedText = (name: string): string =>
  `${name || 'Somebody'} told different people different things. What they said from there on, on that visit, is hidden.`

/** One visit has its share of what a room keeps. */
export const fullText =
  'This page has said as much as a room keeps of one visit, so this was not sent. Load the page again and go on.'
