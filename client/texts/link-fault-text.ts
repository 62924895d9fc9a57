/** What is wrong with the link of a room, and what to do about it. */

const ASK = 'Ask whoever sent it for the whole link.'

export const noUrlText = (url: string): string => `“${url}” is no URL of a room. Those begin with https:// or http://.`
export const unreadableNameText = `This link is damaged: the room's name in it can't be read. ${ASK}`
export const noRoomNameText = `This link has no room's name in it. ${ASK}`
export const longRoomNameText = (limit: number): string =>
  `This room's name is too long: ${limit} characters are the most. Choose a shorter one.`
export const invisibleRoomNameText =
  "This room's name has invisible characters in it. Choose one that everybody can see."
export const brokenKeyText = `This link is damaged: the key at its end is not whole. ${ASK}`
/** A password without a key would protect nothing. */
export const noKeyText = `This link is damaged: it asks for a password, but the key in it is missing. ${ASK}`
export const noPasswordText = 'This room asks for a password. Whoever sent the link knows it.'
