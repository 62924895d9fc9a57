import { fromHex, toHex } from '../crypto/bytes.ts'
import { safetyNumber } from '../crypto/safety-number.ts'
import type { Suite } from '../crypto/suite.ts'
import type { MovedFrame } from '../net/frame.ts'
import type { Link } from '../net/link.ts'
import { formatRoomUrl, type RoomAddress } from '../net/room-url.ts'
import type { Time } from '../net/time.ts'
import { createMemoryStore } from '../store/memory.ts'
import type { Store } from '../store/store.ts'
import { leftAgainText, neverOpenText, nobodyToCompareText, notOpenText, roomLeftText } from '../texts/fault-text.ts'
import { Acquaintances } from './acquaintances.ts'
import { type Arrival, arrive, keepName } from './arrival.ts'
import { Authoring } from './authoring.ts'
import type { Connections } from './connections.ts'
import { Conversation } from './conversation.ts'
import { Emitter } from './emitter.ts'
import { checkedName } from './input.ts'
import type { Keeper } from './keeper.ts'
import { loadLater, loadPeople } from './late.ts'
import { Members } from './members.ts'
import { Moves } from './moves.ts'
import { Reach } from './reach.ts'
import { Relaying } from './relaying.ts'
import { Status } from './status.ts'
import {
  type Acceptance,
  type Inspection,
  type Invitation,
  type Keeping,
  type Member,
  type Message,
  type Receiver,
  type Room,
  RoomError,
  type RoomEvents,
  type RoomOptions,
} from './types.ts'
import { Typing } from './typing.ts'
import { Warnings } from './warnings.ts'
import { WayIn } from './way-in.ts'
import { type Loaded, realWorld, type World } from './world.ts'

/** How long leaving waits for one's last messages to reach somebody, in milliseconds. */
const LAST_WORDS = 5_000

/** Until it is known whether the room is kept. */
const NOT_KEPT: Keeping = { on: false, entries: 0, bytes: 0, problem: null }

/** Options in which nothing is missing that a platform must bring. */
export type EquippedOptions = RoomOptions & Required<Pick<RoomOptions, 'RTCPeerConnection' | 'WebSocket'>>

/** A room that one is in: wires its parts together, and speaks to the page. */
export class LiveRoom implements Room {
  readonly #url: string
  readonly #address: RoomAddress
  readonly #options: EquippedOptions
  readonly #world: World
  readonly #time: Time
  readonly #store: Store
  readonly #emitter = new Emitter<RoomEvents>()
  readonly #conversation: Conversation
  readonly #authoring: Authoring
  readonly #moves: Moves
  readonly #typing: Typing
  readonly #members: Members
  readonly #acquaintances: Acquaintances
  readonly #relaying: Relaying
  readonly #warnings = new Warnings((error) => this.#emitter.emit('error', error))
  readonly #status = new Status((connection) => this.#emitter.emit('connection', connection))
  /** Null until the room is entered. */
  #connections: Connections | null = null
  #suite: Suite | null = null
  #topic = ''
  readonly #reach: Reach
  readonly #wayIn = new WayIn()
  /** Nothing can be said any more; what was said may still be on its way. */
  #isLeft = false
  #isClosed = false

  constructor(url: string, address: RoomAddress, options: EquippedOptions, world: World = realWorld) {
    const { time } = world
    this.#url = url
    this.#address = address
    this.#options = options
    this.#world = world
    this.#time = time
    this.#moves = new Moves(new URL(url).origin, () => time.now())
    this.#members = new Members(time, (typing) => this.#membersChanged(typing))
    this.#reach = new Reach({ members: this.#members, status: this.#status })
    this.#typing = new Typing(time, (typing) => {
      for (const link of this.#links.values()) link.send({ type: 'typing', typing })
    })
    this.#conversation = new Conversation({
      time,
      limits: world.limits,
      me: () => this.me,
      events: {
        message: (message) => this.#emitter.emit('message', message),
        named: (chain, name) => this.#members.rename(chain, name),
        renamed: (name) => this.#rename(name),
        crowded: () => this.#connections?.makeRoom(),
        wrote: () => this.#connections?.push(),
        keeping: (keeping) => this.#emitter.emit('keeping', keeping),
        forgotten: () => {
          this.#emitter.emit('forgotten', null)
          void this.leave({ hurry: true })
        },
        warn: (error) => this.#warnings.warnOnce(error),
      },
    })
    this.#authoring = new Authoring(this.#conversation, () => this.#mustBeHere())
    this.#acquaintances = new Acquaintances(this.#members, this.#conversation)
    this.#store = options.store ?? createMemoryStore()
    const { iceTransportPolicy } = options
    this.#relaying = new Relaying({
      fixed: iceTransportPolicy ? iceTransportPolicy === 'relay' : address.relay || null,
      store: this.#store,
      changed: ({ relays, policy }) => {
        if (!this.#isClosed) this.#status.relays(relays)
        if (this.#connections) this.#connections.mesh.iceTransportPolicy = policy
      },
    })
    if (options.name !== undefined) this.#members.setMe({ name: checkedName(options.name) })
    void this.#start()
  }

  get name() {
    return this.#address.name
  }

  get topic() {
    return this.#topic
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
    return this.#acquaintances.present
  }

  get messages() {
    return this.#conversation.messages
  }

  get connection() {
    return this.#status.connection
  }

  /**
   * What tests look at beside what is shown: all entries, one's own peer id in hex (empty until it is known), those of the
   * visits with an open link, and of those that count for what is delivered.
   */
  get inside() {
    const { log, counted } = this.#conversation
    return { log, peer: this.#connections?.me ?? '', linked: [...this.#links.keys()], counted: [...counted] }
  }

  get keeping() {
    return this.#conversation.keeper?.keeping ?? NOT_KEPT
  }

  on<E extends keyof RoomEvents>(event: E, handler: (detail: RoomEvents[E]) => void): () => void {
    return this.#emitter.on(event, handler)
  }

  message(id: string): Message | null {
    return this.#conversation.message(id)
  }

  send(text: string, { reply }: { readonly reply?: string } = {}): Message {
    const message = this.#authoring.send(text, reply)
    this.setTyping(false)
    return message
  }

  edit(messageId: string, text: string): void {
    this.#authoring.edit(messageId, text)
    this.setTyping(false)
  }

  delete(messageId: string): void {
    this.#authoring.delete(messageId)
  }

  react(messageId: string, emoji: string, on: boolean): void {
    this.#authoring.react(messageId, emoji, on)
  }

  inspect(memberId: string | null, handler: (inspection: Inspection) => void): () => void {
    return this.#reach.inspect(memberId, handler, (error) => this.#warnings.warn(error))
  }

  newLink({ members, password }: { readonly members: readonly string[]; readonly password: boolean }): string {
    this.#mustBeHere()
    const { url, frame } = this.#moves.make(this.#address, password)
    for (const [peer, link] of this.#links) {
      const member = this.#members.of(peer)
      // One's other pages are told as well.
      if (member && (member.me || members.includes(member.id))) link.send(frame)
    }
    this.#conversation.say({ kind: 'moved', text: '' })
    return url
  }

  setName(text: string): void {
    this.#mustBeHere()
    const name = checkedName(text)
    if (name === this.me.name) return
    this.#rename(name)
    keepName(this.#store, name, (error) => this.#warnings.warn(error))
  }

  setTyping(typing: boolean): void {
    if (!this.#isLeft) this.#typing.set(typing)
  }

  async invite(): Promise<Invitation> {
    this.#mustBeHere()
    return (await this.#wayIn.load()).invite()
  }

  async takeAnswer(text: string): Promise<Member> {
    this.#mustBeHere()
    return this.#joined(await (await this.#wayIn.load()).takeAnswer(text))
  }

  async acceptInvite(text: string): Promise<Acceptance> {
    this.#mustBeHere()
    const { code, expiresAt, linked, cancel } = await (await this.#wayIn.load()).accept(text)
    const joined = linked.then((peer) => this.#joined(peer))
    // Whoever gave it up doesn't wait for it.
    joined.catch(() => {})
    return { code, expiresAt, joined, cancel }
  }

  async safetyNumber(memberId: string): Promise<string> {
    const [mine, theirs] = [fromHex(this.me.id), fromHex(memberId)]
    if (!this.#suite || mine?.length !== 32 || theirs?.length !== 32) throw new RoomError('failed', nobodyToCompareText)
    return safetyNumber(this.#suite, mine, theirs)
  }

  async setVerified(memberId: string, verified: boolean): Promise<void> {
    await this.#acquaintances.setVerified(memberId, verified)
  }

  async setHidden(memberId: string, hidden: boolean): Promise<void> {
    await this.#acquaintances.setHidden(memberId, hidden)
  }

  receivers(messageId: string): readonly Receiver[] {
    return this.#acquaintances.receivers(messageId)
  }

  async setKeeping(on: boolean): Promise<void> {
    this.#mustBeHere()
    await this.#keeper.set(on)
  }

  get relaysOnly() {
    return this.#relaying.relaysOnly
  }

  async setRelaysOnly(on: boolean): Promise<void> {
    this.#mustBeHere()
    await this.#relaying.set(on)
  }

  async forget(): Promise<void> {
    this.#mustBeHere()
    await this.#keeper.forget()
  }

  async transcript(): Promise<string> {
    if (this.#topic === '') throw new RoomError('failed', notOpenText)
    const { makeTranscript } = await loadLater()
    return makeTranscript(this.name, this.#topic, this.#conversation.log.inOrder(), new Date(this.#time.date()))
  }

  wake({ network = false } = {}): void {
    this.#connections?.wake(network)
  }

  async leave({ hurry = false } = {}): Promise<void> {
    this.#isLeft = true
    if (!hurry) await this.#lastWords()
    if (this.#isClosed) return
    this.#isClosed = true
    void this.#acquaintances.people?.flush()
    this.#conversation.close()
    this.#wayIn.close()
    const farewell = this.#connections?.leave(hurry)
    this.#members.clear()
    this.#status.left()
    this.#emitter.emit('left', null)
    await farewell
  }

  /** Waits until what was written is with somebody, or kept with nobody there, or for as long as that is worth it. */
  async #lastWords(): Promise<void> {
    const time = this.#time
    const deadline = time.now() + LAST_WORDS
    const isSafe = () => this.#conversation.isHeard || (this.#conversation.isKept && this.#links.size === 0)
    while (!isSafe() && time.now() < deadline && !this.#isClosed)
      await new Promise<void>((resolve) => time.after(20, resolve))
  }

  async #start(): Promise<void> {
    try {
      const loaded = await this.#world.load(this.#options.RTCPeerConnection)
      const [arrival] = await Promise.all([
        arrive(
          loaded.platform,
          this.#address,
          this.#store,
          { name: () => this.me.name || undefined, password: this.#options.password },
          (error) => this.#warnings.warn(error),
        ),
        loadPeople({
          store: this.#store,
          time: this.#time,
          changed: () => !this.#isClosed && this.#membersChanged(null),
          loaded: (people) => {
            this.#acquaintances.people = people
            this.#conversation.meet(people)
          },
          warn: (error) => this.#warnings.warn(error),
        }),
      ])
      if (!this.#isClosed) this.#enter(arrival, loaded)
    } catch (error) {
      const problem = error instanceof RoomError ? error : new RoomError('failed', neverOpenText(String(error)))
      this.#status.refused(problem)
      this.#tellStoreTrouble()
      this.#warnings.warn(problem)
    }
  }

  #enter(arrival: Arrival, { transport, Connections }: Loaded): void {
    const { suite, identity, secrets, visit, name } = arrival
    const [time, conversation, status] = [this.#time, this.#conversation, this.#status]
    status.server('connecting')
    this.#suite = suite
    this.#topic = toHex(secrets.topic)
    this.#relaying.remembered(arrival.relaysOnly)
    this.#members.setMe({ id: toHex(identity.author), name: this.me.name || name })
    const keeper = conversation.start(
      { suite, topic: secrets.topic, identity, visit: visit.peer },
      { store: this.#store.isLasting ? this.#store.room(toHex(secrets.topic)) : null, byDefault: !this.isOpen },
    )
    void keeper.ready.then(() => this.#tellStoreTrouble())
    const connections = new Connections({
      arrival,
      time,
      transport,
      url: this.#url,
      options: this.#options,
      relaying: this.#relaying,
      conversation,
      keeper,
      members: this.#members,
      status,
      reach: this.#reach,
      warnings: this.#warnings,
      moved: (peer, frame) => this.#moved(peer, frame),
    })
    this.#connections = connections
    this.#reach.entered({ mesh: connections.mesh, members: this.#members, time })
    this.#wayIn.entered({ suite, secrets, me: visit.peer, time, mesh: connections.mesh })
  }

  #moved(peer: string, frame: MovedFrame): void {
    const member = this.#acquaintances.at(peer)
    if (!member || member.hidden) return
    const url = this.#moves.receive(member.id, frame, this.#address)
    if (url) this.#emitter.emit('moved', { url, member })
  }

  /** Takes a name. Who links later learns it from the hello; whoever had one already, or reads the log, from an entry. */
  #rename(name: string): void {
    this.#members.setMe({ name })
    this.#conversation.takeName(name, this.#connections?.isIntroduced ?? false)
    this.#connections?.mesh.changed()
  }

  #membersChanged(typing: { author: string; typing: boolean } | null): void {
    const { members } = this
    this.#conversation.showNames()
    this.#emitter.emit('member', members)
    const member = typing && members.find(({ id, hidden }) => id === typing.author && !hidden)
    if (typing && member) this.#emitter.emit('typing', { member, typing: typing.typing })
    this.#status.people(this.#members.connected, this.#members.indirect, this.#members.routes)
  }

  #tellStoreTrouble(): void {
    this.#warnings.entered({ isUnkept: this.keeping.problem !== null })
  }

  get #links(): ReadonlyMap<string, Link> {
    return this.#connections?.links ?? new Map()
  }

  get #keeper(): Keeper {
    const { keeper } = this.#conversation
    if (!keeper) throw new RoomError('store', notOpenText)
    return keeper
  }

  #joined(peer: string): Member {
    const member = this.#acquaintances.at(peer)
    if (!member) throw new RoomError('code-failed', leftAgainText)
    return member
  }

  #mustBeHere(): void {
    if (this.#isLeft) throw new RoomError('left', roomLeftText)
  }
}
