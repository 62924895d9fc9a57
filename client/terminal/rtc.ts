/**
 * WebRTC for Node: node-datachannel's polyfill, bent to what simple-peer and browsers agree on. Its peers are libdatachannel's,
 * which can't restart ICE: a second description is refused, so that the link ends and is made anew.
 */
import { cleanup, PeerConnection } from 'node-datachannel'
import polyfill from 'node-datachannel/polyfill'

/** How long after its channels a connection closes, in milliseconds: the library drops what was sent just before. */
const LINGER = 100

let names = 0
/** Connections that are closing. */
const closing = new Set<Promise<void>>()

/** Candidates' servers as libdatachannel reads them: its URLs hold user and password, in which a colon or slash must be escaped. */
function forLibrary({ urls, username, credential }: RTCIceServer): string[] {
  return [urls].flat().map((url) => {
    const [, scheme = '', rest = ''] = /^(\w+):(.*)$/.exec(url) ?? []
    if (!username || !credential) return url
    return `${scheme}:${encodeURIComponent(username)}:${encodeURIComponent(credential)}@${rest}`
  })
}

/** A description and the candidates that it holds, apart. */
function withoutCandidates(sdp: string): { sdp: string; candidates: readonly string[] } {
  const candidates = [...sdp.matchAll(/^a=(candidate:[^\r\n]*)/gm)].map(([, candidate = '']) => candidate)
  return { sdp: sdp.replace(/^a=(candidate:[^\r\n]*|end-of-candidates)\r?\n/gm, ''), candidates }
}

/** A channel that never throws: the library closes it on a thread of its own, before anybody here could know. */
function harden(channel: RTCDataChannel): RTCDataChannel {
  const send = channel.send.bind(channel)
  const buffered = () => Reflect.get(Object.getPrototypeOf(channel), 'bufferedAmount', channel)
  return Object.defineProperties(channel, {
    send: {
      configurable: true,
      value(data: ArrayBuffer) {
        try {
          send(data)
        } catch {
          // Its `close` event is on the way.
        }
      },
    },
    bufferedAmount: {
      configurable: true,
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
  readonly #held: Event[] = []
  #isClosed = false

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
    const { sdp, candidates } = withoutCandidates(description.sdp ?? '')
    await super.setRemoteDescription({ ...description, sdp })
    for (const event of this.#held.splice(0)) super.dispatchEvent(event)
    for (const candidate of candidates) await this.addIceCandidate({ candidate, sdpMid: '0' })
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

  override get localDescription(): RTCSessionDescription {
    const { type, sdp } = super.localDescription
    return new polyfill.RTCSessionDescription({ type, sdp: withoutCandidates(sdp).sdp })
  }

  /**
   * Holds back one's candidates until the other side's description is known. The library begins to connect before it took
   * in the fingerprint, and refuses the other when it is that quick; or it misses the first packet, and then a second.
   */
  override dispatchEvent(event: Event): boolean {
    if (event.type === 'icecandidate' && !this.#native.remoteDescription()) {
      this.#held.push(event)
      return true
    }
    if (event instanceof polyfill.RTCDataChannelEvent) harden(event.channel)
    return super.dispatchEvent(event)
  }

  /** Closes it a moment later: the channels, which simple-peer closed just now, still have to deliver the last that was sent. */
  override close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    const closed = new Promise<void>((resolve) => {
      setTimeout(() => {
        super.close()
        closing.delete(closed)
        resolve()
      }, LINGER)
    })
    closing.add(closed)
  }

  /** As browsers give it: the library counts round trips in milliseconds, and speaks to TURN servers by UDP only. */
  override async getStats(): Promise<RTCStatsReport> {
    const report = new Map<string, Record<string, unknown>>()
    const seconds = (ms: unknown) => (typeof ms === 'number' ? ms / 1_000 : undefined)
    const given: { forEach(each: (entry: { id: string; currentRoundTripTime?: unknown }) => void): void } =
      await super.getStats()
    given.forEach((entry) => {
      const currentRoundTripTime = seconds(entry.currentRoundTripTime)
      report.set(entry.id, { ...entry, relayProtocol: 'udp', currentRoundTripTime })
    })
    return report
  }

  #describe(type: 'offer' | 'answer'): RTCSessionDescriptionInit {
    if (this.#native.localDescription()) throw new Error('This connection is described already.')
    this.#native.setLocalDescription(type === 'offer' ? 'offer' : 'answer')
    const { sdp } = this.#native.localDescription() ?? {}
    if (!sdp) throw new Error(`There is no ${type}.`)
    // Those candidates that it gathered meanwhile go the way of all others.
    return { type, sdp: withoutCandidates(sdp).sdp }
  }
}

/** What `joinRoom` takes as `RTCPeerConnection` in Node. */
export const RTCPeerConnection = NodePeerConnection as unknown as typeof globalThis.RTCPeerConnection

/** Ends the library's threads, once all that closes is closed. No connection works after it. */
export async function endWebRtc(): Promise<void> {
  await Promise.all(closing)
  cleanup()
}
