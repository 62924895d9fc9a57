/**
 * Everything that a person reads before or while typing: fixed words, and the few sentences that depend on something. What
 * the parts say that are loaded later is in later-text.ts.
 */
import type { Caution, Member, Message, Receiver } from '../../room/types.ts'
import { displayName, nameInSentence } from './name-text.ts'

export const words = {
  product: 'Earshot',
  startPage: 'Start page',

  tagline: 'Talk within earshot.',
  pitch: 'A chat that runs straight between your browsers: open a room, send the link, talk.',
  newRoom: 'New room',
  newRoomHint: 'Private: only people with its link can come in.',
  roomName: 'Room name',
  roomNamePlaceholder: 'standup',
  join: 'Join',
  openRoomHint: 'Anyone who guesses the name can come in.',
  askPassword: 'Ask for a password, too',
  askPasswordHint: 'People then need the link and this password. Tell them the password some other way than the link.',
  password: 'Password',
  showPassword: 'Show it',
  noPassword: 'Type the password first.',
  anotherPassword: 'Try another password',
  checkNetwork: 'Check my network',
  plainHttp: 'Without https, this page itself can be tampered with on its way to you.',
  notLoadedTitle: 'Not here yet',
  notLoaded: "This part of the page didn't load. Check the connection and try again, or reload the page.",
  noRoomName: 'Type a name for the room first.',
  or: 'or meet under a name',
  facts: [
    ['Direct', 'Messages go from browser to browser. The server only introduces you.'],
    ['Sealed', "A room's key is in the part of the link that no browser sends to a server."],
    ['No account', 'Nothing to sign up for and nothing to install.'],
  ],

  openRoom: 'Open room: anyone who guesses the name can come in.',
  connection: 'Connection',
  notices: 'Notices',
  search: 'Search',
  invite: 'Invite',
  rooms: 'Rooms',
  more: 'More',
  reply: 'Reply',
  settings: 'Settings',
  members: 'Members',
  you: 'you',
  messages: 'Messages',
  today: 'Today',
  yesterday: 'Yesterday',
  earlier: 'Show earlier messages',
  later: 'Show later messages',
  newMessages: 'New messages',
  latest: 'Latest messages',
  why: 'Why?',
  whyUnreachable: "Why somebody can't be reached",
  showAll: 'Show all',
  showLess: 'Show less',
  message: 'Message',
  send: 'Send',
  save: 'Save',
  actions: 'Actions',
  emoji: 'Emoji',
  edited: 'edited',
  notHere: 'That message is not here.',
  notHereYet: 'That message is not here yet. It is shown as soon as somebody who has it is here.',
  targetGone: 'That message was deleted just now. Your text is still here.',
  goThere: 'Go there',
  stay: 'Stay',
  dismiss: 'Dismiss',
  close: 'Close',

  opening: 'Opening the room…',
  aloneTitle: "It's quiet in here",
  aloneHint: "Send the link to the people you want to talk to. They open it, and you're connected.",
  emptyTitle: 'Nothing said yet',
  emptyHint: 'Be the first to say something.',

  joinByCode: 'Join by a code',
  joinByCodeWhy: 'Somebody gave you an invite code?',
  awayTitle: 'The server is away',
  awayHint: 'Somebody who is in this room can let you in with a code, which they send you some other way.',

  copyLink: 'Copy link',
  copied: 'Copied',
  notCopied: "Your browser doesn't allow copying. Select it and copy it by hand.",

  verified: 'verified',
  hidden: '(hidden)',
} as const

/** "Ada", "Ada and Bob", "Ada, Bob and 3 others". */
function nameList(names: readonly string[]): string {
  const [first = '', second, ...more] = names.map(nameInSentence)
  if (second === undefined) return first
  if (more.length === 0) return `${first} and ${second}`
  return `${first}, ${second} and ${more.length === 1 ? '1 other' : `${number(more.length)} others`}`
}

/** A whole number for reading: 16,123. */
export function number(value: number): string {
  return value.toLocaleString('en')
}

/** How many messages wait in a room. */
export const unreadText = (count: number): string => (count === 1 ? '1 new message' : `${number(count)} new messages`)

/** How long ago something was, given in milliseconds; null when the time of day says it better. */
export function agoText(ms: number): string | null {
  if (ms < 60_000) return 'now'
  return ms < 3_600_000 ? `${Math.floor(ms / 60_000)} min` : null
}

/** The state of one's own message. */
export function messageStateText({ state, reached }: Pick<Message, 'state' | 'reached'>): string {
  if (state === 'sent' && reached === 0) return 'Sent · nobody has it yet'
  return { sending: 'Sending', sent: 'Sent', delivered: 'Delivered', received: '' }[state]
}

/** Who has one's own message, and who is there and lacks it. */
export function receiversText(receivers: readonly Receiver[]): string {
  const namesOf = (has: boolean) =>
    receivers
      .filter((receiver) => receiver.has === has)
      .map(({ name }) => nameInSentence(name))
      .join(', ')
  const [having, lacking] = [namesOf(true), namesOf(false)]
  if (having === '' && lacking === '') return 'Nobody has it yet. It goes out by itself when somebody comes.'
  return [having && `Delivered to ${having}.`, lacking && `Not yet: ${lacking}.`].filter(Boolean).join(' ')
}

/** The button that unfolds the list of members in a narrow window. */
export function membersButtonText(count: number): string {
  return `${words.members}, ${number(count)}`
}

/** Who is typing at the moment: nothing, or one sentence. */
export function typingText(members: readonly Member[]): string {
  const names = members.filter(({ me, typing }) => typing && !me).map(({ name }) => name)
  if (names.length === 0) return ''
  if (names.length > 2) return `${nameInSentence(names[0] ?? '')} and ${number(names.length - 1)} others are typing…`
  return `${nameList(names)} ${names.length === 1 ? 'is' : 'are'} typing…`
}

/** What changed among the others between two lists of members, in short sentences. Of those who are hidden nothing is said. */
export function memberNotice(before: readonly Member[], after: readonly Member[]): string {
  const known = new Map(before.map((member) => [member.id, member]))
  const present = new Set(after.map(({ id }) => id))
  const shown = (members: readonly Member[]) => members.filter(({ me, hidden }) => !me && !hidden)
  const joined = shown(after).filter(({ id }) => !known.has(id))
  const left = shown(before).filter(({ id }) => !present.has(id))
  const namesOf = (members: readonly Member[]) => nameList(members.map(({ name }) => name))
  const sentences: string[] = []
  if (joined.length > 0) sentences.push(`${namesOf(joined)} joined.`)
  for (const { name, formerName } of joined)
    if (formerName !== null)
      sentences.push(`You knew ${joined.length > 1 ? nameInSentence(name) : 'them'} as ${nameInSentence(formerName)}.`)
  if (left.length > 0) sentences.push(`${namesOf(left)} left.`)
  for (const { id, name } of shown(after)) {
    const earlier = known.get(id)
    if (earlier && !earlier.hidden && earlier.name !== name)
      sentences.push(`${nameInSentence(earlier.name)} is now called ${nameInSentence(name)}.`)
  }
  return sentences.join(' ')
}

/** Told to those who were given a new link. */
export function movedNotice({ me, name }: Pick<Member, 'me' | 'name'>): string {
  return `${me ? 'You' : nameInSentence(name)} made a new link for this room.`
}

/** The line in the conversation that tells everybody of a new link. */
export function movedText({ mine, name }: Pick<Message, 'mine' | 'name'>): string {
  return `${mine ? 'You' : nameInSentence(name)} made a new link for this room, and gave it to people who were here.`
}

/** Said in the place of what somebody took back. */
export function deletedText({ mine, name }: Pick<Message, 'mine' | 'name'>): string {
  return `${mine ? 'You' : nameInSentence(name)} deleted this message.`
}

/** What a button does with a member. */
export function memberActionText(action: 'Verify' | 'Hide' | 'Show' | 'Connection to', name: string): string {
  return `${action} ${nameInSentence(name)}`
}

/** What stands at a member whose name was another on an earlier visit. */
export function formerNameText(name: string): string {
  return `you knew them as ${nameInSentence(name)}`
}

/** Said when a member was hidden, or is shown again. */
export function hiddenNotice(name: string, hidden: boolean): string {
  return hidden
    ? `${nameInSentence(name)} is hidden: you see nothing of theirs any more.`
    : `${nameInSentence(name)} is shown again.`
}

/** Said when a member was verified, or is not any more. */
export function verifiedText(name: string, verified: boolean): string {
  return `${nameInSentence(name)} is ${verified ? 'verified' : 'not verified any more'}.`
}

/** What stands at a name that somebody else has. */
export function cautionText({ kind, name, verified, of }: Caution): string {
  if (of === 'me') return kind === 'imitates' ? 'looks like your name' : 'has your name'
  const other = nameInSentence(name)
  if (kind === 'imitates') return `looks like ${other}${verified ? ', whom you verified' : ''}`
  return of === 'new' ? `not the only ${other}` : `not the ${other} you ${verified ? 'verified' : 'know'}`
}

/** Said instead of sending a text that is too long. */
export function tooLongText(length: number, limit: number): string {
  return `${number(length)} of ${number(limit)} characters. Shorten the message or send it in parts: your text is still here.`
}

/** How much of the limit is used, shown near it. */
export function counterText(length: number, limit: number): string {
  return `${number(length)} of ${number(limit)} characters`
}

/** The title of the page: how many messages wait, the room, the product. */
export function titleText(room: string | null, unread = 0): string {
  const name = room === null ? words.product : `${displayName(room)} · ${words.product}`
  return unread > 0 ? `(${unread > 99 ? '99+' : unread}) ${name}` : name
}

/** The accessible name of a message. */
export function messageLabel(name: string, mine: boolean, time: string): string {
  return `${displayName(name)}${mine ? ` (${words.you})` : ''}, ${time}`
}
