/** What is shown instead of the link to a message of the room that one is in. */
export const messageHereText = 'a message in this room'
