/** Which part of a long conversation is in the document. Pure functions over anything that has keys. */

/** Messages drawn at the end of the conversation, and before they get more by scrolling. */
export const PAGE = 100
/** Messages drawn at the end while many come at once. */
export const POURING_PAGE = 30
/** The most that is drawn at once while reading elsewhere. */
export const MOST = 300
/** How far "earlier" and "later" move: few enough that drawing them holds nothing up. */
const STEP = 50
/** Drawn before a message that one goes to. */
const BEFORE = 50

interface Keyed {
  readonly key: string
}

export interface Range {
  readonly start: number
  readonly end: number
}

/** The part to draw: the last `page` while `from` is null, otherwise what begins with the message of that key. */
export function drawnRange(messages: readonly Keyed[], from: string | null, page = PAGE): Range {
  const { length } = messages
  const start = from === null ? -1 : messages.findIndex(({ key }) => key === from)
  return start < 0 ? { start: Math.max(0, length - page), end: length } : { start, end: Math.min(length, start + MOST) }
}

/** The `from` that shows earlier messages than `range`. */
export function earlierFrom(messages: readonly Keyed[], range: Range): string | null {
  return messages[Math.max(0, range.start - STEP)]?.key ?? null
}

/** The `from` that shows later messages than `range`. */
export function laterFrom(messages: readonly Keyed[], range: Range): string | null {
  return messages[range.start + STEP]?.key ?? null
}

/** The `from` that shows what stands around the message of a key; null when there is no such message. */
export function aroundFrom(messages: readonly Keyed[], key: string): string | null {
  const index = messages.findIndex((message) => message.key === key)
  return index < 0 ? null : (messages[Math.max(0, index - BEFORE)]?.key ?? null)
}

/** How many messages of others stand behind the one of key `readTo`; all of them when there is no such message. */
export function unreadAfter(messages: readonly (Keyed & { readonly mine: boolean })[], readTo: string | null): number {
  let unread = 0
  for (let i = messages.length - 1; i >= 0; i--) {
    const message = messages[i]
    if (!message || message.key === readTo) break
    if (!message.mine) unread++
  }
  return unread
}

/** The key of the first message of others behind the one of key `seen` that fits, behind none for null; null where there is none, or no `seen`. */
export function firstBehind<M extends Keyed & { readonly mine: boolean }>(
  messages: readonly M[],
  seen: string | null,
  fits: (message: M) => boolean = () => true,
): string | null {
  const index = messages.findIndex(({ key }) => key === seen)
  if (index < 0 && seen !== null) return null
  return messages.find((message, at) => at > index && !message.mine && fits(message))?.key ?? null
}

/** The `readTo` to go on with when messages went, those of somebody hidden: the last one before it that is still there. */
export function readToAfter(before: readonly Keyed[], after: readonly Keyed[], readTo: string | null): string | null {
  const left = new Set(after.map(({ key }) => key))
  const end = before.findIndex(({ key }) => key === readTo)
  return before.slice(0, end + 1).findLast(({ key }) => left.has(key))?.key ?? null
}
