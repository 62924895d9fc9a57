import type { Hello } from '../crypto/hello.ts'
import { type Brief, fromBrief, toBrief } from './brief.ts'
import type { Link } from './link.ts'
import type { LinkEnd, LinkEvents, LinkOptions } from './link-options.ts'
import type { Signal } from './signal.ts'
import type { Time } from './time.ts'

/** How long to wait for another candidate, and for the first one, in milliseconds. */
const NEXT_CANDIDATE = 3_000
const FIRST_CANDIDATE = 8_000
/** How long a connection may take once both sides know each other's description, in milliseconds. */
const CONNECT_LIMIT = 30_000

export interface CarriedOptions {
  readonly time: Time
  begin(how: Pick<LinkOptions, 'initiator' | 'patience' | 'events'>): Link
  /** The one who offers waits for an answer; the other has the offer already. */
  readonly offer: Brief | null
  /** How long there is for the codes to be carried, in milliseconds. */
  readonly patience: number
  /** The other proved who it is. Gives whom the link tells what comes from now on, or null to have it closed. */
  open(link: Link, hello: Hello): LinkEvents | null
  /** No link came of it. Not called after `close`. */
  failed(end: LinkEnd): void
}

/** A link whose descriptions people carry: each side's once, with all its candidates. */
export class CarriedLink {
  /** One's own description; null where no way to oneself was found. */
  readonly description: Promise<Brief | null>
  readonly #options: CarriedOptions
  readonly #link: Link
  readonly #candidates: string[] = []
  #sdp = ''
  #heir: LinkEvents | null = null
  #isOver = false
  #isGathered = false
  #cancelTimer = () => {}
  #resolve: (description: Brief | null) => void = () => {}

  constructor(options: CarriedOptions) {
    this.#options = options
    const { offer, patience, time } = options
    this.description = new Promise((resolve) => {
      this.#resolve = resolve
    })
    this.#cancelTimer = time.after(FIRST_CANDIDATE, () => this.#gathered())
    this.#link = options.begin({
      initiator: offer === null,
      patience,
      events: {
        signal: (signal) => (this.#heir ? this.#heir.signal(signal) : this.#gather(signal)),
        gathered: () => this.#gathered(),
        open: (hello) => {
          this.#cancelTimer()
          this.#heir = this.#options.open(this.#link, hello)
          if (!this.#heir) this.close()
        },
        frame: (frame) => this.#heir?.frame(frame),
        drain: () => this.#heir?.drain(),
        shaky: (shaky) => this.#heir?.shaky(shaky),
        askRestart: () => this.#heir?.askRestart(),
        tampered: () => this.#heir?.tampered(),
        routed: (path) => this.#heir?.routed?.(path),
        end: (end) => (this.#heir ? this.#heir.end(end) : this.#fail(end)),
      },
    })
    if (offer) this.#link.signal(describe('offer', offer))
  }

  /** Takes in the answer to one's own description. */
  answer(answer: Brief): void {
    if (this.#isOver) return
    this.#cancelTimer()
    this.#cancelTimer = this.#options.time.after(CONNECT_LIMIT, () => {
      this.#link.close()
      this.#fail('timeout')
    })
    this.#link.signal(describe('answer', answer))
  }

  /** Gives it up, unless it is open and another's already. */
  close(): void {
    if (this.#isOver) return
    this.#over()
    if (!this.#heir) this.#link.close()
  }

  #gather(signal: Signal): void {
    if (this.#isGathered) return
    if (signal.type === 'description') this.#sdp = signal.description.sdp
    else {
      this.#candidates.push(signal.candidate.candidate)
      this.#cancelTimer()
      this.#cancelTimer = this.#options.time.after(NEXT_CANDIDATE, () => this.#gathered())
    }
  }

  #gathered(): void {
    if (this.#isGathered) return
    this.#isGathered = true
    this.#cancelTimer()
    const brief = toBrief(this.#sdp, this.#candidates)
    // Without a candidate on either side no connection comes up; one side may do without.
    const isReachable = brief !== null && (brief[5].length > 0 || (this.#options.offer?.[5].length ?? 0) > 0)
    this.#resolve(isReachable ? brief : null)
  }

  #fail(end: LinkEnd): void {
    if (this.#isOver) return
    this.#over()
    this.#options.failed(end)
  }

  #over(): void {
    this.#isOver = true
    this.#isGathered = true
    this.#cancelTimer()
    this.#resolve(null)
  }
}

const describe = (type: 'offer' | 'answer', brief: Brief): Signal => ({
  type: 'description',
  description: { type, sdp: fromBrief(brief) },
})
