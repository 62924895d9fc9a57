/** What is said of one's rooms, and of what one is told of them: loaded later. */
import { nameInSentence } from './name-text.ts'
import { agoText } from './text.ts'
import { clockTime, dateOf } from './time-text.ts'

const DAY = 24 * 60 * 60_000

export const roomsWords = {
  rooms: 'Rooms',
  yours: 'Your rooms',
  rename: 'Rename',
  mute: 'Mute',
  unmute: 'Unmute',
  leave: 'Leave',
  forget: 'Forget',
  muted: 'muted',
  connected: 'open',
  renameTitle: 'Rename this room',
  renameLabel: 'Name on this device',
  renameHint: 'Only you see it. Leave it empty for its own name.',
  save: 'Save',
  cancel: 'Cancel',
  forgetTitle: 'Forget this room?',
  notForgotten: "That couldn't be changed on this device. Try again, or reload the page.",

  notifications: 'Notifications',
  notify: 'Notify me of new messages',
  notifyHint: 'When this page is not before you. What is shown is on this device only.',
  sound: 'Play a sound',
  mentionsOnly: 'Only when somebody mentions or answers me',
  blocked: 'This browser blocks notifications for this page. Allow them in its settings first.',
  unsupported: 'This browser has no notifications for a page like this.',
  ask: 'Be told of new messages when this page is not before you?',
  turnOn: 'Turn on',
  notNow: 'Not now',
} as const

/** The button that opens what one can do with a room. */
export const roomOptionsText = (name: string): string => `Options for ${nameInSentence(name)}`

/** What was said last in a room, in one line. */
export const lastText = (name: string, text: string): string => `${nameInSentence(name)}: ${text}`

/** When something was said last, as short as can be: "now", "5 min", "17:05", "Tue", "24 Nov". Empty for what no clock shows. */
export function whenText(at: number, now: number): string {
  const date = dateOf(at)
  if (!date) return ''
  const ago = agoText(now - at)
  if (ago !== null) return ago
  if (date.toDateString() === new Date(now).toDateString()) return clockTime(date)
  const isNear = now - at < 6 * DAY
  return date.toLocaleDateString('en', isNear ? { weekday: 'short' } : { day: 'numeric', month: 'short' })
}

/** Asked before a room is forgotten. */
export const forgetRoomText = (name: string): string =>
  `All that this browser keeps of ${nameInSentence(name)} is removed, its link too. What others have, they keep.`
