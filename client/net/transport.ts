/**
 * One pair's WebRTC connection: simple-peer with Earshot's three channels. The only file that knows simple-peer.
 * Bytes in, bytes out: what they mean is link.ts's matter.
 */
import Peer from 'simple-peer/simplepeer.min.js'
import type { Bytes } from '../crypto/bytes.ts'
import { forSimplePeer, type Signal, toSignal } from './signal.ts'

/** Why a transport ended: `remote`, the other side closed it; `failed`, the network did. */
export type TransportEnd = 'remote' | 'failed'

export interface TransportEvents {
  /** To be carried to the other side. */
  signal(signal: Signal): void
  /** The chat channel is open, both descriptions are known. */
  open(): void
  /** A frame came, on the fleeting channel or on chat. */
  message(data: Uint8Array, fleeting: boolean): void
  /** Unsent bytes on the chat channel fell to `LOW_WATER`. */
  drain(): void
  /** The network stopped answering, or answers again. */
  quiet(quiet: boolean): void
  end(end: TransportEnd): void
}

/** What a link needs of a connection. A simulation brings its own. */
export interface Transport {
  /** Takes in what the other side's `signal` event gave. */
  signal(signal: Signal): void
  /** Restarts ICE, which gives new signals; the channels stay. For the initiator, after `open`. */
  restart(): void
  /** Sends on the chat channel: ordered, reliable. Call after `open` only. */
  send(data: Bytes): void
  /** Sends on the fleeting channel: unordered, not sent again; dropped while that is not open. */
  sendFleeting(data: Bytes): void
  /** Bytes given to `send` that have not left yet. */
  readonly unsent: number
  /** SDP of both sides' descriptions, null while unknown. */
  readonly descriptions: { readonly local: string; readonly remote: string } | null
  /** Ends it, with whatever is unsent. No event follows. */
  destroy(): void
}

export type TransportFactory = (initiator: boolean, config: RTCConfiguration, events: TransportEvents) => Transport

/** The channels beside simple-peer's own are negotiated beforehand under these ids, on both sides alike. */
const FLEETING_ID = 100
const BULK_ID = 101

export const LOW_WATER = 16 * 1024

/** simple-peer keeps its connection and first channel in these; it has no public way to them. */
interface Internals {
  readonly _pc: InstanceType<typeof globalThis.RTCPeerConnection> | null
  readonly _channel: RTCDataChannel | null
}

/** Public in simple-peer, but not in its types. */
interface Negotiable {
  offerOptions: RTCOfferOptions
  negotiate(): void
}

type Wrtc = NonNullable<Peer.Options['wrtc']>

/** Wherever simple-peer would make a description or a candidate, browsers take the plain object as well. */
function Plain(init: object) {
  return init
}
const RTCSessionDescription = Plain as unknown as Wrtc['RTCSessionDescription']
const RTCIceCandidate = Plain as unknown as Wrtc['RTCIceCandidate']

/** Of a connection that could not be made. */
const stillborn: Transport = {
  signal() {},
  restart() {},
  send() {},
  sendFleeting() {},
  unsent: 0,
  descriptions: null,
  destroy() {},
}

/** An offer with `iceRestart` (W3C WebRTC, section 4.2.7); the option would stick. */
function restartIce(peer: Peer.Instance): void {
  const negotiable = peer as unknown as Negotiable
  const options = negotiable.offerOptions
  negotiable.offerOptions = { ...options, iceRestart: true }
  negotiable.negotiate()
  // simple-peer makes its offer in a timeout of 0: this one comes right after it.
  setTimeout(() => {
    negotiable.offerOptions = options
  }, 0)
}

/** Makes transports out of simple-peer over the given WebRTC implementation. */
export function simplePeerTransport(RTCPeerConnection: typeof globalThis.RTCPeerConnection): TransportFactory {
  return (initiator, config, events) => {
    let peer: Peer.Instance
    try {
      peer = new Peer({
        initiator,
        config,
        trickle: true,
        objectMode: true,
        wrtc: { RTCPeerConnection, RTCSessionDescription, RTCIceCandidate },
      })
    } catch {
      // Browsers allow some hundreds of connections, and throw at one more.
      queueMicrotask(() => events.end('failed'))
      return stillborn
    }
    const internals = peer as unknown as Internals
    let over = false

    const negotiated = (label: string, id: number, options: RTCDataChannelInit = {}) =>
      internals._pc?.createDataChannel(label, { ...options, negotiated: true, id })
    const fleeting = negotiated('fleeting', FLEETING_ID, { ordered: false, maxRetransmits: 0 })
    const bulk = negotiated('bulk', BULK_ID)
    for (const channel of [fleeting, bulk]) if (channel) channel.binaryType = 'arraybuffer'
    if (fleeting)
      fleeting.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (!over && data instanceof ArrayBuffer) events.message(new Uint8Array(data), true)
      }

    const end = (reason: TransportEnd) => {
      if (over) return
      over = true
      events.end(reason)
    }
    peer.on('signal', (data: unknown) => {
      const signal = toSignal(data)
      if (signal && !over) events.signal(signal)
    })
    peer.on('connect', () => {
      const channel = internals._channel
      if (!channel || over) return
      channel.bufferedAmountLowThreshold = LOW_WATER
      channel.addEventListener('bufferedamountlow', () => {
        if (!over) events.drain()
      })
      events.open()
    })
    peer.on('data', (data: unknown) => {
      if (!over && data instanceof Uint8Array) events.message(data, false)
    })
    peer.on('iceStateChange', (state: string) => {
      if (over) return
      if (state === 'disconnected') events.quiet(true)
      if (state === 'connected' || state === 'completed') events.quiet(false)
    })
    // `error` always precedes `close` and must have a listener; a channel error is how Chromium reports a remote close.
    peer.on('error', (error: Error & { code?: string }) => end(error.code === 'ERR_DATA_CHANNEL' ? 'remote' : 'failed'))
    peer.on('close', () => end('remote'))

    return {
      signal(signal) {
        if (!over && !peer.destroyed) peer.signal(forSimplePeer(signal))
      },
      restart() {
        if (over || peer.destroyed) return
        restartIce(peer)
      },
      send(data) {
        if (!over && internals._channel?.readyState === 'open') internals._channel.send(data)
      },
      sendFleeting(data) {
        if (!over && fleeting?.readyState === 'open') fleeting.send(data)
      },
      get unsent() {
        return internals._channel?.bufferedAmount ?? 0
      },
      get descriptions() {
        const local = internals._pc?.localDescription?.sdp
        const remote = internals._pc?.remoteDescription?.sdp
        return local && remote ? { local, remote } : null
      },
      destroy() {
        over = true
        peer.destroy()
      },
    }
  }
}
