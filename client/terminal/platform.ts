/** What a browser brings along and Node doesn't, and how to end it. */
import { WebSocket } from 'ws'
import { endWebRtc, RTCPeerConnection } from './rtc.ts'

/** How long a last word to the server may take, in milliseconds. */
const LAST_WORD = 500

const open = new Set<WebSocket>()

/** A WebSocket that is known until it is closed: Node would end before the server heard that one left. */
class NodeWebSocket extends WebSocket {
  constructor(url: string) {
    super(url)
    open.add(this)
    this.once('close', () => open.delete(this))
  }
}

export const platform = {
  RTCPeerConnection,
  WebSocket: NodeWebSocket as unknown as typeof globalThis.WebSocket,
}

/** Ends sockets and threads once they said what they had to. */
export async function endPlatform(): Promise<void> {
  const closed = Promise.all([...open].map((socket) => new Promise((resolve) => socket.once('close', resolve))))
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, LAST_WORD))])
  endWebRtc()
}
