/** Everything that a person reads in what is loaded later: see later.ts. */

import type { PageCheck } from '../../page-check.ts'
import type { Keeping, Room } from '../../room/types.ts'
import { nameInSentence } from './name-text.ts'
import { number } from './text.ts'

export const laterWords = {
  inviteTitle: 'Invite people',
  inviteLink: 'Invite link',
  inviteKeyed: "The room's key is in this link: whoever has it can join, and read the conversation.",
  invitePassword:
    'People need this link and the password, which is not in the link. Tell them the password some other way.',
  inviteOpen: "This link opens the room. Without it, guessing the room's name is enough.",
  share: 'Share…',
  shareTitle: 'Talk with me on Earshot',
  qrCode: 'QR code of the invite link',
  byCode: 'Invite without a server',
  byCodeWhy: "For when the server is away or can't be reached: with a code that you send some other way.",
  byCodeWhyAway: 'The server is away. You can still let people in, with a code that you send some other way.',
  byCodeHint:
    "For somebody who has this room's page open. Send them a code, and paste what they send back. Each code is for one person.",
  byCodeGive: '1. Send them this code',
  byCodeTake: '2. Paste what they send back',
  inviteCode: { label: 'Invite code', qr: 'QR code of the invite code' },
  answerCode: { label: 'Answer code', qr: 'QR code of the answer code' },
  copyCode: 'Copy code',
  makingCode: 'Making a code…',
  codeExpired: 'This code has expired. Make a new one.',
  codeFailed: 'That did not work. Try again, or reload the page first.',
  newCode: 'New code',
  newCodeHint:
    'For the next person, or when this one has expired. Several codes can wait at once, each for one person.',
  connect: 'Connect',
  connecting: 'Connecting…',
  progress: 'Progress',
  scan: 'Scan',
  camera: 'What the camera sees',
  noCamera: "The camera can't be used. Allow it for this page, or paste the code instead.",
  joinHint: 'Paste the invite code that somebody in this room made for you.',
  makeAnswer: 'Make an answer',
  answerHint: 'Send this answer code to whoever invited you. Keep this page open until they have pasted it.',
  waitingForThem: 'Waiting for them to paste it…',
  otherCode: 'Another invite code',

  settingsTitle: 'Settings',
  yourName: 'Your name',
  yourNameHint: 'Everyone in your rooms sees it. It is remembered on this device.',
  save: 'Save',
  saved: 'Saved',
  noName: "Your name can't be empty.",
  passwordTitle: 'This room asks for a password',
  passwordHint: 'Whoever sent you the link knows it. It stays on this page: after a reload you are asked again.',

  identity: 'Your identity',
  identityHint:
    'A key on this device by which others know you, whatever your name. Export it to be the same person on another device.',
  exportIdentity: 'Export…',
  importIdentity: 'Import…',
  newIdentity: 'New identity',
  exportHint: 'At least 8 characters. Who has the file and this password can be you.',
  exportNow: 'Save the file',
  exported: 'Saved as earshot-identity.json.',
  shortPassword: 'The password needs at least 8 characters.',
  identityFile: 'Identity file',
  importHint: 'The identity in the file takes the place of the one in this browser.',
  importPasswordHint: 'The one that was chosen when the file was saved.',
  importNow: 'Take it over',
  imported: 'You are the person in the file now. The page loads again…',
  noFile: 'Choose the file first.',
  renewHint: 'People will see you as somebody new. Without an export there is no way back to who you are now.',
  renewNow: 'Become somebody new',
  renewed: 'You have a new identity. The page loads again…',
  identityFailed: 'That did not work. Try again, or reload the page first.',
  working: 'Working…',
  cancel: 'Cancel',

  keeping: 'Kept on this device',
  keep: 'Keep on this device',
  keptAnyway: 'Your name, your identity and the people you know are kept for all rooms.',
  relaying: 'How you are reached',
  relaysOnly: 'Use relays only',
  relaysOnlyWhat:
    'Whoever you talk with directly can see your network address. Through a relay they see only the relay. Messages take a little longer then. It holds for all rooms on this device.',
  relaysOnlyFixed: 'The link of this room asks for it.',
  forget: 'Forget this room',
  forgetNow: 'Forget it',
  forgottenTitle: 'Forgotten',

  pageCode: "This page's code",
  pageCodeHint:
    'The server hands out the code of this page. Who builds the same commit gets the same hash: compare them to know that it is what it should be.',
  version: 'Version',
  commit: 'Commit',
  hash: 'Hash',
  check: 'Check',
  checking: 'Checking…',
  notChecked: "The server can't be asked right now.",

  newLink: 'New link',
  newLinkWhy: 'For when somebody should no longer be able to come in:',
  newLinkHint:
    'Makes the room anew under a fresh link, and gives that to the people you choose. The old room stays for whoever has its link, with what was said in it.',
  newLinkMembers: 'Who gets the new link',
  newLinkNobody: 'Nobody else is here right now.',
  newPassword: 'New password',
  newPasswordHint: 'The others need it as well. Tell them some other way.',
  makeNewLink: 'Make the new link',
  back: 'Back',

  faultTitle: "This link doesn't work",
  noCryptoTitle: 'Something is missing',
  noWebrtcTitle: "This browser can't connect directly",
  noWebrtc:
    "Earshot needs WebRTC, which this browser doesn't have or which was turned off. Turn it on again, or use a current Chrome, Edge, Firefox or Safari.",
} as const

/** What the invite link opens, and for whom. */
export function inviteText({ isOpen, hasPassword }: Pick<Room, 'isOpen' | 'hasPassword'>): string {
  if (isOpen) return laterWords.inviteOpen
  return hasPassword ? laterWords.invitePassword : laterWords.inviteKeyed
}

/** Bytes for reading: 380 KB, 1.2 MB. */
export function sizeText(bytes: number): string {
  if (bytes < 1_000_000) return `${number(Math.ceil(bytes / 1_000))} KB`
  return `${(bytes / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 })} MB`
}

/** What of the conversation is on this device, and what that means. */
export function keepingText(
  { on, bytes, problem }: Keeping,
  messages: number,
  { isOpen }: Pick<Room, 'isOpen'>,
): string {
  if (on) {
    const count = messages === 1 ? '1 message' : `${number(messages)} messages`
    return `${count}, ${sizeText(bytes)}. Closing the page or the browser loses nothing. Switching this off removes them from here.`
  }
  if (problem) return problem.message
  return isOpen
    ? 'Nothing is kept of this conversation. Open rooms keep nothing unless you ask for it: anyone who guesses the name can write here.'
    : 'Nothing is kept of this conversation: when everybody has closed the page, it is gone.'
}

/** Said before a room is forgotten. */
export function forgetText({ name }: Pick<Room, 'name'>): string {
  return `All that this browser keeps of ${nameInSentence(name)} is removed, and you leave it in every tab. What others have, they keep. The link stays with whoever has it, and in this browser's history.`
}

/** Said once it was. */
export function forgottenText(name: string): string {
  return `This browser keeps nothing of ${nameInSentence(name)} any more. With the link you can come in again.`
}

/** How long a code still works, given in milliseconds. */
export function codeLeftText(left: number): string {
  if (left <= 0) return 'This code has expired.'
  return `This code works for another ${left < 60_000 ? 'minute at most' : `${Math.floor(left / 60_000)} min`}.`
}

/** Said once somebody came in by a code, or one did oneself. */
export function connectedText(name: string): string {
  return `Connected to ${nameInSentence(name)}.`
}

/** Said instead of keeping a name that is too long. */
export function nameTooLongText(length: number, limit: number): string {
  return `That name has ${number(length)} characters. ${number(limit)} is the most.`
}

/** What checking the page's files came to. */
export function pageCheckText({ files, wrong }: PageCheck): string {
  if (wrong.length === 0) return `All ${number(files)} files match.`
  return `Not what the list says: ${wrong.join(', ')}. Reload the page and check again; if it stays so, ask whoever runs this server.`
}
