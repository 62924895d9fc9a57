import { parseRoomUrl } from '../net/room-url.ts'
import { noWebrtcText } from '../texts/fault-text.ts'
import { noKeyText, noPasswordText, noUrlText } from '../texts/link-fault-text.ts'
import { LiveRoom } from './live-room.ts'
import { type Room, RoomError, type RoomOptions } from './types.ts'

/**
 * Joins the room of a URL. Returns at once; what is known so far can be drawn at any time, and events tell of what comes.
 * @throws RoomError `bad-url`, `bad-name`, `bad-key`, `password`, or `no-webrtc`, and for a given name `empty` or
 *   `too-long`; each with a sentence for people
 */
export function joinRoom(url: string, options: RoomOptions = {}): Room {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new RoomError('bad-url', noUrlText(url))
  const parsed = parseRoomUrl(url)
  if (!parsed.ok) throw new RoomError(parsed.fault.code, parsed.fault.message)
  // A password without a key would protect nothing.
  if (parsed.address.password && !parsed.address.key) throw new RoomError('bad-key', noKeyText)
  if (parsed.address.password && (options.password ?? '').trim() === '') throw new RoomError('password', noPasswordText)
  const RTCPeerConnection = options.RTCPeerConnection ?? globalThis.RTCPeerConnection
  const WebSocket = options.WebSocket ?? globalThis.WebSocket
  if (!RTCPeerConnection || !WebSocket) throw new RoomError('no-webrtc', noWebrtcText)
  return new LiveRoom(url, parsed.address, { ...options, RTCPeerConnection, WebSocket })
}
