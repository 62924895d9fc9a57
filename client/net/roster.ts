import { PEER_ID_BYTES } from '../../signaling/protocol.ts'
import { type Bytes, fromHex } from '../crypto/bytes.ts'
import { Need } from './need.ts'
import type { Pair } from './pair.ts'
import { type Peer, Postbox } from './peer.ts'
import type { Time } from './time.ts'

/** Visits whose counters are remembered after they left. */
const MOST_PEERS = 1_000

interface RosterParts {
  /** One's own peer id, in hex. */
  readonly me: string
  readonly time: Time
  readonly makePair: (id: string, other: Bytes) => Pair
}

/** The visits that one knows of, by peer id: bounded, whoever makes ids up. */
export class Roster {
  readonly #parts: RosterParts
  readonly #peers = new Map<string, Peer>()

  constructor(parts: RosterParts) {
    this.#parts = parts
  }

  [Symbol.iterator](): IterableIterator<[string, Peer]> {
    return this.#peers.entries()
  }

  get peers(): IterableIterator<Peer> {
    return this.#peers.values()
  }

  /** The peer of that id, if it was ever asked for. */
  known(id: string): Peer | undefined {
    return this.#peers.get(id)
  }

  /**
   * The peer of that id, made at the first call; null for oneself, for what is no id, and when there are too many already.
   * Those of whom nothing but an id is known make room for one who `hasKey`.
   */
  peer(id: string, hasKey = false): Peer | null {
    const known = this.#peers.get(id)
    if (known) return known
    const { me, time, makePair } = this.#parts
    const other = fromHex(id)
    if (id === me || other?.length !== PEER_ID_BYTES) return null
    if (this.#peers.size >= MOST_PEERS && !this.#forgetOne(hasKey)) return null
    const pair = makePair(id, other)
    const peer: Peer = {
      pair,
      inbox: new Postbox(),
      outbox: new Postbox(),
      listed: false,
      met: false,
      isHeard: false,
      need: new Need(pair, time),
      cancelFarewell: () => {},
    }
    this.#peers.set(id, peer)
    return peer
  }

  /** Makes room in place of the oldest that left; else, for one who has the key, of one that may not exist. */
  #forgetOne(hasKey: boolean): boolean {
    const idle = [...this.#peers].filter(([, { met, pair }]) => !met && !pair.link)
    const found =
      idle.find(([, { listed }]) => !listed) ?? (hasKey ? idle.find(([, { isHeard }]) => !isHeard) : undefined)
    if (!found) return false
    const [id, { pair }] = found
    void pair.close(false)
    return this.#peers.delete(id)
  }
}
