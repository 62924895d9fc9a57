import { toHex } from '../crypto/bytes.ts'
import type { Hello } from '../crypto/hello.ts'
import { loadPlatform } from '../crypto/platform.ts'
import type { Frame, MovedFrame } from '../net/frame.ts'
import type { Link } from '../net/link.ts'
import { Mesh } from '../net/mesh.ts'
import { formatRoomUrl, type RoomAddress, signalUrl } from '../net/room-url.ts'
import { Signaling } from '../net/signaling.ts'
import { systemTime } from '../net/time.ts'
import type { TransportFactory } from '../net/transport.ts'
import { createMemoryStore } from '../store/memory.ts'
import type { Store } from '../store/store.ts'
import { type Arrival, arrive, keepName } from './arrival.ts'
import { Emitter } from './emitter.ts'
import { authorOf, chainOf, type Entry, profileNameOf } from './entry.ts'
import { HybridClock } from './hybrid-clock.ts'
import { checkedName, checkedText } from './input.ts'
import { Log } from './log.ts'
import { Members, visitOf } from './members.ts'
import { Moves } from './moves.ts'
import { Receipts } from './receipts.ts'
import { Status } from './status.ts'
import { forked, full, tampered, unproven } from './suspicion.ts'
import { Sync } from './sync.ts'
import { type Message, type Room, RoomError, type RoomEvents, type RoomOptions } from './types.ts'
import { Typing } from './typing.ts'
import { PRESENT, View } from './view.ts'
import { Writer } from './writer.ts'

/** How long leaving waits for one's last messages to reach somebody, in milliseconds. */
const LAST_WORDS = 5_000

/** How often messages take on new names of their authors at most, in milliseconds. */
const NAMES_INTERVAL = 1_000
/** Different warnings shown in a visit, of those that others can provoke. */
const MOST_WARNINGS = 20

/** Options in which nothing is missing that a platform must bring. */
export type EquippedOptions = RoomOptions & Required<Pick<RoomOptions, 'RTCPeerConnection' | 'WebSocket'>>

/** A room that one is in: wires its parts together, and speaks to the page. */
export class LiveRoom implements Room {
  readonly #url: string
  readonly #address: RoomAddress
  readonly #options: EquippedOptions
  readonly #store: Store
  readonly #emitter = new Emitter<RoomEvents>()
  readonly #clock = new HybridClock(systemTime.now)
  readonly #log = new Log()
  readonly #view = new View()
  readonly #receipts = new Receipts()
  readonly #moves: Moves
  readonly #links = new Map<string, Link>()
  readonly #typing = new Typing(systemTime, (typing) => {
    for (const link of this.#links.values()) link.send({ type: 'typing', typing })
  })
  readonly #members = new Members(systemTime, (typing) => this.#membersChanged(typing))
  readonly #status = new Status((connection) => this.#emitter.emit('connection', connection))
  readonly #writer = new Writer(this.#clock, systemTime.now, (entry) => this.#signed(entry))
  #mesh: Mesh | null = null
  #sync: Sync | null = null
  #signaling: Signaling | null = null
  /** Nothing can be said any more; what was said may still be on its way. */
  #isLeft = false
  #isClosed = false
  /** The clock when one's present name was given. */
  #namedAt = 0
  readonly #warned = new Set<string>()
  #namesShownAt = 0
  #cancelNames: (() => void) | null = null
  /** Some hello told one's name: a change of it needs an entry from now on. */
  #isIntroduced = false

  constructor(url: string, address: RoomAddress, options: EquippedOptions) {
    this.#url = url
    this.#address = address
    this.#options = options
    this.#moves = new Moves(new URL(url).origin, systemTime.now)
    this.#store = options.store ?? createMemoryStore()
    if (options.name !== undefined) this.#members.setMe({ name: checkedName(options.name) })
    void this.#start()
  }

  get name() {
    return this.#address.name
  }

  get isOpen() {
    return this.#address.key === null
  }

  get hasPassword() {
    return this.#address.password
  }

  get inviteUrl() {
    return formatRoomUrl(new URL(this.#url).origin, { ...this.#address, message: null })
  }

  get me() {
    return this.#members.me
  }

  get members() {
    return this.#members.list
  }

  get messages() {
    return this.#view.messages
  }

  get connection() {
    return this.#status.connection
  }

  on<E extends keyof RoomEvents>(event: E, handler: (detail: RoomEvents[E]) => void): () => void {
    return this.#emitter.on(event, handler)
  }

  send(text: string): Message {
    this.#mustBeHere()
    checkedText(text)
    this.setTyping(false)
    return this.#say('text', text)
  }

  newLink({ members, password }: { readonly members: readonly string[]; readonly password: boolean }): string {
    this.#mustBeHere()
    const { url, frame } = this.#moves.make(this.#address, password)
    for (const [peer, link] of this.#links) {
      const member = this.#members.of(peer)
      // One's other pages are told as well.
      if (member && (member.me || members.includes(member.id))) link.send(frame)
    }
    this.#say('moved', '')
    return url
  }

  setName(text: string): void {
    this.#mustBeHere()
    const name = checkedName(text)
    if (name === this.me.name) return
    this.#rename(name)
    keepName(this.#store, name, (error) => this.#warn(error))
  }

  setTyping(typing: boolean): void {
    if (!this.#isLeft) this.#typing.set(typing)
  }

  wake(): void {
    this.#signaling?.wake()
    this.#mesh?.wake()
  }

  async leave({ hurry = false } = {}): Promise<void> {
    this.#isLeft = true
    if (!hurry) await this.#lastWords()
    if (this.#isClosed) return
    this.#isClosed = true
    this.#sync?.stop()
    this.#cancelNames?.()
    const farewell = this.#mesh?.leave(hurry)
    this.#signaling?.leave()
    this.#members.clear()
    this.#status.left()
    this.#emitter.emit('left', null)
    await farewell
  }

  /** Writes a message of one's own and shows it at once. */
  #say(kind: Message['kind'], text: string): Message {
    if (this.#writer.seq === 0) this.#writer.write('profile', () => ({ name: this.me.name }))
    const place = this.#writer.write(kind, () => (kind === 'text' ? { text } : {}))
    const message = this.#view.draft(place, kind, text, this.me.id, this.me.name)
    this.#emitter.emit('message', message)
    return message
  }

  /** Waits until what was written is with somebody, or for as long as that is worth it. */
  async #lastWords(): Promise<void> {
    const deadline = systemTime.now() + LAST_WORDS
    while (this.#receipts.of(PRESENT).sent < this.#writer.seq && systemTime.now() < deadline && !this.#isClosed)
      await new Promise<void>((resolve) => systemTime.after(20, resolve))
  }

  /** What is needed to connect, but not to begin typing. */
  async #load() {
    try {
      return await Promise.all([loadPlatform(), import('../net/transport.ts')])
    } catch {
      throw new RoomError('not-loaded', 'A part of this page could not be loaded. Load the page again.')
    }
  }

  async #start(): Promise<void> {
    try {
      const [platform, { simplePeerTransport }] = await this.#load()
      const arrival = await arrive(
        platform,
        this.#address,
        this.#store,
        { name: this.me.name || undefined, password: this.#options.password },
        (error) => this.#warn(error),
      )
      if (!this.#isClosed) this.#enter(arrival, simplePeerTransport(this.#options.RTCPeerConnection))
    } catch (error) {
      const problem = error instanceof RoomError ? error : new RoomError('failed', `The room can't be opened: ${error}`)
      this.#status.refused(problem)
      this.#warn(problem)
    }
  }

  #enter({ suite, identity, secrets, visit, name }: Arrival, transport: TransportFactory): void {
    const { WebSocket, iceServers, iceTransportPolicy } = this.#options
    const time = systemTime
    this.#status.server('connecting')
    const mine = chainOf(identity.author, visit.peer)
    this.#sync = new Sync({
      suite,
      topic: secrets.topic,
      log: this.#log,
      time,
      me: toHex(visit.peer),
      mine,
      events: {
        added: (entry) => this.#added(entry),
        covered: (peer, chain, seq) => this.#covered(peer, chain === mine ? PRESENT : chain, seq),
        forked: (chain, removed) => this.#forked(chain, removed),
        dropped: (chains) => this.#tell(this.#view.remove(chains.flatMap(({ entries }) => entries))),
      },
    })
    const mesh = new Mesh({
      suite,
      identity,
      secrets,
      visit,
      time,
      transport,
      iceTransportPolicy: iceTransportPolicy ?? (this.#address.relay ? 'relay' : 'all'),
      name: () => {
        this.#isIntroduced = true
        return this.me.name
      },
      send: (to, sealed) => this.#signaling?.send(to, sealed),
      events: {
        open: (peer, hello, link) => this.#opened(peer, hello, link),
        frame: (peer, frame) => this.#heard(peer, frame),
        drain: (peer) => this.#sync?.drain(peer),
        shaky: (peer, shaky) => this.#members.shaky(peer, shaky),
        tampered: (peer) => this.#warnOnce(tampered(this.#members.of(peer)?.name ?? '')),
        closed: (peer) => {
          this.#links.delete(peer)
          this.#sync?.close(peer)
          this.#members.closed(peer)
        },
        gone: (peer) => {
          this.#receipts.gone(peer)
          this.#members.gone(peer)
          for (const chain of this.#receipts.chains) this.#receive(chain)
        },
        attempts: (missing, end) => {
          this.#status.attempted(missing, end)
          if (end === 'hello') this.#warnOnce(unproven)
        },
      },
    })
    if (iceServers) mesh.iceServers = iceServers
    this.#mesh = mesh
    this.#members.setMe({ id: toHex(identity.author), name: this.me.name || name })
    this.#namedAt = this.#clock.tick()
    this.#writer.start({ suite, topic: secrets.topic, identity, visit: visit.peer })
    this.#signaling = new Signaling({
      url: signalUrl(this.#url),
      WebSocket,
      time,
      topic: secrets.topic,
      visit,
      events: {
        welcome: (peers, servers) => {
          if (!iceServers) mesh.iceServers = servers
          this.#status.server('connected')
          mesh.listed(peers)
        },
        joined: (peer) => mesh.joined(peer),
        left: (peer) => mesh.left(peer),
        envelope: (from, sealed) => mesh.receive(from, sealed),
        away: () => {
          this.#status.server('away')
          mesh.away()
        },
        refused: (_code, message) => this.#status.refused(new RoomError('refused', message)),
      },
    })
  }

  #opened(peer: string, hello: Hello, link: Link): void {
    const visit = visitOf(hello, peer)
    this.#links.set(peer, link)
    // Another page of one's own is no reader.
    if (visit.author !== this.me.id) this.#receipts.met(peer)
    this.#members.open(peer, hello, visit)
    // Word of a new name may have come over others, before this hello with the old one.
    const profile = this.#log.chains.get(visit.chain)?.entries.findLast((entry) => profileNameOf(entry) !== null)
    if (profile) this.#members.rename(visit.chain, profileNameOf(profile) ?? '')
    this.#sync?.open(peer, visit.chain, link)
  }

  #heard(peer: string, frame: Frame): void {
    if (frame.type === 'typing') this.#members.typing(peer, frame.typing)
    else if (frame.type === 'moved') this.#moved(peer, frame)
    else void this.#sync?.receive(peer, frame)
  }

  #moved(peer: string, frame: MovedFrame): void {
    const member = this.#members.of(peer)
    const url = member && this.#moves.receive(member.id, frame, this.#address)
    if (url) this.#emitter.emit('moved', { url, member })
  }

  /** Takes a name. Who links later learns it from the hello; whoever had one already, or reads the log, from an entry. */
  #rename(name: string): void {
    this.#members.setMe({ name })
    this.#namedAt = this.#clock.tick()
    if (this.#writer.seq > 0 || this.#isIntroduced) this.#writer.write('profile', () => ({ name }))
  }

  /** One's own entry is signed: it goes into the log, and out. */
  #signed(entry: Entry): void {
    const isKept = this.#log.add(entry) === 'added'
    this.#tell(this.#view.signed(entry))
    if (isKept) this.#sync?.push()
    else this.#warnOnce(full)
  }

  /** Another's entry is in the log. */
  #added(entry: Entry): void {
    const { author, visit, clock } = entry.header
    this.#clock.observe(clock)
    const name = profileNameOf(entry)
    if (name !== null) this.#members.rename(chainOf(author, visit), name)
    // On another page of one's own one took another name just now.
    if (name !== null && toHex(author) === this.me.id && clock > this.#namedAt && name !== this.me.name)
      this.#rename(name)
    this.#tell(this.#view.add(entry, toHex(author) === this.me.id))
  }

  /** Somebody told different people different things: what they said from there on is hidden. */
  #forked(chain: string, removed: readonly Entry[]): void {
    this.#tell(this.#view.remove(removed))
    this.#warnOnce(forked(this.#view.nameOf(authorOf(chain))))
  }

  #covered(peer: string, chain: string, seq: number): void {
    this.#receipts.covered(peer, chain, seq)
    this.#receive(chain)
  }

  /** What others hold of one's own messages may be news. */
  #receive(chain: string): void {
    this.#tell(this.#view.receipts(chain, this.#receipts.of(chain)))
  }

  /** Shows new names at old messages, soon and then at most once in a while. */
  #showNames(): void {
    if (!this.#view.hasNewNames || this.#cancelNames) return
    const wait = Math.max(0, this.#namesShownAt + NAMES_INTERVAL - systemTime.now())
    this.#cancelNames = systemTime.after(wait, () => {
      this.#cancelNames = null
      this.#namesShownAt = systemTime.now()
      this.#tell(this.#view.applyNames())
    })
  }

  #tell(messages: readonly Message[]): void {
    this.#showNames()
    for (const message of messages) this.#emitter.emit('message', message)
  }

  #membersChanged(typing: { author: string; typing: boolean } | null): void {
    this.#emitter.emit('member', this.members)
    const member = typing && this.members.find(({ id }) => id === typing.author)
    if (typing && member) this.#emitter.emit('typing', { member, typing: typing.typing })
    this.#status.people(this.#members.connected)
  }

  #warn(error: RoomError): void {
    this.#emitter.emit('error', error)
  }

  /** Tells what may come again and again only once. */
  #warnOnce(error: RoomError): void {
    if (this.#warned.size >= MOST_WARNINGS || this.#warned.has(error.message)) return
    this.#warned.add(error.message)
    this.#warn(error)
  }

  #mustBeHere(): void {
    if (this.#isLeft) throw new RoomError('left', 'You have left this room.')
  }
}
