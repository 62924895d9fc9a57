import { type Bytes, fromHex, randomBytes, toHex } from '../crypto/bytes.ts'
import { MAX_HOPS, type RelayFrame } from './frame.ts'
import type { Link } from './link.ts'
import type { Time } from './time.ts'

/** Envelopes of one link that are passed on at once, and lasting, in a second. A connection takes about twenty. */
const BURST = 1_000
const PER_SECOND = 100
/** Envelopes remembered, so that each is passed on once. */
const MOST_SEEN = 5_000
/** A link with more unsent than this, in bytes, is left out: others carry the same. */
const MOST_UNSENT = 256 * 1024

export interface RelayOptions {
  /** One's own peer id, in hex. */
  readonly me: string
  readonly time: Time
  /** Open links, by peer id. */
  links(): ReadonlyMap<string, Link>
  /** An envelope came for oneself. `from` is who it says it is of: that shows only when it opens. */
  deliver(from: string, sealed: Bytes): void
}

/** How many envelopes of a link are still let through. */
interface Allowance {
  left: number
  at: number
}

/**
 * Passes sealed envelopes from member to member, so that links are made and mended without the server: straight to whom one
 * is linked to, else to everybody, once.
 */
export class Relay {
  readonly #options: RelayOptions
  readonly #seen = new Set<string>()
  readonly #allowances = new WeakMap<Link, Allowance>()

  constructor(options: RelayOptions) {
    this.#options = options
  }

  /** Sends an envelope of one's own to a member by way of others. */
  send(to: string, envelope: Bytes): void {
    const [sender, receiver] = [fromHex(this.#options.me), fromHex(to)]
    if (!sender || !receiver) return
    const frame = { type: 'relay', id: randomBytes(16), ttl: MAX_HOPS, from: sender, to: receiver, envelope } as const
    this.#isNew(frame.id)
    this.#pass(frame, null)
  }

  /** Takes in what came over the link to `via`. */
  receive(via: string, frame: RelayFrame): void {
    const link = this.#options.links().get(via)
    if (!link || !this.#isNew(frame.id)) return
    if (toHex(frame.to) === this.#options.me) this.#options.deliver(toHex(frame.from), frame.envelope)
    else if (frame.ttl > 1 && this.#mayPass(link)) this.#pass({ ...frame, ttl: frame.ttl - 1 }, via)
  }

  #pass(frame: RelayFrame, via: string | null): void {
    const links = this.#options.links()
    const straight = links.get(toHex(frame.to))
    // A link that nothing is heard over may be the very one to be mended.
    if (straight && !straight.isShaky) straight.send(frame)
    else for (const [peer, link] of links) if (peer !== via && link.unsent < MOST_UNSENT) link.send(frame)
  }

  #isNew(id: Bytes): boolean {
    const key = toHex(id)
    if (this.#seen.has(key)) return false
    this.#seen.add(key)
    for (const oldest of this.#seen) {
      if (this.#seen.size <= MOST_SEEN) break
      this.#seen.delete(oldest)
    }
    return true
  }

  #mayPass(link: Link): boolean {
    const now = this.#options.time.now()
    const allowance = this.#allowances.get(link) ?? { left: BURST, at: now }
    this.#allowances.set(link, allowance)
    allowance.left = Math.min(BURST, allowance.left + (Math.max(0, now - allowance.at) / 1_000) * PER_SECOND)
    allowance.at = now
    if (allowance.left < 1) return false
    allowance.left--
    return true
  }
}
