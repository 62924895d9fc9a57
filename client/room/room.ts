import { parseRoomUrl } from '../net/room-url.ts'
import { LiveRoom } from './live-room.ts'
import { type Room, RoomError, type RoomOptions } from './types.ts'

/**
 * Joins the room of a URL. Returns at once; what is known so far can be drawn at any time, and events tell of what comes.
 * @throws RoomError `bad-url`, `bad-name`, `bad-key`, `password`, or `no-webrtc`, and for a given name `empty` or
 *   `too-long`; each with a sentence for people
 */
export function joinRoom(url: string, options: RoomOptions = {}): Room {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new RoomError('bad-url', `“${url}” is no URL of a room. Those begin with https:// or http://.`)
  const parsed = parseRoomUrl(url)
  if (!parsed.ok) throw new RoomError(parsed.fault.code, parsed.fault.message)
  // A password without a key would protect nothing.
  if (parsed.address.password && !parsed.address.key)
    throw new RoomError(
      'bad-key',
      'This link is damaged: it asks for a password, but the key in it is missing. Ask whoever sent it for the whole link.',
    )
  if (parsed.address.password && (options.password ?? '').trim() === '')
    throw new RoomError('password', 'This room asks for a password. Whoever sent the link knows it.')
  const RTCPeerConnection = options.RTCPeerConnection ?? globalThis.RTCPeerConnection
  const WebSocket = options.WebSocket ?? globalThis.WebSocket
  if (!RTCPeerConnection || !WebSocket)
    throw new RoomError(
      'no-webrtc',
      "This browser can't connect to others directly: it has no WebRTC, or it is switched off.",
    )
  return new LiveRoom(url, parsed.address, { ...options, RTCPeerConnection, WebSocket })
}
