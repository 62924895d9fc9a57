import { notPreparedText, roomLeftText } from '../texts/fault-text.ts'
import type { Invitations, InvitationsOptions } from './invitations.ts'
import { loadLater } from './late.ts'
import { RoomError } from './types.ts'

/** Invitations without a server, loaded when somebody first wants one. */
export class WayIn {
  #options: InvitationsOptions | null = null
  #invitations: Promise<Invitations> | null = null

  /** The room is entered: from now on there can be invitations. */
  entered(options: InvitationsOptions): void {
    this.#options = options
  }

  /** Rejects with RoomError `failed` before the room is entered, `not-loaded` when the code for it can't be had. */
  async load(): Promise<Invitations> {
    const options = this.#options
    if (!options) throw new RoomError('failed', notPreparedText)
    this.#invitations ??= loadLater().then(({ Invitations }) => new Invitations(options))
    try {
      return await this.#invitations
    } catch (error) {
      // The next call tries again.
      this.#invitations = null
      throw error
    }
  }

  /** The room was left: gives up all that waits. */
  close(): void {
    this.#invitations?.then(
      (invitations) => invitations.close(new RoomError('left', roomLeftText)),
      () => {},
    )
  }
}
