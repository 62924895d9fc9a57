import { type Signal, signal } from '@preact/signals'
import { type Acceptance, type Invitation, type Room, RoomError } from '../room/types.ts'
import { connectedText, laterWords } from '../texts/page/later-text.ts'
import type { RoomState } from './state.ts'

/** The codes of a room that were made on this page: they go on while no dialog shows them. */
export interface ByCode {
  /** The invite code that was made last. */
  readonly invitation: Signal<Invitation | null>
  /** The answer code that waits to be taken. */
  readonly acceptance: Signal<Acceptance | null>
  /** What went wrong with it, until another begins. */
  readonly refusal: Signal<string>
}

const rooms = new WeakMap<Room, ByCode>()

export function byCode(room: Room): ByCode {
  const known = rooms.get(room)
  if (known) return known
  const made: ByCode = { invitation: signal(null), acceptance: signal(null), refusal: signal('') }
  rooms.set(room, made)
  return made
}

/** What to say of something that failed. */
export const faultText = (error: unknown): string =>
  error instanceof RoomError ? error.message : laterWords.codeFailed

/** Makes an answer code, and tells what comes of it, now or in minutes. Rejects when the invite code is not accepted. */
export async function acceptCode({ room, say, trouble }: RoomState, text: string): Promise<void> {
  const { acceptance, refusal } = byCode(room)
  refusal.value = ''
  const accepted = await room.acceptInvite(text)
  acceptance.value = accepted
  accepted.joined.then(
    ({ name }) => {
      if (acceptance.value === accepted) acceptance.value = null
      say(connectedText(name))
    },
    (error: unknown) => {
      if (acceptance.value !== accepted) return
      acceptance.value = null
      refusal.value = faultText(error)
      // Nobody may have the dialog open any more.
      trouble.value = refusal.value
    },
  )
}
