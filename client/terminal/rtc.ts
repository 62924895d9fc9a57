/**
 * WebRTC for Node: node-datachannel's polyfill, bent to what simple-peer and browsers agree on. Its peers are libdatachannel's,
 * which can't restart ICE: a second description is refused, so that the link ends and is made anew.
 */
import { cleanup, PeerConnection } from 'node-datachannel'
import polyfill from 'node-datachannel/polyfill'

let names = 0

/** Candidates' servers as libdatachannel reads them: its URLs hold user and password, in which a colon or slash must be escaped. */
function forLibrary({ urls, username, credential }: RTCIceServer): string[] {
  return [urls].flat().map((url) => {
    const [, scheme = '', rest = ''] = /^(\w+):(.*)$/.exec(url) ?? []
    if (!username || !credential) return url
    return `${scheme}:${encodeURIComponent(username)}:${encodeURIComponent(credential)}@${rest}`
  })
}

/** A channel that never throws: the library closes it on a thread of its own, before anybody here could know. */
function harden(channel: RTCDataChannel): RTCDataChannel {
  const send = channel.send.bind(channel)
  const buffered = () => Reflect.get(Object.getPrototypeOf(channel), 'bufferedAmount', channel)
  return Object.defineProperties(channel, {
    send: {
      value(data: ArrayBuffer) {
        try {
          send(data)
        } catch {
          // Its `close` event is on the way.
        }
      },
    },
    bufferedAmount: {
      get() {
        try {
          return buffered()
        } catch {
          return 0
        }
      },
    },
  })
}

/** `RTCPeerConnection` for simple-peer, one description a side. */
class NodePeerConnection extends polyfill.RTCPeerConnection {
  readonly #native: PeerConnection

  constructor({ iceServers = [], iceTransportPolicy = 'all' }: RTCConfiguration = {}) {
    const native = new PeerConnection(`earshot-${++names}`, {
      iceServers: iceServers.flatMap(forLibrary),
      iceTransportPolicy,
      // Otherwise the side that answers makes an offer of its own as soon as it has a channel.
      disableAutoNegotiation: true,
    })
    super({ peerConnection: native })
    this.#native = native
  }

  /** Offers at once: the library knows no description that is not in use. */
  override async createOffer(): Promise<RTCSessionDescriptionInit> {
    return this.#describe('offer')
  }

  override async createAnswer(): Promise<RTCSessionDescriptionInit> {
    return this.#describe('answer')
  }

  override async setLocalDescription(): Promise<void> {}

  override async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    if (this.#native.remoteDescription()) throw new Error('This connection is described already.')
    await super.setRemoteDescription(description)
  }

  /** Takes in a candidate. One that can't be used, such as a name that nobody here resolves, is no reason to give up. */
  override async addIceCandidate(candidate?: RTCIceCandidateInit | null): Promise<void> {
    await super.addIceCandidate(candidate).catch(() => {})
  }

  override createDataChannel(label: string, options?: RTCDataChannelInit) {
    const channel = super.createDataChannel(label, options)
    harden(channel)
    return channel
  }

  override dispatchEvent(event: Event): boolean {
    if (event instanceof polyfill.RTCDataChannelEvent) harden(event.channel)
    return super.dispatchEvent(event)
  }

  #describe(type: 'offer' | 'answer'): RTCSessionDescriptionInit {
    if (this.#native.localDescription()) throw new Error('This connection is described already.')
    this.#native.setLocalDescription(type === 'offer' ? 'offer' : 'answer')
    const { sdp } = this.#native.localDescription() ?? {}
    if (!sdp) throw new Error(`There is no ${type}.`)
    return { type, sdp }
  }
}

/** What `joinRoom` takes as `RTCPeerConnection` in Node. */
export const RTCPeerConnection = NodePeerConnection as unknown as typeof globalThis.RTCPeerConnection

/** Ends the library's threads. No connection works after it. */
export const endWebRtc = cleanup
