/** What is shown instead of the link to a message of the room that one is in. */
export const messageHereText = 'a message in this room'
/** What previews and notifications say instead of a link that lets into a room. */
export const roomLinkText = 'a link to a room'
