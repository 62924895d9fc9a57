/** What stays on this device of one room. Everything rejects with an Error that says why when the device keeps nothing. */

import type { Bytes } from '../crypto/bytes.ts'

/**
 * Where an entry lies: `chain` is the author and visit that it belongs to, in hex. `side` is 0 in its place of the chain;
 * the two entries that prove a fork lie at 1 and 2 of the forked place.
 */
export interface Place {
  readonly chain: string
  readonly seq: number
  readonly side: 0 | 1 | 2
}

/** An entry as it is kept. What its bytes mean, and whether the seal fits them, is not the store's business. */
export interface KeptEntry extends Place {
  /** In memory of its own: what is written must not drag a whole frame along. */
  readonly data: Bytes
  /** SHA-256, by which damage shows. */
  readonly seal: Bytes
}

/** What was found in a place: the entry, or `damaged`, a record that is none. */
export type KeptRecord = KeptEntry | (Place & { readonly damaged: true })

/** Every place of a chain from one seq to another, both included; `Infinity` for all that follow. */
export interface Span {
  readonly chain: string
  readonly from: number
  readonly to: number
}

/** How far one person was ever known to hold one of one's own chains. */
export interface Heard {
  readonly chain: string
  readonly author: string
  readonly seq: number
}

/** How many entries are kept, and about how many bytes they take. */
export interface Usage {
  readonly entries: number
  readonly bytes: number
}

/** What holds for a room on this device. */
export interface Keeping extends Usage {
  /** The room is kept. */
  readonly on: boolean
  /** The clock below which history was thinned. */
  readonly floor: number
}

/** What to change, at once or not at all: first `removed`, then the rest. An entry that lies in its place already stays. */
export interface Changes {
  readonly removed?: readonly Span[]
  readonly entries?: readonly KeptEntry[]
  readonly heard?: readonly Heard[]
  readonly floor?: number
}

/**
 * What became of changes. `kept`: they are safe. Otherwise nothing was changed, since another tab was faster: `off`, it
 * keeps nothing of this room any more; `restarted`, it began anew, with another `open` needed here; `forgotten`, the room is
 * to be left.
 */
export type Written = ({ readonly result: 'kept' } & Usage) | { readonly result: 'off' | 'restarted' | 'forgotten' }

/** What another tab did with the room. */
export type Elsewhere = 'forgotten' | 'on' | 'off'

/** The people remembered for one chain. */
export const MOST_HEARERS = 64

/** One room's part of a store, for one visit. */
export interface RoomStore {
  /**
   * What holds for the room. Where the person said nothing, it is kept if `byDefault`. To be called before anything else,
   * and again after `restarted`.
   */
  open(byDefault: boolean): Promise<Keeping>
  /** The next of what is kept after a place, some hundred at most, ordered by chain, seq and side; none at the end. */
  entries(after: Place | null): Promise<readonly KeptRecord[]>
  /** How far others were known to hold one's own chains. */
  heard(): Promise<readonly Heard[]>
  /** Resolves once all is on the disk: with `strict`, so that a power cut does it no harm either. */
  write(changes: Changes, strict: boolean): Promise<Written>
  /** Begins to keep the room, from nothing; or removes all that is kept and keeps no more. It is remembered. */
  keep(on: boolean): Promise<Keeping>
  /** Removes everything of this room, what was chosen for it too. Other tabs are told. */
  forget(): Promise<void>
  /** Calls `handler` when another tab, or another visit here, changed something; only once the change is made. */
  onElsewhere(handler: (what: Elsewhere) => void): void
  /** Listens to other tabs no more. What is being written is written. */
  close(): void
}

/** What an entry takes, about, with what the database adds to it. */
export const sizeOf = ({ data, seal }: Pick<KeptEntry, 'data' | 'seal'>): number => data.length + seal.length + 64
