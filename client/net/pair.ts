import { type Bytes, compare } from '../crypto/bytes.ts'
import type { Envelope } from '../crypto/envelope.ts'
import type { Hello } from '../crypto/hello.ts'
import { ReplayWindow } from '../crypto/replay.ts'
import type { Frame } from './frame.ts'
import { Link, type LinkEnd, type LinkOptions } from './link.ts'
import type { Signal } from './signal.ts'
import { backoff, type Time } from './time.ts'

type Told<E> = E extends Envelope ? Omit<E, 'n'> : never

export interface PairEvents {
  /** To be sealed and sent to the other. */
  envelope(envelope: Envelope): void
  open(hello: Hello): void
  frame(frame: Frame): void
  drain(): void
  shaky(shaky: boolean): void
  /** A link, or an attempt at one, ended. */
  end(end: LinkEnd, wasOpen: boolean): void
}

export interface PairOptions {
  readonly me: Bytes
  readonly other: Bytes
  readonly time: Time
  readonly link: Omit<LinkOptions, 'initiator' | 'time' | 'events'>
  /** Whether one more attempt may be begun now. When not, `proceed()` is called once it may. */
  mayBegin(): boolean
  readonly events: PairEvents
}

/** How long the lesser id waits for an offer before it asks for one. */
const PATIENCE = 4_000
const FIRST_RETRY = 500
const LONGEST_RETRY = 30_000
/** After a remote close: most often the other left, and word of that is on its way. */
const REMOTE_CLOSE_WAIT = 3_000

/**
 * Oneself and one other visit, for as long as either lives: which connection attempt they are at, and the link that came
 * of it. The greater id offers, so that offers never collide; the lesser asks with *please* when none comes.
 */
export class Pair {
  readonly #options: PairOptions
  readonly #offers: boolean
  readonly #seen = new ReplayWindow()
  #link: Link | null = null
  #attempt = 0
  #n = 0
  #begunAt = 0
  #failures = 0
  #wanted = false
  #waiting = false
  #cancelTimer = () => {}

  constructor(options: PairOptions) {
    this.#options = options
    this.#offers = compare(options.me, options.other) > 0
  }

  get link(): Link | null {
    return this.#link
  }

  get isConnecting(): boolean {
    return this.#link !== null && !this.#link.isOpen
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
    else if (!this.#link) this.#begin(PATIENCE)
  }

  /** Begins the attempt that was put off because too many were under way. */
  proceed(): void {
    if (this.#waiting) this.#begin(PATIENCE)
  }

  /** Tries again now rather than when its turn comes. */
  wake(): void {
    this.#failures = 0
    if (this.#wanted && !this.#link) this.#begin(0)
  }

  /** Takes in an envelope that opened. Repeats, and what belongs to another attempt, are dropped. */
  receive(envelope: Envelope): void {
    if (!this.#seen.accept(envelope.n)) return
    const { attempt } = envelope
    if (envelope.type === 'description' && envelope.description.type === 'offer') {
      if (!this.#offers) this.#answer(attempt, envelope)
    } else if (envelope.type === 'description' || envelope.type === 'candidate') {
      if (attempt === this.#attempt) this.#link?.signal(envelope)
    } else if (envelope.type === 'please') {
      if (this.#offers) this.#oblige(attempt)
    }
  }

  /** Ends link and attempts without an event. Says bye first when `goodbye` is set; see `Link.bye` for `hurry`. */
  async close(goodbye: boolean, hurry = false): Promise<void> {
    this.wanted = false
    const link = this.#link
    this.#link = null
    if (goodbye) await link?.bye(hurry)
    else link?.close()
  }

  #answer(attempt: number, offer: Signal): void {
    if (attempt < this.#attempt) {
      this.#ask()
    } else if (attempt > this.#attempt || !this.#link) {
      this.#connect(attempt)
      this.#link?.signal(offer)
    }
  }

  /** The other asks for an attempt: it has no link. One that was begun just now may be on its way to it. */
  #oblige(attempt: number): void {
    const fresh = this.#link !== null && this.#options.time.now() - this.#begunAt < PATIENCE / 2
    if (attempt > this.#attempt || !fresh) this.#connect(Math.max(attempt, this.#attempt + 1))
  }

  /** Brings the next attempt about: by an offer, or by asking for one after `patience` milliseconds. */
  #begin(patience: number): void {
    this.#cancelTimer()
    this.#waiting = false
    if (!this.#offers) this.#askAfter(patience)
    else if (this.#options.mayBegin()) this.#connect(this.#attempt + 1)
    else this.#waiting = true
  }

  #askAfter(ms: number): void {
    const { time } = this.#options
    this.#cancelTimer()
    this.#cancelTimer = time.after(ms, () => {
      if (!this.#wanted || this.#link) return
      this.#ask()
      this.#askAfter(backoff(time, this.#failures++, PATIENCE, LONGEST_RETRY))
    })
  }

  #ask(): void {
    this.#tell({ type: 'please', attempt: this.#attempt + 1 })
  }

  /** Starts attempt number `attempt`, in place of any earlier one. */
  #connect(attempt: number): void {
    this.#cancelTimer()
    this.#waiting = false
    const { events, time, link: options } = this.#options
    const former = this.#link
    this.#link = null
    this.#attempt = attempt
    this.#begunAt = time.now()
    if (former) {
      const wasOpen = former.isOpen
      former.close()
      events.end('remote', wasOpen)
    }
    let wasOpen = false
    this.#link = new Link({
      ...options,
      time,
      initiator: this.#offers,
      events: {
        signal: (signal) => this.#tell({ ...signal, attempt }),
        open: (hello) => {
          wasOpen = true
          this.#failures = 0
          events.open(hello)
        },
        frame: (frame) => events.frame(frame),
        drain: () => events.drain(),
        shaky: (shaky) => events.shaky(shaky),
        end: (end) => this.#ended(end, wasOpen),
      },
    })
  }

  #ended(end: LinkEnd, wasOpen: boolean): void {
    this.#link = null
    // One that can't prove who it is, or sends garbage, will most likely do so again.
    if (end === 'hello' || end === 'garbage') this.#failures = Number.POSITIVE_INFINITY
    if (end === 'bye') this.wanted = false
    if (this.#wanted) {
      const { time } = this.#options
      const pause = end === 'remote' ? REMOTE_CLOSE_WAIT : 0
      this.#cancelTimer()
      this.#cancelTimer = time.after(pause + backoff(time, this.#failures++, FIRST_RETRY, LONGEST_RETRY), () =>
        this.#begin(wasOpen ? 0 : PATIENCE),
      )
    }
    this.#options.events.end(end, wasOpen)
  }

  #tell(told: Told<Envelope>): void {
    this.#options.events.envelope({ ...told, n: ++this.#n })
  }
}
