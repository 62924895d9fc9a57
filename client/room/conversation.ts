import { fromHex, toHex } from '../crypto/bytes.ts'
import type { Time } from '../net/time.ts'
import type { Heard, RoomStore } from '../store/room-store.ts'
import { MAX_TARGETS } from './change.ts'
import type { Change } from './changes.ts'
import { authorOf, chainOf, type Entry, profileNameOf } from './entry.ts'
import { HybridClock } from './hybrid-clock.ts'
import { Keeper } from './keeper.ts'
import { type Limits, Log } from './log.ts'
import { PRESENT } from './own-lines.ts'
import type { People } from './people.ts'
import { Receipts } from './receipts.ts'
import { STRANGER } from './stranger.ts'
import { forked, full } from './suspicion.ts'
import type { Keeping, Message, RoomError } from './types.ts'
import { draftId, View } from './view.ts'
import { type Pen, type Place, Writer } from './writer.ts'

/** A visit says its name anew after so many entries: where older history was thinned, the rest still has a name. */
const PROFILE_EVERY = 50
/** How often messages take on new names of their authors at most, in milliseconds. */
const NAMES_INTERVAL = 1_000

interface ConversationParts {
  readonly time: Time
  /** How much of it is kept; unless told otherwise, as much as a real room keeps. */
  readonly limits?: Limits | undefined
  /** One's own id, once it is known, and name. */
  readonly me: () => { readonly id: string; readonly name: string }
  readonly events: {
    /** A message is new, or changed. */
    message(message: Message): void
    /** An author, on one of their visits, took a name. */
    named(chain: string, name: string): void
    /** On another page of one's own one took another name just now. */
    renamed(name: string): void
    /** One's own chain has no room for more: some is to be made, if it can. */
    crowded(): void
    /** An entry of one's own is in the log, to be sent on. */
    wrote(): void
    /** `keeper.keeping` changed. */
    keeping(keeping: Keeping): void
    /** Here or in another tab the room was forgotten. */
    forgotten(): void
    warn(error: RoomError): void
  }
}

/** What was said in a room, by oneself and by others: entries come in here and go out as messages. */
export class Conversation {
  readonly log: Log
  readonly #time: Time
  readonly #me: ConversationParts['me']
  readonly #events: ConversationParts['events']
  readonly #clock: HybridClock
  readonly #writer: Writer
  readonly #receipts = new Receipts()
  readonly #view = new View(
    (author, name) => this.#people?.standing(author, name) ?? STRANGER,
    (author) => this.#people?.nameOf(author) ?? null,
  )
  #people: People | null = null
  #keeper: Keeper | null = null
  /** The chain that this visit writes to. */
  #mine = ''
  /** Up to where it is on the disk. */
  #kept = 0
  /** Resolves when what was signed so far is in the log. */
  #placing: Promise<unknown> = Promise.resolve()
  /** Where one's last profile is in one's own chain. */
  #profiledAt = 0
  /** The clock when one's present name was given. */
  #namedAt = 0
  /** The version of what is known of people for which messages were judged. */
  #judged = 0
  #namesShownAt = 0
  #cancelNames: (() => void) | null = null
  #isClosed = false

  constructor({ time, limits, me, events }: ConversationParts) {
    this.log = new Log(limits)
    this.#time = time
    this.#me = me
    this.#events = events
    this.#clock = new HybridClock(() => time.date())
    this.#writer = new Writer(
      this.#clock,
      () => time.date(),
      (entry) => this.#signed(entry),
    )
  }

  /** In display order, without those of people who are hidden. */
  get messages(): readonly Message[] {
    const hidden = this.#people?.hidden
    return hidden?.size ? this.#view.messages.filter(({ author }) => !hidden.has(author)) : this.#view.messages
  }

  /** Something was written on this visit. */
  get isBegun(): boolean {
    return this.#writer.seq > 0
  }

  /** The visits that count for what is delivered. */
  get counted(): Iterable<string> {
    return this.#receipts.present
  }

  /** All that was written on this visit is with somebody. */
  get isHeard(): boolean {
    return this.#receipts.of(PRESENT).sent >= this.#writer.seq
  }

  /** All that was written on this visit is safe on this device's disk. */
  get isKept(): boolean {
    return this.#kept >= this.#writer.seq
  }

  /** What keeps it on this device; null until it is known who one is. */
  get keeper(): Keeper | null {
    return this.#keeper
  }

  /**
   * Signs what was written so far, and from now on at once; and reads what is kept of the room in `store`, null where nothing
   * lasts. `byDefault`: it is kept unless the person said otherwise.
   */
  start(pen: Pen, { store, byDefault }: { readonly store: RoomStore | null; readonly byDefault: boolean }): Keeper {
    this.#mine = chainOf(pen.identity.author, pen.visit)
    this.#namedAt = this.#clock.tick()
    this.#keeper = new Keeper({
      store,
      byDefault,
      suite: pen.suite,
      log: this.log,
      time: this.#time,
      mine: this.#mine,
      heard: () =>
        this.#receipts.heard.map((heard) => (heard.chain === PRESENT ? { ...heard, chain: this.#mine } : heard)),
      events: {
        restored: (entries, heard) => this.#restored(entries, heard),
        kept: (chain, seq) => this.#isKept(chain, seq),
        unkept: () => {
          this.#kept = 0
          this.#tell(this.#view.unkept())
        },
        forgotten: () => this.#events.forgotten(),
        changed: () => this.#keeper && this.#events.keeping(this.#keeper.keeping),
        warn: (error) => this.#events.warn(error),
      },
    })
    this.#writer.start(pen)
    return this.#keeper
  }

  /** What is known of people is known now. */
  meet(people: People): void {
    this.#people = people
  }

  /**
   * Writes a message of one's own and shows it at once.
   * @throws RoomError `full` when this visit has its share of the log
   */
  say(what: { readonly kind: Message['kind']; readonly text: string; readonly reply?: string }): Message {
    const { kind, text, reply } = what
    const place = this.#write(kind, () => (kind === 'text' ? { text, ...(reply && { reply: fromHex(reply) }) } : {}))
    const message = this.#view.draft(place, what, this.#me())
    this.#events.message(message)
    return message
  }

  /** The message with an id, or null. */
  message(id: string): Message | null {
    const message = this.#view.message(id)
    return message && !this.#people?.hidden.has(message.author) ? message : null
  }

  /**
   * Changes a message, and shows that at once. Who may do that, and with what, was checked.
   * @throws RoomError `full` when this visit has its share of the log
   */
  change(target: string, change: Change): void {
    const id = fromHex(target)
    if (change.kind === 'edit') this.#change(target, change, { target: id, text: change.text })
    else if (change.kind === 'reaction')
      this.#change(target, change, { target: id, emoji: change.emoji, on: change.on })
    else {
      const places = this.#view.placesOf(target).map(([visit, seq, entry]) => [visit, seq, fromHex(entry)])
      for (let from = 0; from < places.length; from += MAX_TARGETS)
        this.#change(target, change, { targets: places.slice(from, from + MAX_TARGETS) })
    }
  }

  /** One took a name just now; `isTold` when there are others to be told by an entry. */
  takeName(name: string, isTold: boolean): void {
    this.#namedAt = this.#clock.tick()
    if (this.isBegun || isTold) this.#profile(() => name)
  }

  /** Another's entry is in the log. */
  added(entry: Entry): void {
    this.#keeper?.added(entry)
    const { author, clock } = entry.header
    const name = profileNameOf(entry)
    if (name !== null && toHex(author) === this.#me().id && clock > this.#namedAt && name !== this.#me().name)
      this.#events.renamed(name)
    this.#show(entry)
  }

  /** Entries that the log holds no more. */
  dropped(entries: readonly Entry[]): void {
    this.#keeper?.dropped(entries)
    this.#tell(this.#view.remove(entries))
  }

  /** What these entries said was deleted: it stays nowhere here. */
  deleted(entries: readonly Entry[]): void {
    this.#keeper?.deleted(entries)
    this.#tell(this.#view.deleted(entries))
  }

  /** Somebody told different people different things: what they said from there on is hidden. */
  forked(chain: string, removed: readonly Entry[]): void {
    this.#keeper?.forked(chain)
    this.#tell(this.#view.remove(removed))
    this.#events.warn(forked(this.#view.nameOf(authorOf(chain)) ?? ''))
  }

  /** A visit of somebody else's came; it counts for what is delivered from now on. */
  met(peer: string, author: string): void {
    this.#receipts.met(peer, author)
  }

  /** A visit left and does not count any more. */
  gone(peer: string): void {
    this.#receipts.gone(peer)
    for (const chain of this.#receipts.chains) this.#receive(chain, Number.POSITIVE_INFINITY)
  }

  /** A visit holds one of one's own chains up to `seq`. */
  covered(peer: string, chain: string, seq: number): void {
    const news = this.#receipts.covered(peer, this.#ownName(chain), seq)
    if (!news) return
    this.#keeper?.heard({ chain, author: news.author, seq })
    this.#receive(this.#ownName(chain), news.after)
  }

  /** How far anybody else is known to have ever held a chain of one's own; `Infinity` for others' chains. */
  heard(chain: string): number {
    const isMine = authorOf(chain) === authorOf(this.#mine)
    return isMine ? this.#receipts.sent(this.#ownName(chain)) : Number.POSITIVE_INFINITY
  }

  /** Authors who ever held one's own message with this id; null when there is no such message. */
  holders(messageId: string): readonly string[] | null {
    const place = this.#view.placeOf(messageId)
    return place && this.#receipts.holders(place.chain, place.seq)
  }

  /** The name that somebody gave themselves in a chain, or null. */
  nameIn(chain: string): string | null {
    const profile = this.log.chains.get(chain)?.entries.findLast((entry) => profileNameOf(entry) !== null)
    return profile ? profileNameOf(profile) : null
  }

  /** The name that an author last gave themselves in the log, or null. */
  nameOf(author: string): string | null {
    return this.#view.nameOf(author)
  }

  /** Shows new names, and what is known of people by now, at old messages: soon, and then at most once in a while. */
  showNames(): void {
    const isJudged = this.#judged === (this.#people?.version ?? 0)
    if ((isJudged && !this.#view.hasNewNames) || this.#cancelNames || this.#isClosed) return
    const wait = Math.max(0, this.#namesShownAt + NAMES_INTERVAL - this.#time.now())
    this.#cancelNames = this.#time.after(wait, () => {
      this.#cancelNames = null
      this.#namesShownAt = this.#time.now()
      this.#judged = this.#people?.version ?? 0
      this.#tell([...this.#view.applyNames(), ...this.#view.judge()])
    })
  }

  /** Shows nothing new any more. */
  close(): void {
    this.#isClosed = true
    this.#cancelNames?.()
    this.#keeper?.close()
  }

  /** Takes the next place for an entry of one's own, after making sure that the author's name is told. */
  #write(kind: string, content: () => unknown): Place {
    if (!this.#hasRoom) this.#events.crowded()
    if (!this.#hasRoom) throw full
    if (!this.isBegun || this.#writer.seq - this.#profiledAt >= PROFILE_EVERY) this.#profile(() => this.#me().name)
    return this.#writer.write(kind, content)
  }

  #change(target: string, change: Change, content: unknown): void {
    const { seq, clock, at } = this.#write(change.kind, () => content)
    const author = this.#me().id
    this.#tell(this.#view.change({ id: draftId(seq), target, author, mine: true, clock, at, place: null, change }))
  }

  #profile(name: () => string): void {
    this.#profiledAt = this.#writer.write('profile', () => ({ name: name() })).seq
  }

  /** Whether there is room for a message and its author's name beside what is still on its way into the log. */
  get #hasRoom(): boolean {
    return this.log.mayGrow(this.#mine, this.#writer.seq - this.log.last(this.#mine) + 1)
  }

  /** One's own entry is signed: it goes to the disk, then into the log, and then out. */
  #signed(entry: Entry): void {
    this.#tell(this.#view.signed(entry))
    const kept = this.#keeper?.own(entry)
    this.#placing = Promise.all([this.#placing, kept]).then(() => {
      if (this.log.add(entry) === 'added') {
        const deleted = this.log.takeDeleted()
        if (deleted.length > 0) this.deleted(deleted)
        return this.#events.wrote()
      }
      // Nobody will ever have it: neither must this device.
      const { seq } = entry.header
      this.#keeper?.removed([{ chain: this.#mine, from: seq, to: seq }])
      this.#tell(this.#view.remove([entry]))
      this.#events.warn(full)
    })
  }

  /** What was kept on this device is in the log again. */
  #restored(entries: readonly Entry[], heard: readonly Heard[]): void {
    const isMine = (chain: string) => authorOf(chain) === authorOf(this.#mine)
    for (const { chain, author, seq } of heard) {
      if (isMine(chain)) this.#receipts.held(author, chain, Math.min(seq, this.log.last(chain)))
    }
    for (const chain of new Set(heard.map(({ chain }) => chain))) if (isMine(chain)) this.#receive(chain, 0)
    for (const entry of entries) this.#show(entry)
    // The name of this visit is newer than all of these.
    if (entries.length > 0) this.#namedAt = this.#clock.tick()
  }

  /** Shows an entry that is in the log. */
  #show(entry: Entry): void {
    const { author, visit, clock } = entry.header
    this.#clock.observe(clock)
    const name = profileNameOf(entry)
    if (name !== null) this.#events.named(chainOf(author, visit), name)
    this.#tell(this.#view.add(entry, toHex(author) === this.#me().id))
  }

  #isKept(chain: string, seq: number): void {
    if (authorOf(chain) !== authorOf(this.#mine)) return
    if (chain === this.#mine) this.#kept = Math.max(seq, this.#kept)
    this.#tell(this.#view.kept(this.#ownName(chain), seq))
  }

  /** Under which name the view and the receipts know a chain of one's own. */
  #ownName(chain: string): string {
    return chain === this.#mine ? PRESENT : chain
  }

  /** What others hold of one's own messages above a seq may be news. */
  #receive(chain: string, after: number): void {
    const reached = (seq: number) => this.#receipts.holders(chain, seq).length
    this.#tell(this.#view.receipts(chain, { ...this.#receipts.of(chain), reached }, after))
  }

  #tell(messages: readonly Message[]): void {
    this.showNames()
    const hidden = this.#people?.hidden
    for (const message of messages) if (!hidden?.has(message.author)) this.#events.message(message)
  }
}
