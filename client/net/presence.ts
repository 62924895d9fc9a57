import { type Bytes, toHex } from '../crypto/bytes.ts'
import { type Head, type Lease, openLease, type SignedLease, signLease } from '../crypto/lease.ts'
import type { Identity, Suite } from '../crypto/suite.ts'
import type { Visit } from '../crypto/visit.ts'
import { LEASE_HOLDS, type LeaseFrame } from './frame.ts'
import type { Link } from './link.ts'
import type { Time } from './time.ts'

const RENEW_INTERVAL = 10_000
/** Between two leases that are signed since something changed. */
const CHANGE_INTERVAL = 2_000
/** What is left of leases after this machine slept: longer than it takes until they come anew. */
const GRACE = 12_000
/** A timer this late means that this machine slept: nobody's lease could come meanwhile. */
const LATE = 2_000
/** Visits whose leases are held, and visits that said bye that are remembered. */
const MOST_HELD = 1_000
const MOST_ENDED = 5_000
/** Leases that are not verified again. */
const MOST_SEEN = 2_000
/** Leases of one link that wait to be verified; more are dropped, and come again. */
const MOST_WAITING = 2_000

export interface PresenceOptions {
  readonly suite: Suite
  readonly identity: Identity
  readonly visit: Visit
  readonly topic: Bytes
  readonly time: Time
  /** One's name now. */
  name(): string
  /** What one holds, for those who are not linked. */
  heads(): Promise<readonly Head[]>
  /** Open links, by peer id. */
  links(): ReadonlyMap<string, Link>
  readonly events: {
    /** A visit's lease is new here, or was renewed. */
    leased(peer: string, lease: Lease): void
    /** A visit's lease holds no more; `bye`: it said so itself. */
    ended(peer: string, bye: boolean): void
  }
}

interface Held {
  readonly signed: SignedLease
  readonly lease: Lease
  /** When it was signed, by this machine's clock. */
  readonly signedAt: number
  until: number
}

/**
 * Who is there, whoever has a link to them: everybody's signed lease goes from member to member, and holds for a while. So
 * the picture of the room doesn't depend on the server.
 */
export class Presence {
  readonly #options: PresenceOptions
  readonly #me: string
  readonly #held = new Map<string, Held>()
  /** `n` of the last lease of visits whose lease ended, so that an old one brings nobody back. Infinite after a bye. */
  readonly #ended = new Map<string, number>()
  readonly #seen = new Set<string>()
  #n = 0
  #mine: { readonly signed: SignedLease; readonly at: number } | null = null
  #bye: SignedLease | null = null
  #isSigning = false
  #waiting = 0
  #stopped = false
  #cancelRenewal: (() => void) | null = null
  #cancelExpiry = () => {}

  constructor(options: PresenceOptions) {
    this.#options = options
    this.#me = toHex(options.visit.peer)
    const { identity, visit, topic } = options
    // Signed beforehand: a page that is being closed can't wait for a signature.
    void Promise.resolve(signLease(identity, visit, topic, { n: null, name: '', heads: [] })).then((bye) => {
      this.#bye = bye
    })
  }

  /** Ids of visits whose lease holds. */
  get peers(): Iterable<string> {
    return this.#held.keys()
  }

  holds(peer: string): boolean {
    return this.#held.has(peer)
  }

  /** Whether a visit said bye. */
  isOver(peer: string): boolean {
    return this.#ended.get(peer) === Number.POSITIVE_INFINITY
  }

  /** A link is open: whoever is at its other end hears of everybody. */
  introduce(link: Link): void {
    const now = this.#options.time.now()
    for (const { signed, signedAt } of this.#held.values()) link.send(frameOf(signed, now - signedAt))
    if (this.#mine) link.send(frameOf(this.#mine.signed, now - this.#mine.at))
    else void this.#renew()
  }

  /** One's name changed, or what one holds: says so soon. */
  changed(): void {
    const { time } = this.#options
    if (this.#stopped || !this.#mine) return
    this.#renewAfter(Math.max(0, this.#mine.at + CHANGE_INTERVAL - time.now()))
  }

  /** Takes in a lease that came over the link to `via`, and passes it on when it is news. */
  async receive(via: string, { signed, age }: LeaseFrame): Promise<void> {
    const { suite, topic, time, links } = this.#options
    // The same lease comes once over each link.
    if (this.#waiting >= MOST_WAITING || !this.#isNew(signed)) return
    const signedAt = time.now() - age
    this.#waiting++
    const opened = await openLease(suite, topic, signed)
    this.#waiting--
    if (this.#stopped) return
    if (!opened) {
      links().get(via)?.offence()
      return
    }
    const peer = toHex(opened.peer)
    if (peer !== this.#me) this.#take(peer, opened.lease, signed, signedAt, via)
  }

  /** A visit's link broke, or the server misses it: unless its lease comes anew within `ms`, it is over. */
  doubt(peer: string, ms: number): void {
    const held = this.#held.get(peer)
    if (!held) return
    held.until = Math.min(held.until, this.#options.time.now() + ms)
    this.#watch()
  }

  /** A visit said bye over its link. */
  left(peer: string): void {
    this.#end(peer, Number.POSITIVE_INFINITY)
  }

  /** Tells everybody bye, and says nothing any more. */
  leave(): void {
    this.stop()
    if (this.#bye) for (const link of this.#options.links().values()) link.send(frameOf(this.#bye, 0))
  }

  stop(): void {
    this.#stopped = true
    this.#cancelRenewal?.()
    this.#cancelExpiry()
  }

  #isNew({ lease, signature }: SignedLease): boolean {
    const key = toHex(signature) + toHex(lease)
    if (this.#seen.has(key)) return false
    this.#seen.add(key)
    for (const oldest of this.#seen) {
      if (this.#seen.size <= MOST_SEEN) break
      this.#seen.delete(oldest)
    }
    return true
  }

  #take(peer: string, lease: Lease, signed: SignedLease, signedAt: number, via: string): void {
    const { events, links, time } = this.#options
    const known = this.#held.get(peer)?.lease.n ?? this.#ended.get(peer) ?? 0
    if (lease.n <= known || (!this.#held.has(peer) && this.#held.size >= MOST_HELD)) return
    const frame = frameOf(signed, time.now() - signedAt)
    if (lease.bye) this.#end(peer, Number.POSITIVE_INFINITY)
    else {
      this.#ended.delete(peer)
      this.#held.set(peer, { signed, lease, signedAt, until: signedAt + LEASE_HOLDS })
      this.#watch()
      events.leased(peer, lease)
    }
    for (const [other, link] of links()) if (other !== via && other !== peer) link.send(frame)
  }

  #end(peer: string, n: number): void {
    const wasHeld = this.#held.delete(peer)
    this.#ended.delete(peer)
    this.#ended.set(peer, n)
    for (const oldest of this.#ended.keys()) if (this.#ended.size > MOST_ENDED) this.#ended.delete(oldest)
    if (wasHeld || n === Number.POSITIVE_INFINITY) this.#options.events.ended(peer, n === Number.POSITIVE_INFINITY)
  }

  /** Sets the timer for the lease that ends first. */
  #watch(): void {
    this.#cancelExpiry()
    if (this.#stopped || this.#held.size === 0) return
    const { time } = this.#options
    const first = Math.min(...[...this.#held.values()].map(({ until }) => until))
    this.#cancelExpiry = time.after(Math.max(0, first - time.now()), () => this.#expire(first))
  }

  #expire(due: number): void {
    const now = this.#options.time.now()
    if (now - due > LATE) for (const held of this.#held.values()) held.until = Math.max(held.until, now + GRACE)
    for (const [peer, { until, lease }] of this.#held) if (until <= now) this.#end(peer, lease.n)
    this.#watch()
  }

  #renewAfter(ms: number): void {
    this.#cancelRenewal?.()
    this.#cancelRenewal = this.#options.time.after(ms, () => void this.#renew())
  }

  async #renew(): Promise<void> {
    if (this.#isSigning || this.#stopped) return
    const { identity, visit, topic, time, name, heads, links } = this.#options
    this.#isSigning = true
    const held = await heads()
    const signed = await signLease(identity, visit, topic, { n: ++this.#n, name: name(), heads: held })
    this.#isSigning = false
    if (this.#stopped) return
    this.#mine = { signed, at: time.now() }
    for (const link of links().values()) link.send(frameOf(signed, 0))
    this.#renewAfter(RENEW_INTERVAL * (0.9 + time.random() / 10))
  }
}

const frameOf = (signed: SignedLease, age: number): LeaseFrame => ({
  type: 'lease',
  signed,
  age: Math.min(LEASE_HOLDS, Math.max(0, Math.round(age))),
})
