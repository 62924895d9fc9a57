import { type Bytes, compare } from '../crypto/bytes.ts'
import type { Envelope } from '../crypto/envelope.ts'
import type { Hello } from '../crypto/hello.ts'
import { Replays } from '../crypto/replay.ts'
import { Attempts } from './attempts.ts'
import { Link } from './link.ts'
import type { LinkEnd, LinkEvents } from './link-options.ts'
import type { PairOptions } from './pair-options.ts'
import type { Signal } from './signal.ts'
import { backoff } from './time.ts'

/** How long the lesser id waits for an offer before it asks for one. */
const PATIENCE = 4_000
/** The same once there was a link: the other may not know yet that it broke. */
const PATIENCE_AFTER = 500
const FIRST_RETRY = 500
const LONGEST_RETRY = 30_000
/** After a remote close: the other may have left, and word of that be on its way. */
const REMOTE_CLOSE_WAIT = 1_000

/** How long a link that is to be replaced may take for it, where it may not stay. */
const RENEW_LIMIT = 15_000

/** Candidates of an attempt that are kept until its offer comes: by two ways, they may overtake it. */
const MOST_EARLY = 40
/** What is told of an attempt and kept, to be told again. */
const MOST_TOLD = 40

/** How far ahead of one's own count another may ask for an attempt: beyond it no honest peer could be. */
const MOST_AHEAD = 1_000

/** One connection, as the number of its attempt tells it from others. */
interface Try {
  readonly link: Link
  readonly attempt: number
  /** The other offered it, or asked for it. */
  readonly asked: boolean
  /** What the other was told, until it answers. */
  readonly told: Signal[]
}

/**
 * Oneself and one other visit, for as long as either lives: which connection attempt they are at, and the link that came
 * of it. The greater id offers, so that offers never collide; the lesser asks with *please* when none comes.
 *
 * Envelopes prove only that the sender has the room's key, not who it is. So an open link stays until another one has
 * proven to be with the same visit, and numbers of attempts that proved nothing are forgotten with them.
 */
export class Pair {
  readonly #options: PairOptions
  readonly #offers: boolean
  readonly #replays = new Replays()
  /** Those that led to nothing, or wait for the other side. */
  readonly attempts: Attempts
  #open: Try | null = null
  /** Being connected, while there is no open link or beside it. */
  #next: Try | null = null
  #attempt = 0
  /** The attempt of the last link that opened. */
  #proven = 0
  #begunAt = 0
  #early: { readonly attempt: number; readonly signal: Signal }[] = []
  #failures = 0
  #wanted = false
  #waiting = false
  #cancelTimer = () => {}
  #cancelRenewal = () => {}

  constructor(options: PairOptions) {
    this.#options = options
    this.#offers = compare(options.me, options.other) > 0
    this.attempts = new Attempts(options.time, () => options.link.config)
  }

  /** The open link, else the one that is being made. */
  get link(): Link | null {
    return (this.#open ?? this.#next)?.link ?? null
  }

  /** The open link, and the one that is being made. */
  get links(): { readonly open: Link | null; readonly next: Link | null } {
    return { open: this.#open?.link ?? null, next: this.#next?.link ?? null }
  }

  get wanted(): boolean {
    return this.#wanted
  }

  /** Whether there should be a link. While that is so it is made, and made again; an open one stays open either way. */
  set wanted(wanted: boolean) {
    if (this.#wanted === wanted) return
    this.#wanted = wanted
    this.#failures = 0
    this.#cancelTimer()
    if (!wanted) this.#waiting = false
    else if (!this.link) this.#begin(this.#patience)
  }

  /** Whether an attempt failed, or a link ended: what the server carries may not have arrived. */
  get hasTried(): boolean {
    return this.#failures > 0 || this.#proven > 0
  }

  /** Begins the attempt that was put off because too many were under way. */
  proceed(): void {
    if (this.#waiting) this.#begin(this.#patience)
  }

  /** Gives the links that there are other STUN and TURN servers. New ones take theirs from the options. */
  configure(config: RTCConfiguration): void {
    for (const one of [this.#open, this.#next]) one?.link.configure(config)
  }

  /**
   * Makes another link, over the paths that may be used now; the open one serves until it is there. `isStrict`: it ends even
   * if none comes in its stead.
   */
  renew(isStrict: boolean): void {
    this.#cancelRenewal()
    const former = this.#open
    if (this.#offers && this.#wanted) this.#connect(this.#attempt + 1, false)
    else if (this.#wanted) this.#ask()
    if (!former || !isStrict) return
    this.#cancelRenewal = this.#options.time.after(RENEW_LIMIT, () => {
      if (this.#open !== former) return
      this.#open = null
      former.link.close()
      if (this.#wanted && !this.#next) this.#begin(0)
      this.#options.events.end('remote', true)
    })
  }

  /** Checks the link now, or tries for one again rather than when its turn comes. See `Link.wake` for `network`. */
  wake(network: boolean): void {
    this.#failures = 0
    this.#open?.link.wake(network)
    if (this.#wanted && !this.link) this.#begin(0)
  }

  /** Envelopes get through again: those that may not have, before, are sent once more. */
  remind(): void {
    if (this.#offers) this.#repeat()
    else if (this.#wanted && !this.link) this.#askAfter(0)
  }

  /** Takes in an envelope that opened. Repeats, and what belongs to another attempt, are dropped. */
  receive(envelope: Envelope, nonce: Bytes): void {
    if (!this.#replays.isNew(nonce)) return
    const { attempt } = envelope
    const known = [this.#open, this.#next].find((one) => one?.attempt === attempt)
    if (envelope.type === 'please') this.#oblige(attempt)
    else if (envelope.type === 'restart') known?.link.restart()
    else if (known) {
      known.told.splice(0)
      known.link.signal(envelope)
    } else if (envelope.type === 'description' && envelope.description.type === 'offer') this.#answer(attempt, envelope)
    else if (envelope.type === 'candidate' && attempt > this.#attempt) this.#keepEarly(attempt, envelope)
  }

  /** A number for a link that is made by other means than attempts: beyond those that only one side may know of. */
  get apart(): number {
    return this.#attempt + 1 + Math.floor(MOST_AHEAD * (1 + this.#options.time.random()))
  }

  /**
   * Takes in a link to the other that was made by other means, under a number that both sides know, and that has proven
   * itself just now. It takes the place of any before. Gives whom it tells what comes over it from now on.
   */
  adopt(link: Link, attempt: number, hello: Hello): LinkEvents {
    this.#cancelTimer()
    this.#waiting = false
    this.#next?.link.close()
    this.#attempt = Math.max(this.#attempt, attempt)
    link.log.number = attempt
    const adopted = { link, attempt, asked: false, told: [] }
    this.#opened(adopted, hello)
    return this.#events(adopted)
  }

  /** Closes a link that neither side needs, without a word. */
  release(): void {
    this.wanted = false
    const open = this.#open?.link
    this.#open = null
    if (!open) return
    open.close()
    this.#options.events.end('remote', true)
  }

  /** Ends link and attempts without an event. Says bye first when `goodbye` is set; see `Link.bye` for `hurry`. */
  async close(goodbye: boolean, hurry = false): Promise<void> {
    this.wanted = false
    this.#cancelRenewal()
    const open = this.#open?.link
    const next = this.#next?.link
    this.#open = null
    this.#setNext(null)
    next?.close()
    if (goodbye) await open?.bye(hurry)
    else open?.close()
  }

  #keepEarly(attempt: number, signal: Signal): void {
    if (this.#offers) return
    this.#early.push({ attempt, signal })
    if (this.#early.length > MOST_EARLY) this.#early.shift()
  }

  #answer(attempt: number, offer: Signal): void {
    if (this.#offers) return
    if (attempt > this.#attempt) {
      if (!this.#next && !this.#options.mayOblige()) return
      this.#connect(attempt, true)
      this.#next?.link.signal(offer)
      for (const early of this.#early.splice(0)) if (early.attempt === attempt) this.#next?.link.signal(early.signal)
    } else if (!this.link) this.#ask()
  }

  /** The other asks for an attempt: it has no link. One that was begun just now may be on its way to it. */
  #oblige(attempt: number): void {
    if (!this.#offers || attempt > this.#attempt + MOST_AHEAD) return
    // One beyond it is asked for by who knows of it, and needs another.
    const isKnown = attempt > this.#attempt
    const isFresh = this.link !== null && !isKnown && this.#options.time.now() - this.#begunAt < PATIENCE / 2
    if (isFresh) this.#repeat()
    else if (this.#next || this.#options.mayOblige()) this.#connect(Math.max(attempt, this.#attempt + 1), true)
  }

  /** Tells once more what was told of an attempt that was never answered. */
  #repeat(): void {
    if (!this.#next) return
    const { attempt, told } = this.#next
    // To the other it is as if it began now.
    if (told.length > 0) this.#begunAt = this.#options.time.now()
    for (const signal of told) this.#options.events.envelope({ ...signal, attempt })
  }

  /** Brings the next attempt about: by an offer, or by asking for one after `patience` milliseconds. */
  #begin(patience: number): void {
    this.#cancelTimer()
    this.#waiting = false
    if (!this.#offers) this.#askAfter(patience)
    else if (this.#options.mayBegin()) this.#connect(this.#attempt + 1, false)
    else this.#waiting = true
  }

  get #patience(): number {
    return this.#proven > 0 ? PATIENCE_AFTER : PATIENCE
  }

  #askAfter(ms: number): void {
    const { time } = this.#options
    this.#cancelTimer()
    this.#cancelTimer = time.after(ms, () => {
      if (!this.#wanted || this.link) return
      this.#ask()
      this.#askAfter(backoff(time, this.#failures++, PATIENCE, LONGEST_RETRY))
      if (this.attempts.asks()) this.#options.events.end('timeout', false)
    })
  }

  #ask(): void {
    this.#options.events.envelope({ type: 'please', attempt: this.#attempt + 1 })
  }

  /** Starts attempt number `attempt`, in place of any other that is under way. */
  #connect(attempt: number, asked: boolean): void {
    this.#cancelTimer()
    this.#waiting = false
    const { time, link: options } = this.#options
    this.#next?.link.close()
    this.#setNext(null)
    this.#attempt = attempt
    this.#begunAt = time.now()
    const told: Signal[] = []
    const link: Link = new Link({
      ...options,
      time,
      initiator: this.#offers,
      events: this.#events({
        get link() {
          return link
        },
        attempt,
        asked,
        told,
      }),
    })
    link.log.number = attempt
    this.attempts.begins()
    this.#setNext({ link, attempt, asked, told })
  }

  #events(one: Try): LinkEvents {
    const { events } = this.#options
    const { attempt } = one
    return {
      signal: (signal) => {
        if (one.told.length < MOST_TOLD) one.told.push(signal)
        events.envelope({ ...signal, attempt })
      },
      askRestart: () => events.envelope({ type: 'restart', attempt }),
      open: (hello) => this.#opened(one, hello),
      frame: (frame) => events.frame(frame),
      drain: () => events.drain(),
      shaky: (shaky) => events.shaky(shaky),
      tampered: () => events.tampered(),
      routed: (path) => this.#open?.link === one.link && events.routed(path),
      end: (end) => {
        if (this.#open?.link === one.link) this.#lost(end)
        else if (this.#next?.link === one.link) this.#failed(end, one.link)
      },
    }
  }

  /** The other end of the attempt proved to be the other: now it takes the place of the link before. */
  #opened(opened: Try, hello: Hello): void {
    const former = this.#open
    this.#open = opened
    this.#setNext(null)
    this.#proven = opened.attempt
    this.#failures = 0
    this.attempts.succeeds()
    if (former) {
      former.link.close()
      this.#options.events.end('remote', true)
    }
    this.#options.events.open(hello)
  }

  /** The open link ended. */
  #lost(end: LinkEnd): void {
    this.#open = null
    if (end === 'garbage') this.#failures = Number.POSITIVE_INFINITY
    if (end === 'bye') this.wanted = false
    if (!this.#next) this.#retry(end === 'remote' ? REMOTE_CLOSE_WAIT : 0, 0)
    this.#options.events.end(end, true)
  }

  /** An attempt led to nothing. Its number may have come from anybody with the key. */
  #failed(end: LinkEnd, { log }: Link): void {
    this.#setNext(null)
    if (!this.#offers) this.#attempt = this.#proven
    if (this.#open) return
    this.attempts.fails(log)
    this.#retry(end === 'remote' ? REMOTE_CLOSE_WAIT : 0, PATIENCE)
    this.#options.events.end(end, false)
  }

  #setNext(next: Try | null): void {
    const { events } = this.#options
    if (this.#next) events.connecting(this.#next.asked ? 'asked' : 'own', -1)
    this.#next = next
    if (next) events.connecting(next.asked ? 'asked' : 'own', 1)
  }

  #retry(pause: number, patience: number): void {
    if (!this.#wanted) return
    const { time } = this.#options
    this.#cancelTimer()
    this.#cancelTimer = time.after(pause + backoff(time, this.#failures++, FIRST_RETRY, LONGEST_RETRY), () =>
      this.#begin(patience),
    )
  }
}
