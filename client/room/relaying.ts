import type { IceServer } from '../../signaling/protocol.ts'
import type { Store } from '../store/store.ts'
import { anyRouteFixedText, relaysFixedText } from '../texts/fault-text.ts'
import { choiceNotKeptText } from '../texts/store-fault-text.ts'
import { type RelaysOnly, RoomError } from './types.ts'

interface RelayingParts {
  /** The room's URL, or the program that joins, asks for relays only; or the program for any route. */
  readonly fixed: boolean | null
  readonly store: Store
  /** What holds from now on. */
  readonly changed: (relaying: Relaying) => void
}

/** Whether connections go through relays only, so that others don't see one's address; and whether there are relays. */
export class Relaying {
  readonly #parts: RelayingParts
  #wanted = false
  /** Of the servers there are, one is a relay; null until servers are known. */
  #hasRelay: boolean | null = null

  constructor(parts: RelayingParts) {
    this.#parts = parts
  }

  get relaysOnly(): RelaysOnly {
    const { fixed } = this.#parts
    return { on: fixed ?? this.#wanted, fixed: fixed !== null }
  }

  get policy(): RTCIceTransportPolicy {
    return this.relaysOnly.on ? 'relay' : 'all'
  }

  /** For `Connection.relays`. */
  get relays(): 'any' | 'only' | 'missing' {
    if (!this.relaysOnly.on) return 'any'
    return this.#hasRelay === false ? 'missing' : 'only'
  }

  /** What the person chose before, on this device. */
  remembered(relaysOnly: boolean): void {
    this.#wanted = relaysOnly
    this.#parts.changed(this)
  }

  /** The servers that connections are made by from now on. */
  servers(servers: readonly IceServer[]): void {
    this.#hasRelay = servers.some(({ urls }) => [urls].flat().some((url) => /^turns?:/i.test(url)))
    this.#parts.changed(this)
  }

  /**
   * Takes what the person chooses, for this and later visits.
   * @throws RoomError `fixed`, and nothing changed; `store` when it holds for this visit only
   */
  async set(on: boolean): Promise<void> {
    const { fixed, store, changed } = this.#parts
    if (fixed !== null && fixed !== on) throw new RoomError('fixed', fixed ? relaysFixedText : anyRouteFixedText)
    this.#wanted = on
    changed(this)
    await store.saveProfile({ relaysOnly: on }).catch(() => {
      throw new RoomError('store', choiceNotKeptText)
    })
  }
}
