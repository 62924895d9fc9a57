import type { IceServer } from '../../signaling/protocol.ts'
import { type Bytes, toHex } from '../crypto/bytes.ts'
import type { Hello } from '../crypto/hello.ts'
import type { Lease } from '../crypto/lease.ts'
import type { Frame, MovedFrame } from '../net/frame.ts'
import type { Link } from '../net/link.ts'
import { Mesh } from '../net/mesh.ts'
import { signalUrl } from '../net/room-url.ts'
import { Signaling } from '../net/signaling.ts'
import { watchSleep } from '../net/sleep.ts'
import type { Time } from '../net/time.ts'
import type { TransportFactory } from '../net/transport.ts'
import type { Arrival } from './arrival.ts'
import type { Conversation } from './conversation.ts'
import { chainOf } from './entry.ts'
import { headsOf } from './heads.ts'
import type { Keeper } from './keeper.ts'
import { type Members, visitOf } from './members.ts'
import type { Reach } from './reach.ts'
import type { Relaying } from './relaying.ts'
import type { Status } from './status.ts'
import { tampered, unproven } from './suspicion.ts'
import { Sync } from './sync.ts'
import { RoomError, type RoomOptions } from './types.ts'
import type { Warnings } from './warnings.ts'

interface ConnectionsParts {
  readonly arrival: Arrival
  readonly time: Time
  readonly transport: TransportFactory
  /** Of the room. */
  readonly url: string
  readonly options: Required<Pick<RoomOptions, 'WebSocket'>> & Pick<RoomOptions, 'iceServers'>
  readonly relaying: Relaying
  readonly conversation: Conversation
  readonly keeper: Keeper
  readonly members: Members
  readonly status: Status
  readonly reach: Reach
  readonly warnings: Warnings
  /** Somebody offers a new link. */
  readonly moved: (peer: string, frame: MovedFrame) => void
}

/** What leads from a visit to the others: the server, the mesh, and the sync of what all hold. */
export class Connections {
  /** One's own peer id, in hex. */
  readonly me: string
  /** Some hello told one's name: a change of it needs an entry from now on. */
  isIntroduced = false
  readonly mesh: Mesh
  readonly #parts: ConnectionsParts
  readonly #author: string
  readonly #links = new Map<string, Link>()
  readonly #sync: Sync
  readonly #signaling: Signaling
  readonly #cancelSleep: () => void

  constructor(parts: ConnectionsParts) {
    this.#parts = parts
    const { identity, visit } = parts.arrival
    this.me = toHex(visit.peer)
    this.#author = toHex(identity.author)
    this.#sync = this.#makeSync()
    this.mesh = this.#makeMesh()
    if (parts.options.iceServers) this.#useServers(parts.options.iceServers)
    this.#cancelSleep = watchSleep(parts.time, () => this.wake(false))
    this.#signaling = this.#makeSignaling()
  }

  /** Open links, by peer id. */
  get links(): ReadonlyMap<string, Link> {
    return this.#links
  }

  /** One's own new entry is in the log. */
  push(): void {
    this.#sync.push()
  }

  /** Makes room for more of one's own, if it can be. */
  makeRoom(): void {
    this.#sync.makeRoom()
  }

  /** Checks the server and all links at once; when the `network` changed, looks for new paths as well. */
  wake(network: boolean): void {
    this.#signaling.wake()
    this.mesh.wake(network)
  }

  /** Says bye. Resolves when that is said, and what is unsent has left unless one is in a `hurry`. */
  async leave(hurry: boolean): Promise<void> {
    this.#cancelSleep()
    this.#sync.stop()
    const farewell = this.mesh.leave(hurry)
    this.#signaling.leave()
    await farewell
  }

  #makeSync(): Sync {
    const { arrival, conversation, keeper, time } = this.#parts
    const { suite, identity, secrets, visit } = arrival
    return new Sync({
      suite,
      topic: secrets.topic,
      log: conversation.log,
      time,
      me: this.me,
      mine: chainOf(identity.author, visit.peer),
      ready: keeper.ready,
      settled: () => keeper.settled(),
      heard: (chain) => conversation.heard(chain),
      events: {
        added: (entry) => {
          conversation.added(entry)
          if (this.mesh.hasUnlinked) this.mesh.changed()
        },
        covered: (peer, chain, seq) => conversation.covered(peer, chain, seq),
        forked: (chain, removed) => conversation.forked(chain, removed),
        deleted: (entries) => conversation.deleted(entries),
        dropped: (entries) => conversation.dropped(entries),
      },
    })
  }

  #makeMesh(): Mesh {
    const { arrival, conversation, keeper, members, status, time, warnings } = this.#parts
    const { suite, identity, secrets, visit } = arrival
    const mesh = new Mesh({
      suite,
      identity,
      secrets,
      visit,
      time,
      transport: this.#parts.transport,
      iceTransportPolicy: this.#parts.relaying.policy,
      name: () => {
        this.isIntroduced = true
        return members.me.name
      },
      heads: async () => {
        const heads = headsOf(conversation.log.chains.values(), members.authors)
        await keeper.settled()
        return heads
      },
      send: (to: string, sealed: Bytes) => this.#signaling.send(to, sealed),
      events: {
        leased: (peer, lease, needed) => this.#leased(peer, lease, needed),
        open: (peer, hello, link) => this.#opened(peer, hello, link),
        frame: (peer, frame) => this.#heard(peer, frame),
        drain: (peer) => this.#sync.drain(peer),
        shaky: (peer, shaky) => members.shaky(peer, shaky),
        routed: (peer, { route }) => members.routed(peer, route),
        failed: (peer, log, circumstances) => void this.#parts.reach.failed(peer, log, circumstances),
        tampered: (peer) => warnings.warnOnce(tampered(members.of(peer)?.name ?? '')),
        closed: (peer, needed) => {
          this.#links.delete(peer)
          this.#sync.close(peer)
          members.closed(peer, needed)
        },
        gone: (peer) => {
          members.gone(peer)
          conversation.gone(peer)
        },
        attempts: (missing, end) => {
          status.attempted(missing, end)
          if (end === 'hello') warnings.warnOnce(unproven)
        },
      },
    })
    return mesh
  }

  #useServers(servers: readonly IceServer[]): void {
    this.mesh.iceServers = servers
    this.#parts.relaying.servers(servers)
  }

  #makeSignaling(): Signaling {
    const { mesh } = this
    const { arrival, options, status, time, url } = this.#parts
    return new Signaling({
      url: signalUrl(url),
      WebSocket: options.WebSocket,
      time,
      topic: arrival.secrets.topic,
      visit: arrival.visit,
      events: {
        welcome: (peers, servers) => {
          if (!options.iceServers) this.#useServers(servers)
          status.server('connected')
          mesh.listed(peers)
        },
        ice: (servers) => {
          if (!options.iceServers) this.#useServers(servers)
        },
        joined: (peer) => mesh.joined(peer),
        left: (peer) => mesh.left(peer),
        envelope: (from, sealed) => mesh.receive(from, sealed),
        away: () => {
          status.server('away')
          mesh.away()
        },
        refused: (_code, message) => status.refused(new RoomError('refused', message)),
      },
    })
  }

  #opened(peer: string, hello: Hello, link: Link): void {
    const { conversation, members } = this.#parts
    const visit = visitOf(hello, peer)
    this.#links.set(peer, link)
    // Another page of one's own is no reader.
    if (visit.author !== this.#author) conversation.met(peer, visit.author)
    members.open(peer, hello, visit)
    // Word of a new name may have come over others, before this hello with the old one.
    const renamed = conversation.nameIn(visit.chain)
    if (renamed !== null) members.rename(visit.chain, renamed)
    this.#sync.open(peer, visit.chain, link)
  }

  /** A visit says that it is there, and how far it holds what others wrote. */
  #leased(peer: string, lease: Lease, needed: boolean): void {
    const { conversation, members } = this.#parts
    const author = toHex(lease.author)
    members.leased(peer, { author, chain: author + peer }, lease.name, needed)
    if (author === this.#author) return
    conversation.met(peer, author)
    for (const [visit, last] of lease.heads) this.#sync.told(peer, this.#author + toHex(visit), last)
  }

  #heard(peer: string, frame: Frame): void {
    if (frame.type === 'typing') this.#parts.members.typing(peer, frame.typing)
    else if (frame.type === 'moved') this.#parts.moved(peer, frame)
    else void this.#sync.receive(peer, frame)
  }
}
