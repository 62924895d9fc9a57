import type { Bytes } from '../crypto/bytes.ts'
import { type Envelope, nonceOf, openEnvelope, sealEnvelope } from '../crypto/envelope.ts'
import type { RoomSecrets } from '../crypto/secrets.ts'
import type { Suite } from '../crypto/suite.ts'
import type { Need } from './need.ts'
import type { Pair } from './pair.ts'

/** Sealed envelopes of one visit waiting to be opened; more are dropped. */
const MOST_WAITING = 256

/** Envelopes, opened one after the other, so that none overtakes. */
export class Postbox {
  #queue: Promise<void> = Promise.resolve()
  #waiting = 0

  /** Opens what came under the id `from`, and gives it on; what doesn't open, or is too much, is dropped. */
  open(
    { suite, secrets, me }: { readonly suite: Suite; readonly secrets: RoomSecrets; readonly me: Bytes },
    from: Bytes,
    sealed: Bytes,
    deliver: (envelope: Envelope, nonce: Bytes) => void,
  ): void {
    if (this.#waiting >= MOST_WAITING) return
    this.#waiting++
    this.#queue = this.#queue.then(async () => {
      const envelope = await openEnvelope(suite, secrets, from, me, sealed)
      this.#waiting--
      if (envelope) deliver(envelope, nonceOf(sealed))
    })
  }

  /** Seals an envelope, in its turn. */
  seal(
    { suite, secrets, me }: { readonly suite: Suite; readonly secrets: RoomSecrets; readonly me: Bytes },
    to: Bytes,
    envelope: Envelope,
    send: (sealed: Bytes) => void,
  ): void {
    this.#queue = this.#queue.then(async () => send(await sealEnvelope(suite, secrets, me, to, envelope)))
  }
}

/** What a mesh knows of another visit. */
export interface Peer {
  readonly pair: Pair
  readonly inbox: Postbox
  readonly outbox: Postbox
  /** The server lists it. */
  listed: boolean
  /** Set while the visit counts as there: it proved itself, by a hello or a lease, and has not gone since. */
  met: boolean
  /** It sealed an envelope, so it has the room's key. */
  isHeard: boolean
  readonly need: Need
  cancelFarewell: () => void
}
