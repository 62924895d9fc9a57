/** Members with the real log, sync and writer on simulated links, for tests. */
import assert from 'node:assert/strict'
import { type Bytes, toHex } from '../crypto/bytes.ts'
import { nodeIdentity, nodeSuite } from '../crypto/node.ts'
import type { Identity } from '../crypto/suite.ts'
import type { Frame } from '../net/frame.ts'
import { VirtualTime } from '../net/virtual-time.ts'
import { chainOf } from './entry.ts'
import { HybridClock } from './hybrid-clock.ts'
import { type Limits, Log } from './log.ts'
import type { Port } from './remote.ts'
import { Sync } from './sync.ts'
import { Writer } from './writer.ts'

export const TOPIC: Bytes = new Uint8Array(32).fill(7)

/** A member. */
export class SimulatedPeer {
  readonly id: string
  readonly log: Log
  readonly identity: Identity
  readonly visit: Bytes
  readonly clock: HybridClock
  readonly forks: string[] = []
  readonly sync: Sync
  readonly writer: Writer
  readonly chain: string
  readonly covered = new Map<string, number>()
  readonly sent: Frame[] = []
  offences = 0
  /** Chains that nobody else can have. */
  readonly urgent = new Set<string>()
  /** Resolve when what was kept is read, and when what came is written. */
  ready: Promise<void> = Promise.resolve()
  settled: Promise<void> = Promise.resolve()
  readonly #time: VirtualTime
  readonly #links = new Map<SimulatedPeer, { open: boolean }>()

  constructor(time: VirtualTime, number: number, limits?: Limits) {
    this.#time = time
    this.log = new Log(limits)
    const identity = nodeIdentity(new Uint8Array(32).fill(number))
    const visit = new Uint8Array(16).fill(number)
    this.identity = identity
    this.visit = visit
    this.id = toHex(visit)
    this.chain = chainOf(identity.author, visit)
    const clock = new HybridClock(() => time.now())
    this.clock = clock
    const peer = this
    this.sync = new Sync({
      get ready() {
        return peer.ready
      },
      settled: () => this.settled,
      suite: nodeSuite,
      topic: TOPIC,
      log: this.log,
      time,
      me: this.id,
      mine: this.chain,
      heard: (chain) => this.#heard(chain),
      events: {
        added: (entry) => clock.observe(entry.header.clock),
        covered: (peer, _chain, seq) => this.covered.set(peer, Math.max(seq, this.covered.get(peer) ?? 0)),
        forked: (chain) => this.forks.push(chain),
        deleted: () => {},
        dropped: () => {},
      },
    })
    this.writer = new Writer(
      clock,
      () => time.now(),
      (entry) => {
        this.log.add(entry)
        this.sync.push()
      },
    )
    this.writer.start({ suite: nodeSuite, topic: TOPIC, identity, visit })
  }

  say(text: string): void {
    this.writer.write('text', () => ({ text }))
  }

  get texts(): unknown[] {
    return this.log.inOrder().map(({ content }) => content)
  }

  get ids(): string[] {
    return this.log.inOrder().map(({ id }) => id)
  }

  #heard(chain: string): number {
    if (this.urgent.has(chain)) return 0
    return chain === this.chain ? Math.max(0, ...this.covered.values()) : Number.POSITIVE_INFINITY
  }

  link(other: SimulatedPeer, delay = () => 1 + this.#time.random() * 50): void {
    const state = { open: true }
    this.#links.set(other, state)
    other.#links.set(this, state)
    this.sync.open(other.id, other.chain, this.#port(other, state, delay))
    other.sync.open(this.id, this.chain, other.#port(this, state, delay))
  }

  cut(other: SimulatedPeer): void {
    const state = this.#links.get(other)
    if (!state?.open) return
    state.open = false
    this.sync.close(other.id)
    other.sync.close(this.id)
  }

  /** Ordered and reliable while it is open; what is unsent counts until it arrived. */
  #port(other: SimulatedPeer, state: { open: boolean }, delay: () => number): Port {
    let unsent = 0
    let arrival = 0
    return {
      send: (frame) => {
        if (!state.open) return
        this.sent.push(frame)
        unsent += 20_000
        arrival = Math.max(arrival, this.#time.now() + delay())
        this.#time.after(arrival - this.#time.now(), () => {
          unsent -= 20_000
          if (!state.open) return
          void other.sync.receive(this.id, frame)
          if (unsent === 0) this.sync.drain(other.id)
        })
      },
      get unsent() {
        return unsent
      },
      offence: () => {
        this.offences++
      },
    }
  }
}

/** So many members, not linked yet. */
export function room(size: number, seed = 1, limits?: Limits): { time: VirtualTime; peers: SimulatedPeer[] } {
  const time = new VirtualTime(seed)
  return { time, peers: Array.from({ length: size }, (_, index) => new SimulatedPeer(time, index + 1, limits)) }
}

export function peerAt(peers: readonly SimulatedPeer[], index: number): SimulatedPeer {
  const peer = peers[index]
  assert.ok(peer)
  return peer
}

/** Fails unless all hold the same entries, `size` of them, and nobody was taken for a cheat. */
export function assertEqualLogs(peers: readonly SimulatedPeer[], size: number): void {
  for (const peer of peers) {
    assert.equal(peer.log.size, size)
    assert.deepEqual(peer.ids, peerAt(peers, 0).ids)
    assert.equal(peer.offences, 0)
  }
}
