/**
 * One pair's WebRTC connection: simple-peer with Earshot's three channels. The only file that knows simple-peer.
 * Bytes in, bytes out: what they mean is link.ts's matter.
 */
import Peer from 'simple-peer/simplepeer.min.js'
import type { Bytes } from '../crypto/bytes.ts'
import type { Sight } from './attempt-log.ts'
import { Observer } from './observe.ts'
import type { Path } from './route.ts'
import { forSimplePeer, type Signal, toSignal } from './signal.ts'

/** Why a transport ended: `remote`, the other side closed it; `failed`, the network did. */
export type TransportEnd = 'remote' | 'failed'

export interface TransportEvents {
  /** To be carried to the other side. */
  signal(signal: Signal): void
  /** All candidates there are for now were told. */
  gathered?(): void
  /** The chat channel is open, both descriptions are known. */
  open(): void
  /** A frame came, on the fleeting channel or on chat. */
  message(data: Uint8Array, fleeting: boolean): void
  /** Unsent bytes on the chat channel fell to `LOW_WATER`. */
  drain(): void
  /** The network stopped answering, or answers again. */
  quiet(quiet: boolean): void
  /** Something was seen of how it comes up, or fares. */
  seen?(sight: Sight): void
  end(end: TransportEnd): void
}

/** What a link needs of a connection. A simulation brings its own. */
export interface Transport {
  /** Takes in what the other side's `signal` event gave. */
  signal(signal: Signal): void
  /** Takes other STUN and TURN servers from the next restart on; what is connected stays so. */
  configure(config: RTCConfiguration): void
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
  /** Asks the connection which way its packets take at the moment; null while there is none. */
  look(): Promise<Path | null>
  /** Ends it, with whatever is unsent. No event follows. */
  destroy(): void
}

/**
 * `patient`: the other side may take minutes to take in what it is told, as when people carry the signals. Until the
 * connection is up it doesn't fail then.
 */
export type TransportFactory = (
  initiator: boolean,
  config: RTCConfiguration,
  events: TransportEvents,
  patient?: boolean,
) => Transport

/** The channels beside simple-peer's own are negotiated beforehand under these ids, on both sides alike. */
const FLEETING_ID = 100
const BULK_ID = 101

export const LOW_WATER = 16 * 1024

/** simple-peer keeps its connection and first channel in these; it has no public way to them. */
interface Internals {
  readonly _pc: InstanceType<typeof globalThis.RTCPeerConnection> | null
  readonly _channel: RTCDataChannel | null
}

/** How often a patient connection tries the other's candidates again, in milliseconds: a NAT's mapping lasts for 30 s. */
const TRY_AGAIN = 5_000

/** What simple-peer calls on a change of state. It gives up when one of them is `failed`. */
interface Watchful {
  _onIceStateChange(): void
  _onConnectionStateChange(): void
}

/** More of simple-peer that its types don't have. */
interface Negotiable {
  offerOptions: RTCOfferOptions
  _isNegotiating: boolean
  _queuedNegotiation: boolean
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
  configure() {},
  restart() {},
  send() {},
  sendFleeting() {},
  unsent: 0,
  descriptions: null,
  look: async () => null,
  destroy() {},
}

/** An offer with `iceRestart` (W3C WebRTC, section 4.2.7); the option would stick. */
function restartIce(peer: Peer.Instance): void {
  const negotiable = peer as unknown as Negotiable
  const options = negotiable.offerOptions
  negotiable.offerOptions = { ...options, iceRestart: true }
  // An offer that was never answered would keep it waiting for ever; a new one may take its place.
  negotiable._isNegotiating = false
  negotiable._queuedNegotiation = false
  negotiable.negotiate()
  // simple-peer makes its offer in a timeout of 0: this one comes right after it.
  setTimeout(() => {
    negotiable.offerOptions = options
  }, 0)
}

/** Gives a connection other servers (W3C WebRTC, section 4.4.1.6); all else of its configuration has to stay as it is. */
function reconfigure(connection: Internals['_pc'], config: RTCConfiguration): void {
  try {
    connection?.setConfiguration({ ...connection.getConfiguration(), ...config })
  } catch {
    // It is closed, or can't: it goes on with those that it has.
  }
}

/** Keeps simple-peer from giving up before it was connected once. */
function makePatient(peer: Peer.Instance): void {
  const watchful = peer as unknown as Watchful & Internals
  const [onIce, onConnection] = [watchful._onIceStateChange, watchful._onConnectionStateChange]
  watchful._onIceStateChange = () => {
    if (peer.connected || watchful._pc?.iceConnectionState !== 'failed') onIce.call(peer)
  }
  watchful._onConnectionStateChange = () => {
    if (peer.connected) onConnection.call(peer)
  }
}

/**
 * Tries the candidates of a description once more. After 15 s without an answer browsers forget the pairs that they made of
 * them, and both sides must send for their NATs to let anything in. A candidate that is known already does nothing, so each
 * comes back under another foundation, which only orders the checks (RFC 8445, section 6.1.2.6).
 */
function tryAgain(peer: Peer.Instance, sdp: string): void {
  const connection = (peer as unknown as Internals)._pc
  if (connection?.signalingState !== 'stable') return
  for (const [, rest] of sdp.matchAll(/^a=candidate:\S+ ([^\r\n]+)/gm)) {
    const candidate = `candidate:${Math.floor(Math.random() * 2 ** 31)} ${rest}`
    // What this browser refused at first it refuses again.
    connection.addIceCandidate({ candidate, sdpMLineIndex: 0 }).catch(() => {})
  }
}

/** Makes transports out of simple-peer over the given WebRTC implementation. */
export function simplePeerTransport(RTCPeerConnection: typeof globalThis.RTCPeerConnection): TransportFactory {
  return (initiator, config, events, patient = false) => {
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
    let trying: ReturnType<typeof setInterval> | undefined
    if (patient) makePatient(peer)
    const observer = internals._pc && new Observer(internals._pc, (sight) => !over && events.seen?.(sight))

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
      clearInterval(trying)
      events.end(reason)
    }
    peer.on('signal', (data: unknown) => {
      const signal = toSignal(data)
      if (!signal || over) return
      observer?.signal('own', signal)
      events.signal(signal)
    })
    peer.on('_iceComplete', () => {
      if (over) return
      events.seen?.({ type: 'gathered' })
      events.gathered?.()
    })
    peer.on('connect', () => {
      clearInterval(trying)
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
        if (over || peer.destroyed) return
        observer?.signal('other', signal)
        peer.signal(forSimplePeer(signal))
        if (!patient || trying !== undefined || signal.type !== 'description') return
        const { sdp } = signal.description
        trying = setInterval(() => tryAgain(peer, sdp), TRY_AGAIN)
      },
      configure(config) {
        if (!over) reconfigure(internals._pc, config)
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
      look: async () => (over ? null : ((await observer?.look()) ?? null)),
      destroy() {
        over = true
        clearInterval(trying)
        peer.destroy()
      },
    }
  }
}
