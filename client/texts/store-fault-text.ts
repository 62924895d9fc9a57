/** What this device could not read or keep, and how long things last without it. */

export const noIdentityText = 'Your identity could not be read or kept on this device. You have a new one for now.'
export const nameNotKeptText = 'Your name could not be kept on this device. It holds until you close this page.'
export const choiceNotKeptText = 'This could not be kept on this device. It holds until you close this page.'
export const unknownPeopleText = "The people you know can't be told from strangers. Reload the page."
/** Instead of one complaint each. */
export const nothingKeptText =
  'Nothing can be kept on this device right now: your identity, your name, the people you know and this conversation last until you close this page.'

export const conversationNotKeptText =
  "This conversation can't be kept on this device right now. It stays until you close this page."
export const diskFullText =
  'This device has no room left: what is said from now on is kept only until you close this page.'
export const keptDamagedText =
  'Some of what was kept on this device was damaged, and is gone from it. Whoever else has it will send it again.'
export const notChangedText = "That couldn't be changed on this device. Try again, or reload the page."

export const nameDamagedText = 'The name kept on this device is damaged.'
export const storageSilentText = 'The browser did not open its storage in time.'
