/** Rooms in a list; of more those not shown for longest go. */
export const MAX_ROOMS = 200

/** A room in the list of one's rooms on this device. Times are milliseconds since the epoch. */
export interface ListedRoom {
  /** The link that lets one in, key included. */
  readonly url: string
  /** What the server knows it by, in hex: what is kept of it lies under that. */
  readonly topic: string
  /** What one calls it here; null for its own name. */
  readonly label: string | null
  readonly muted: boolean
  /** When it was last on the screen. */
  readonly shownAt: number
  /** The id of the last message that one has seen, or null. */
  readonly readTo: string | null
  /** What was said last, when one was there last. */
  readonly last: { readonly name: string; readonly text: string; readonly at: number } | null
}
