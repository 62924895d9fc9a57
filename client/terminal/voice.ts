import type { Connection, Member, Message, Room, RoomError } from '../room/types.ts'
import type { Change } from './changes.ts'

/** How what happens in a room is told: in plain words or as JSON. */
export interface Voice {
  /** Oneself has an identity and a name, or another name. */
  me(me: Member): void
  /** Messages that are new or changed, in display order. */
  messages(messages: readonly Message[]): void
  change(change: Change): void
  typing(member: Member, typing: boolean, members: readonly Member[]): void
  connection(connection: Connection, room: Pick<Room, 'isOpen' | 'hasPassword'>): void
  /** A member made a new link and gave it to oneself. */
  moved(member: Member, url: string): void
  problem(problem: { readonly code: RoomError['code'] | 'bad-command' | 'unsent'; readonly message: string }): void
  /** A word to the person who sits there. */
  hint(text: string): void
}

/** Where people type. Text of others must be harmless already. */
export interface Screen {
  /** What was said and who came: stdout. */
  print(text: string): void
  /** How it goes: stderr. */
  note(text: string): void
  /** Shows this beside where one types, as long as there is such a place. */
  status(text: string): void
  /** Whether colours and weight are wanted. */
  readonly isRich: boolean
}
