import { toHex } from '../crypto/bytes.ts'
import type { Time } from '../net/time.ts'
import { authorOf, chainOf, type Entry, profileNameOf } from './entry.ts'
import { HybridClock } from './hybrid-clock.ts'
import { Log } from './log.ts'
import type { People } from './people.ts'
import { Receipts } from './receipts.ts'
import { STRANGER } from './stranger.ts'
import { forked, full } from './suspicion.ts'
import type { Message, RoomError } from './types.ts'
import { PRESENT, View } from './view.ts'
import { type Pen, Writer } from './writer.ts'

/** How often messages take on new names of their authors at most, in milliseconds. */
const NAMES_INTERVAL = 1_000

interface ConversationParts {
  readonly time: Time
  /** One's own id, once it is known, and name. */
  readonly me: () => { readonly id: string; readonly name: string }
  readonly events: {
    /** A message is new, or changed. */
    message(message: Message): void
    /** An author, on one of their visits, took a name. */
    named(chain: string, name: string): void
    /** On another page of one's own one took another name just now. */
    renamed(name: string): void
    /** An entry of one's own is in the log, to be sent on. */
    wrote(): void
    warn(error: RoomError): void
  }
}

/** What was said in a room, by oneself and by others: entries come in here and go out as messages. */
export class Conversation {
  readonly log = new Log()
  readonly #time: Time
  readonly #me: ConversationParts['me']
  readonly #events: ConversationParts['events']
  readonly #clock: HybridClock
  readonly #writer: Writer
  readonly #receipts = new Receipts()
  readonly #view = new View((author, name) => this.#people?.standing(author, name) ?? STRANGER)
  #people: People | null = null
  /** The clock when one's present name was given. */
  #namedAt = 0
  /** The version of what is known of people for which messages were judged. */
  #judged = 0
  #namesShownAt = 0
  #cancelNames: (() => void) | null = null
  #isClosed = false

  constructor({ time, me, events }: ConversationParts) {
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

  /** Signs what was written so far, and from now on at once. */
  start(pen: Pen): void {
    this.#namedAt = this.#clock.tick()
    this.#writer.start(pen)
  }

  /** What is known of people is known now. */
  meet(people: People): void {
    this.#people = people
  }

  /** Writes a message of one's own and shows it at once. */
  say(kind: Message['kind'], text: string): Message {
    const { id, name } = this.#me()
    if (!this.isBegun) this.#writer.write('profile', () => ({ name: this.#me().name }))
    const place = this.#writer.write(kind, () => (kind === 'text' ? { text } : {}))
    const message = this.#view.draft(place, kind, text, id, name)
    this.#events.message(message)
    return message
  }

  /** One took a name just now; `isTold` when there are others to be told by an entry. */
  takeName(name: string, isTold: boolean): void {
    this.#namedAt = this.#clock.tick()
    if (this.isBegun || isTold) this.#writer.write('profile', () => ({ name }))
  }

  /** Another's entry is in the log. */
  added(entry: Entry): void {
    const { author, visit, clock } = entry.header
    const isMine = toHex(author) === this.#me().id
    this.#clock.observe(clock)
    const name = profileNameOf(entry)
    if (name !== null) this.#events.named(chainOf(author, visit), name)
    if (name !== null && isMine && clock > this.#namedAt && name !== this.#me().name) this.#events.renamed(name)
    this.#tell(this.#view.add(entry, isMine))
  }

  /** Entries that the log holds no more. */
  dropped(entries: readonly Entry[]): void {
    this.#tell(this.#view.remove(entries))
  }

  /** Somebody told different people different things: what they said from there on is hidden. */
  forked(chain: string, removed: readonly Entry[]): void {
    this.dropped(removed)
    this.#events.warn(forked(this.#view.nameOf(authorOf(chain)) ?? ''))
  }

  /** Somebody else's visit came; it counts for what is delivered from now on. */
  met(peer: string): void {
    this.#receipts.met(peer)
  }

  /** A visit left and does not count any more. */
  gone(peer: string): void {
    this.#receipts.gone(peer)
    for (const chain of this.#receipts.chains) this.#receive(chain)
  }

  /** A visit holds one of one's own chains (`PRESENT` for this visit's) up to `seq`. */
  covered(peer: string, chain: string, seq: number): void {
    this.#receipts.covered(peer, chain, seq)
    this.#receive(chain)
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
  }

  /** One's own entry is signed: it goes into the log, and out. */
  #signed(entry: Entry): void {
    const isKept = this.log.add(entry) === 'added'
    this.#tell(this.#view.signed(entry))
    if (isKept) this.#events.wrote()
    else this.#events.warn(full)
  }

  /** What others hold of one's own messages may be news. */
  #receive(chain: string): void {
    this.#tell(this.#view.receipts(chain, this.#receipts.of(chain)))
  }

  #tell(messages: readonly Message[]): void {
    this.showNames()
    const hidden = this.#people?.hidden
    for (const message of messages) if (!hidden?.has(message.author)) this.#events.message(message)
  }
}
