/** What a room says when something can't be done: needed from the start, so what is loaded later has files of its own. */

const number = (value: number): string => value.toLocaleString('en')

export const noLetterText = 'A name needs at least one letter.'
export const longNameText = (limit: number): string => `A name holds ${limit} characters at most.`

export const nothingToSendText = 'There is nothing to send yet.'
export const longMessageText = (length: number, limit: number): string =>
  `That is ${number(length)} characters; a message holds ${number(limit)}. Send it in parts.`
export const noMessageText = 'That message is not there any more.'
export const notYoursText = 'Only who wrote a message can change it.'
export const notEmojiText = 'A reaction is one emoji.'

export const noMemberText = 'There is no such member.'
export const nobodyToCompareText = 'There is nobody to compare a safety number with.'

export const noWebrtcText = "This browser can't connect to others directly: it has no WebRTC, or it is switched off."
export const notLoadedText = 'A part of this page could not be loaded. Load the page again.'
/** The same of what a room can do without. */
export const laterNotLoadedText =
  'A part of this page could not be loaded. Load the page again while the server is there.'
export const notPreparedText = 'The room is still being prepared. Try again in a moment.'
export const notOpenText = 'The room is not open yet. Try again in a moment.'
export const neverOpenText = (reason: string): string => `The room can't be opened: ${reason}`
export const roomLeftText = 'You have left this room.'

export const relaysFixedText = 'The link of this room asks for relays only.'
export const anyRouteFixedText = 'This page uses any route.'

interface Verdict {
  readonly why: string
  readonly help: string
}

/** Why somebody can't be reached; `name` is null for somebody who has not introduced themselves yet. */
export const unreachableText = (name: string | null, { why, help }: Verdict): string =>
  `Can't reach ${name ?? 'somebody here'} directly: ${why} ${help}`
/** The same where it is not known why. */
export const somehowUnreachableText = "Somebody here can't be reached directly."
export const tryingAgainText = (why: string): string => `${why} Trying again…`

export const leftAgainText = 'They left again just after they were connected.'
