/** What is said of messages that changed, and of what one can do with them: loaded later. */
import type { Reaction } from '../../room/types.ts'
import { nameInSentence } from './name-text.ts'

export const messageWords = {
  menu: 'Message',
  react: 'React',
  edit: 'Edit',
  delete: 'Delete',
  copy: 'Copy text',
  copyLink: 'Copy link to message',
  copied: 'Copied.',
  copyCode: 'Copy code',
  notCopied: "Your browser doesn't allow copying.",
  cancel: 'Cancel',
  cancelReply: 'Cancel reply',
  cancelEdit: 'Cancel editing',
  editing: 'Editing your message',
  edited: 'edited',
  earlier: 'Earlier versions',
  deleteTitle: 'Delete this message?',
  deleteHint:
    'It disappears for everyone, now or when they are next here. Whoever read it may remember or have copied it.',
  quoteMissing: 'A message that is not here',
  quoteDeleted: 'A deleted message',
  reactions: 'Reactions',
  moreEmoji: 'React with another emoji…',
} as const

export const emojiWords = {
  title: 'Emoji',
  search: 'Search emoji',
  group: 'Group',
  recent: 'Used lately',
  /** By their numbers in the data. */
  groups: {
    0: 'Smileys',
    1: 'People',
    3: 'Animals',
    4: 'Food',
    5: 'Travel',
    6: 'Activities',
    7: 'Objects',
    8: 'Symbols',
    9: 'Flags',
  },
  loading: 'Loading…',
  found: (count: number) => (count === 0 ? 'No emoji found' : `${count} emoji`),
} as const

export const completionWords = { mention: 'People to mention', emoji: 'Emoji' } as const

/** Stands over the field while one writes an answer. */
export const replyingText = (name: string): string => `Replying to ${nameInSentence(name)}`

/** The accessible name of a quoted line, which leads to what it quotes. */
export const quoteLabel = (name: string, text: string): string => `In reply to ${nameInSentence(name)}: ${text}`

/** The name of a button that reacts with an emoji. */
export const reactWith = (emoji: string): string => `React with ${emoji}`

/** Who reacted with an emoji: "👍 from Ada and you". */
export function reactionLabel({ emoji, people, mine }: Reaction, me: string): string {
  const others = people.filter(({ id }) => id !== me).map(({ name }) => nameInSentence(name))
  const all = mine ? [...others, 'you'] : others
  const names = all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${all.at(-1)}` : (all[0] ?? '')
  return `${emoji} from ${names}`
}
