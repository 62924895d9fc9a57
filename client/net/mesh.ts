import { type IceServer, PEER_ID_BYTES } from '../../signaling/protocol.ts'
import { type Bytes, fromHex, toHex } from '../crypto/bytes.ts'
import type { Hello } from '../crypto/hello.ts'
import type { RoomSecrets } from '../crypto/secrets.ts'
import type { Suite } from '../crypto/suite.ts'
import type { Frame } from './frame.ts'
import { handshakeWith, handshakeWithLater } from './handshake.ts'
import { Link } from './link.ts'
import type { LinkEnd, LinkEvents, LinkOptions } from './link-options.ts'
import type { MeshOptions } from './mesh-options.ts'
import { Pair } from './pair.ts'
import { type Peer, Postbox } from './peer.ts'
import { Presence } from './presence.ts'
import { Relay } from './relay.ts'
import { Roster } from './roster.ts'
import { Topology } from './topology.ts'

/** Attempts at visits of which nothing but an id is known. */
const MOST_ATTEMPTS = 8
/** Attempts that others asked for or offered: they have the room's key, so they come before invented ids. */
const MOST_ASKED = 24
/** A link closed from afar, whose visit gave neither lease nor bye: how long until it counts as gone. */
const FAREWELL = 3_000
/** How long the lease of a visit counts whose link broke: longer than it takes to come anew over others. */
const DOUBT = 12_000
/**
 * Which links there should be; makes them and makes them anew. Who is there is known from the server, from links, and from
 * the leases that members pass on; signaling goes through the server and, where that may not arrive, through the members.
 */
export class Mesh {
  readonly #options: MeshOptions
  readonly #me: string
  readonly #keys: { readonly suite: Suite; readonly secrets: RoomSecrets; readonly me: Bytes }
  readonly #roster: Roster
  /** Open links. */
  readonly #links = new Map<string, Link>()
  readonly #presence: Presence
  readonly #relay: Relay
  /** Attempts under way, by whose idea they were. */
  readonly #connecting = { own: 0, asked: 0 }
  #iceServers: readonly IceServer[] = []
  #iceTransportPolicy: RTCIceTransportPolicy
  /** Where envelopes of ids wait for which there is no room. */
  readonly #crowd = new Postbox()
  readonly #topology: Topology
  /** The server tells who comes and goes. */
  #listening = false
  #ended = false

  constructor(options: MeshOptions) {
    const { suite, identity, secrets, visit, time, events } = options
    this.#options = options
    this.#iceTransportPolicy = options.iceTransportPolicy
    this.#me = toHex(visit.peer)
    this.#topology = new Topology(this.#me)
    this.#keys = { suite, secrets, me: visit.peer }
    this.#roster = new Roster({ me: this.#me, time, makePair: (id, other) => this.#pair(id, other) })
    const links = () => this.#links
    this.#presence = new Presence({
      suite,
      identity,
      visit,
      topic: secrets.topic,
      time,
      name: () => options.name(),
      heads: () => options.heads(),
      links,
      events: {
        leased: (id, lease) => {
          const peer = this.#peer(id, true)
          if (!peer) return
          peer.met = true
          this.#review()
          events.leased(id, lease, this.#topology.needs(id))
        },
        ended: (id, bye) => this.#leaseEnded(id, bye),
      },
    })
    this.#relay = new Relay({ me: this.#me, time, links, deliver: (from, sealed) => this.receive(from, sealed) })
  }

  /** STUN and TURN servers for connections from now on, and for those there are when they look for another path. */
  set iceServers(servers: readonly IceServer[]) {
    this.#iceServers = servers
    const { config } = this.#wiring
    for (const { pair } of this.#roster.peers) pair.configure(config)
  }

  /** What paths may go through from now on. Links are made anew; where relays only may be used now, the old ones end. */
  set iceTransportPolicy(policy: RTCIceTransportPolicy) {
    if (policy === this.#iceTransportPolicy) return
    this.#iceTransportPolicy = policy
    for (const { pair } of this.#roster.peers) pair.renew(policy === 'relay')
  }

  /** The server's whole list of other members. */
  listed(peers: readonly string[]): void {
    this.#listening = true
    const present = new Set(peers)
    const waiting = [...this.#roster.peers].filter(({ pair }) => pair.wanted)
    // After a restart of the server others may be on their way back, too: their links are left alone.
    for (const [id, peer] of this.#roster) if (peer.listed && !present.has(id)) this.#missed(id, peer)
    for (const id of present) this.#list(id)
    this.#review()
    for (const { pair } of waiting) pair.remind()
  }

  joined(id: string): void {
    this.#list(id)
    this.#review()
  }

  left(id: string): void {
    const peer = this.#roster.known(id)
    if (!peer) return
    this.#missed(id, peer)
    this.#review()
  }

  /** The server is away: whom it listed is unknown until it is back. Links, leases and attempts go on. */
  away(): void {
    this.#listening = false
    for (const [id, peer] of this.#roster) {
      peer.listed = false
      this.#lost(id, peer)
    }
    this.#review()
  }

  /** Takes in a sealed envelope that came under the sender's id. What doesn't open is dropped. */
  receive(from: string, sealed: Bytes): void {
    const sender = fromHex(from)
    if (sender?.length !== PEER_ID_BYTES || from === this.#me || this.#ended) return
    const inbox = this.#peer(from)?.inbox ?? this.#crowd
    inbox.open(this.#keys, sender, sealed, (envelope, nonce) => {
      if (this.#ended || this.#presence.isOver(from)) return
      // There is room for whoever has the key, though there were none for one more id.
      const peer = this.#peer(from, true)
      if (!peer) return
      peer.isHeard = true
      peer.pair.receive(envelope, nonce)
    })
  }

  /** Checks and retries at once: after sleep, or when the `network` changed. */
  wake(network: boolean): void {
    this.#presence.changed()
    for (const { pair } of this.#roster.peers) pair.wake(network)
  }

  /** One's name changed, or what one holds: those who are not linked hear of it. */
  changed(): void {
    this.#presence.changed()
  }

  /** Begins a link beside all attempts. The peer id of its `other` end need be known only once the connection is up. */
  begin(other: () => Bytes | null, how: Pick<LinkOptions, 'initiator' | 'patience' | 'events'>): Link {
    const { time } = this.#options
    return new Link({ ...this.#wiring, ...how, time, handshake: handshakeWithLater(this.#options, other) })
  }

  /** A number for a link to that visit that is made without attempts, for both sides; null when none can be made. */
  apart(id: string): number | null {
    return this.#peer(id, true)?.pair.apart ?? null
  }

  /** Takes in a link that was made without attempts, see `Pair.adopt`; null when its visit is not to be linked. */
  adopt(id: string, link: Link, attempt: number, hello: Hello): LinkEvents | null {
    if (this.#presence.isOver(id)) return null
    return this.#peer(id, true)?.pair.adopt(link, attempt, hello) ?? null
  }

  /** What is known of the links and attempts with that visit; undefined for one that isn't known. */
  pair(id: string): Pick<Pair, 'attempts' | 'links' | 'wanted'> | undefined {
    return this.#roster.known(id)?.pair
  }

  /** Visits to which there should be a link, and of which nothing but the id is known. */
  get unmet(): readonly string[] {
    return [...this.#roster].flatMap(([id, { met, pair }]) => (!met && pair.wanted ? [id] : []))
  }

  /** Whether somebody is there to whom no link is open. */
  get hasUnlinked(): boolean {
    return [...this.#presence.peers].some((id) => !this.#links.has(id))
  }

  /** Says bye to everyone and closes all links. In a `hurry` it doesn't wait for what is unsent. */
  async leave(hurry: boolean): Promise<void> {
    this.#ended = true
    this.#presence.leave()
    const peers = [...this.#roster.peers]
    for (const { cancelFarewell, need } of peers) {
      cancelFarewell()
      need.stop()
    }
    await Promise.all(peers.map(({ pair }) => pair.close(true, hurry)))
  }

  #list(id: string): void {
    const peer = this.#presence.isOver(id) ? null : this.#peer(id)
    if (!peer) return
    peer.cancelFarewell()
    peer.listed = true
  }

  /** The server heard nothing of a visit for a while; a link that does hear something knows better. */
  #missed(id: string, peer: Peer): void {
    peer.listed = false
    if (peer.pair.link?.isOpen && !peer.pair.link.isShaky) return
    if (this.#presence.holds(id)) this.#presence.doubt(id, DOUBT)
    else this.#drop(id, peer)
  }

  /** Whether anything says that the visit is there. */
  #isThere(id: string, peer: Peer): boolean {
    return peer.listed || this.#links.has(id) || this.#presence.holds(id)
  }

  #leaseEnded(id: string, bye: boolean): void {
    const peer = this.#roster.known(id)
    if (!peer || this.#ended) return
    if (bye || !this.#isThere(id, peer)) this.#drop(id, peer)
    this.#review()
  }

  /** Ends all that there is with a visit that is gone. */
  #drop(id: string, peer: Peer): void {
    peer.listed = false
    void peer.pair.close(false)
    if (this.#links.delete(id)) this.#options.events.closed(id, false)
    this.#gone(id, peer)
  }

  #gone(id: string, peer: Peer): void {
    peer.cancelFarewell()
    peer.need.stop()
    if (!peer.met) return
    peer.met = false
    this.#options.events.gone(id)
  }

  /** The peer of that id, made at the first call; null when there is to be none. See `Roster.peer`. */
  #peer(id: string, hasKey = false): Peer | null {
    return this.#roster.known(id) ?? (this.#ended ? null : this.#roster.peer(id, hasKey))
  }

  get #wiring(): Pick<LinkOptions, 'config' | 'transport'> {
    const config = { iceServers: [...this.#iceServers], iceTransportPolicy: this.#iceTransportPolicy }
    return { config, transport: this.#options.transport }
  }

  #pair(id: string, other: Bytes): Pair {
    const { events, visit, time } = this.#options
    const wiring = () => this.#wiring
    return new Pair({
      me: visit.peer,
      other,
      time,
      link: {
        get config() {
          return wiring().config
        },
        transport: wiring().transport,
        handshake: handshakeWith(this.#options, other),
      },
      mayBegin: () => this.#connecting.own < MOST_ATTEMPTS,
      mayOblige: () => this.#connecting.asked < MOST_ASKED,
      events: {
        envelope: (envelope) => {
          this.#roster.known(id)?.outbox.seal(this.#keys, other, envelope, (sealed) => this.#send(id, sealed))
        },
        open: (hello) => this.#opened(id, hello),
        frame: (frame) => this.#heard(id, frame),
        drain: () => events.drain(id),
        shaky: (shaky) => events.shaky(id, shaky),
        tampered: () => events.tampered(id),
        routed: (path) => events.routed(id, path),
        connecting: (whose, change) => {
          this.#connecting[whose] += change
        },
        end: (end, wasOpen) => this.#closed(id, end, wasOpen),
      },
    })
  }

  /** By the server; and through the members where that may not arrive. The same bytes on both ways: a repeat is dropped. */
  #send(id: string, sealed: Bytes): void {
    const peer = this.#roster.known(id)
    if (!peer || this.#ended) return
    this.#options.send(id, sealed)
    // Without a lease nobody else is known to be linked to it.
    if (this.#presence.holds(id) && (!peer.listed || peer.pair.hasTried)) this.#relay.send(id, sealed)
  }

  #heard(id: string, frame: Frame): void {
    if (frame.type === 'lease') void this.#presence.receive(id, frame)
    else if (frame.type === 'relay') this.#relay.receive(id, frame)
    else if (frame.type === 'need') {
      const peer = this.#roster.known(id)
      if (!peer) return
      peer.need.heard(frame.need)
      this.#review()
    } else this.#options.events.frame(id, frame)
  }

  #opened(id: string, hello: Hello): void {
    const peer = this.#roster.known(id)
    const link = peer?.pair.link
    if (!peer || !link) return
    peer.met = true
    peer.need.opened()
    peer.cancelFarewell()
    this.#links.set(id, link)
    this.#options.events.open(id, hello, link)
    this.#presence.introduce(link)
    this.#review()
  }

  #closed(id: string, end: LinkEnd, wasOpen: boolean): void {
    const peer = this.#roster.known(id)
    if (!peer) return
    if (wasOpen) {
      this.#links.delete(id)
      this.#options.events.closed(id, this.#topology.needs(id))
    } else if (peer.pair.attempts.failed) {
      const isIntroduced = this.#listening || this.#presence.holds(id)
      this.#options.events.failed(id, peer.pair.attempts.failed, { isIntroduced })
    }
    if (end === 'bye') {
      this.#presence.left(id)
      this.#drop(id, peer)
    } else if (!peer.pair.link?.isOpen && peer.need.isAny) {
      if (wasOpen) this.#presence.doubt(id, DOUBT)
      this.#lost(id, peer)
    }
    this.#review(end)
  }

  /** A link ended, or an attempt at one: unless something says so soon, its visit is not there any more. */
  #lost(id: string, peer: Peer): void {
    if (!peer.met || this.#isThere(id, peer)) return
    peer.cancelFarewell()
    // While the server is away it may yet come back.
    if (this.#listening) this.#gone(id, peer)
    else
      peer.cancelFarewell = this.#options.time.after(FAREWELL, () => {
        if (!this.#isThere(id, peer)) this.#drop(id, peer)
      })
  }

  /** Works out which links there should be, and has them made or given up. */
  #review(end: LinkEnd | null = null): void {
    if (this.#ended) return
    // The topology counts only who has proven to be there.
    this.#topology.update([...this.#links.keys(), ...this.#presence.peers])
    let missing = 0
    for (const [id, peer] of this.#roster) {
      const { pair } = peer
      const isProven = this.#links.has(id) || this.#presence.holds(id)
      const mine = isProven ? this.#topology.needs(id) : peer.listed
      // A link that is open now is wanted again only while something else says that its visit is there.
      pair.wanted = mine && (peer.listed || this.#presence.holds(id))
      peer.need.decide(mine)
      // There may be a thousand who wait.
      if (this.#connecting.own < MOST_ATTEMPTS) pair.proceed()
      if (pair.wanted && !pair.link?.isOpen) missing++
    }
    this.#options.events.attempts(missing, end)
  }
}
