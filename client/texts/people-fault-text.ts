/** What this device could not read or keep of the people one knows. */

export const peopleNotReadText =
  'The people you know could not be read from this device. Everybody looks new to you for now.'
export const peopleNotKeptText =
  'What you know of people could not be kept on this device. It holds until you close this page.'
