import { type IceServer, PEER_ID_BYTES } from '../../signaling/protocol.ts'
import { type Bytes, fromHex, toHex } from '../crypto/bytes.ts'
import { nonceOf, openEnvelope, sealEnvelope } from '../crypto/envelope.ts'
import { type Ends, fingerprintOf, type Hello, signHello, verifyHello } from '../crypto/hello.ts'
import type { RoomSecrets } from '../crypto/secrets.ts'
import type { Identity, Suite } from '../crypto/suite.ts'
import type { Visit } from '../crypto/visit.ts'
import type { Frame } from './frame.ts'
import type { Link, LinkEnd } from './link.ts'
import { Pair } from './pair.ts'
import type { Time } from './time.ts'
import type { TransportFactory } from './transport.ts'

/** Peer ids are lower-case hex. */
export interface MeshEvents {
  /** A link to this visit is open; its author is proven. */
  open(peer: string, hello: Hello, link: Link): void
  frame(peer: string, frame: Frame): void
  drain(peer: string): void
  shaky(peer: string, shaky: boolean): void
  /** Somebody tried to take over the link to this visit, and was refused. */
  tampered(peer: string): void
  /** An open link ended; another may follow. */
  closed(peer: string): void
  /** A visit that had been linked is not there any more. */
  gone(peer: string): void
  /** How many listed visits have no open link; `end` says how an attempt or link ended just now. */
  attempts(missing: number, end: LinkEnd | null): void
}

export interface MeshOptions {
  readonly suite: Suite
  readonly identity: Identity
  readonly secrets: RoomSecrets
  readonly visit: Visit
  readonly time: Time
  readonly transport: TransportFactory
  readonly iceTransportPolicy: RTCIceTransportPolicy
  /** One's name now. */
  name(): string
  /** Sends a sealed envelope to a member by way of the server. */
  send(to: string, sealed: Bytes): void
  readonly events: MeshEvents
}

interface Peer {
  readonly pair: Pair
  /** Set while the visit counts as there: it proved itself and has not gone since. */
  met: boolean
  /** It sealed an envelope, so it has the room's key. */
  isHeard: boolean
  /** Envelopes are opened and sealed one after the other, so that none overtakes. */
  inbox: Promise<void>
  outbox: Promise<void>
  /** Envelopes in the inbox. */
  waiting: number
  cancelFarewell: () => void
}

/** Attempts at visits of which nothing but an id is known. */
const MOST_ATTEMPTS = 8
/** Attempts that others asked for or offered: they have the room's key, so they come before invented ids. */
const MOST_ASKED = 24
/** Visits whose counters are remembered after they left. */
const MOST_PEERS = 1_000
/** Sealed envelopes of one visit waiting to be opened; more are dropped. */
const MOST_WAITING = 256
/** A link closed from afar without a bye: how long until its visit counts as gone, where no server says so. */
const FAREWELL = 3_000

/** Which links there should be; makes them and makes them anew. Up to the size of a full mesh: with every member that the server lists. */
export class Mesh {
  readonly #options: MeshOptions
  readonly #me: string
  readonly #peers = new Map<string, Peer>()
  /** Attempts under way, by whose idea they were. */
  readonly #connecting = { own: 0, asked: 0 }
  #iceServers: readonly IceServer[] = []
  /** Where envelopes of ids wait for which there is no room. */
  readonly #crowd = { inbox: Promise.resolve(), waiting: 0 }
  #listening = false
  #ended = false

  constructor(options: MeshOptions) {
    this.#options = options
    this.#me = toHex(options.visit.peer)
  }

  /** STUN and TURN servers for connections from now on. */
  set iceServers(servers: readonly IceServer[]) {
    this.#iceServers = servers
  }

  /** The server's whole list of other members. */
  listed(peers: readonly string[]): void {
    this.#listening = true
    const present = new Set(peers)
    for (const [id, peer] of this.#peers) {
      // After a restart of the server others may be on their way back, too: their links are left alone.
      if (present.has(id)) continue
      peer.pair.wanted = false
      if (!peer.pair.link) this.#gone(id, peer)
    }
    for (const id of present) this.#want(id)
    this.#count(null)
  }

  joined(id: string): void {
    this.#want(id)
    this.#count(null)
  }

  left(id: string): void {
    const peer = this.#peers.get(id)
    if (!peer) return
    const { pair } = peer
    pair.wanted = false
    // The server heard nothing of it for a while; a link that does hear something knows better.
    if (pair.link?.isOpen && !pair.link.isShaky) return
    const wasOpen = pair.link?.isOpen ?? false
    void pair.close(false)
    if (wasOpen) this.#options.events.closed(id)
    this.#gone(id, peer)
    this.#count(null)
  }

  /** The server is away: whom it listed is unknown until it is back. Links and attempts go on. */
  away(): void {
    this.#listening = false
    for (const { pair } of this.#peers.values()) pair.wanted = false
  }

  /** Takes in a sealed envelope that came under the sender's id. What doesn't open is dropped. */
  receive(from: string, sealed: Bytes): void {
    const sender = fromHex(from)
    const peer = this.#peer(from) ?? this.#crowd
    if (!sender || peer.waiting >= MOST_WAITING) return
    peer.waiting++
    const { suite, secrets, visit } = this.#options
    peer.inbox = peer.inbox.then(async () => {
      const envelope = await openEnvelope(suite, secrets, sender, visit.peer, sealed)
      peer.waiting--
      if (!envelope || this.#ended) return
      // There is room for whoever has the key, though there were none for one more id.
      const proven = this.#peer(from, true)
      if (!proven) return
      proven.isHeard = true
      proven.pair.receive(envelope, nonceOf(sealed))
    })
  }

  /** Checks and retries at once: after sleep, or when the network changed. */
  wake(): void {
    for (const { pair } of this.#peers.values()) pair.wake()
  }

  /** Says bye to everyone and closes all links. In a `hurry` it doesn't wait for what is unsent. */
  async leave(hurry: boolean): Promise<void> {
    this.#ended = true
    const peers = [...this.#peers.values()]
    for (const { cancelFarewell } of peers) cancelFarewell()
    await Promise.all(peers.map(({ pair }) => pair.close(true, hurry)))
  }

  #want(id: string): void {
    const peer = this.#peer(id)
    if (!peer) return
    peer.cancelFarewell()
    peer.pair.wanted = true
  }

  #gone(id: string, peer: Peer): void {
    peer.cancelFarewell()
    if (!peer.met) return
    peer.met = false
    this.#options.events.gone(id)
  }

  /**
   * The peer of that id, made at the first call; null for oneself, for what is no id, and when there are too many already.
   * Those of whom nothing but an id is known make room for one who `hasKey`.
   */
  #peer(id: string, hasKey = false): Peer | null {
    const known = this.#peers.get(id)
    if (known) return known
    const other = fromHex(id)
    if (this.#ended || id === this.#me || other === null || other.length !== PEER_ID_BYTES) return null
    if (this.#peers.size >= MOST_PEERS && !this.#forgetOne(hasKey)) return null
    const peer: Peer = {
      pair: this.#pair(id, other),
      met: false,
      isHeard: false,
      inbox: Promise.resolve(),
      outbox: Promise.resolve(),
      waiting: 0,
      cancelFarewell: () => {},
    }
    this.#peers.set(id, peer)
    return peer
  }

  /** Makes room in place of the oldest that left; else, for one who has the key, of one that may not exist. */
  #forgetOne(hasKey: boolean): boolean {
    const idle = [...this.#peers].filter(([, { met, pair }]) => !met && !pair.link)
    const found =
      idle.find(([, { pair }]) => !pair.wanted) ?? (hasKey ? idle.find(([, peer]) => !peer.isHeard) : undefined)
    if (!found) return false
    const [id, { pair }] = found
    void pair.close(false)
    return this.#peers.delete(id)
  }

  #pair(id: string, other: Bytes): Pair {
    const { events, suite, secrets, visit, time, transport, identity, iceTransportPolicy } = this.#options
    const mesh = this
    return new Pair({
      me: visit.peer,
      other,
      time,
      link: {
        get config(): RTCConfiguration {
          return { iceServers: [...mesh.#iceServers], iceTransportPolicy }
        },
        transport,
        handshake: {
          make: async (descriptions) => {
            const ends = this.#ends(visit.peer, descriptions.local, other, descriptions.remote)
            return ends && signHello(suite, identity, visit, this.#options.name(), ends)
          },
          verify: async (hello, descriptions) => {
            const ends = this.#ends(other, descriptions.remote, visit.peer, descriptions.local)
            return ends !== null && verifyHello(suite, hello, ends)
          },
        },
      },
      mayBegin: () => this.#connecting.own < MOST_ATTEMPTS,
      mayOblige: () => this.#connecting.asked < MOST_ASKED,
      events: {
        envelope: (envelope) => {
          const peer = this.#peers.get(id)
          if (!peer) return
          peer.outbox = peer.outbox.then(async () => {
            const sealed = await sealEnvelope(suite, secrets, visit.peer, other, envelope)
            if (!this.#ended) this.#options.send(id, sealed)
          })
        },
        open: (hello) => this.#opened(id, hello),
        frame: (frame) => events.frame(id, frame),
        drain: () => events.drain(id),
        shaky: (shaky) => events.shaky(id, shaky),
        tampered: () => events.tampered(id),
        connecting: (whose, change) => {
          this.#connecting[whose] += change
        },
        end: (end, wasOpen) => this.#closed(id, end, wasOpen),
      },
    })
  }

  #ends(sender: Bytes, senderSdp: string, receiver: Bytes, receiverSdp: string): Ends | null {
    const senderFingerprint = fingerprintOf(senderSdp)
    const receiverFingerprint = fingerprintOf(receiverSdp)
    if (!senderFingerprint || !receiverFingerprint) return null
    return { topic: this.#options.secrets.topic, sender, senderFingerprint, receiver, receiverFingerprint }
  }

  #opened(id: string, hello: Hello): void {
    const peer = this.#peers.get(id)
    const link = peer?.pair.link
    if (!peer || !link) return
    peer.met = true
    peer.cancelFarewell()
    this.#options.events.open(id, hello, link)
    this.#count(null)
  }

  #closed(id: string, end: LinkEnd, wasOpen: boolean): void {
    const peer = this.#peers.get(id)
    if (!peer) return
    if (wasOpen) this.#options.events.closed(id)
    if (end === 'bye') this.#gone(id, peer)
    else if (!peer.pair.wanted && !peer.pair.link) {
      // Not on the server's list any more either: gone. While the server is away it may yet come back.
      peer.cancelFarewell()
      if (this.#listening) this.#gone(id, peer)
      else peer.cancelFarewell = this.#options.time.after(FAREWELL, () => this.#gone(id, peer))
    }
    this.#count(end)
  }

  #count(end: LinkEnd | null): void {
    if (this.#ended) return
    let missing = 0
    for (const { pair } of this.#peers.values()) {
      // There may be a thousand who wait.
      if (this.#connecting.own < MOST_ATTEMPTS) pair.proceed()
      if (pair.wanted && !pair.link?.isOpen) missing++
    }
    this.#options.events.attempts(missing, end)
  }
}
