import { formatRoomUrl, parseRoomUrl } from '../earshot.ts'

/** The link to a message of a room: the link that lets others in, and which message to show. */
export function permalink(inviteUrl: string, messageId: string): string {
  const parsed = parseRoomUrl(inviteUrl)
  if (!parsed.ok) return inviteUrl
  return formatRoomUrl(new URL(inviteUrl).origin, { ...parsed.address, message: messageId })
}

/** A room's URL without the message that it points at; the URL as it is where it is no room's. */
export function roomOf(url: string): string {
  const parsed = parseRoomUrl(url)
  return parsed.ok ? formatRoomUrl(new URL(url).origin, { ...parsed.address, message: null }) : url
}

/** The id of the message that a URL points at, or null. */
export function messageOf(url: string): string | null {
  const parsed = parseRoomUrl(url)
  return parsed.ok ? parsed.address.message : null
}
