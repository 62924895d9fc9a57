import type { ReadonlySignal, Signal } from '@preact/signals'
import type { Connection, Keeping, Member, Message, Room, RoomEvents } from '../room/types.ts'
import type { Draft } from './drafts.ts'
import type { Range } from './drawn.ts'
import type { Names } from './Plain.tsx'

/** What is being written is an answer to a message, or another text for one of one's own. */
export interface Composing {
  readonly kind: 'reply' | 'edit'
  /** Of the message. */
  readonly id: string
}

export interface OpenMenu {
  /** Of the message. */
  readonly id: string
  readonly anchor: HTMLElement
}

/** A message that one may want to delete. */
export interface Deleting {
  /** Of the message. */
  readonly id: string
  /** Where one asked for it. */
  readonly anchor: HTMLElement
}

/** The dialog that is open over a room. */
export type Opened =
  | { readonly kind: 'invite' | 'join' | 'rooms' | 'settings' | 'shortcuts' }
  | { readonly kind: 'verify'; readonly member: Member }
  /** How one is connected to a member; null: why somebody can't be reached. */
  | { readonly kind: 'connection'; readonly member: Member | null }

/** A room as the page draws it. */
export interface RoomState {
  readonly room: Room
  readonly members: ReadonlySignal<readonly Member[]>
  readonly connection: ReadonlySignal<Connection>
  /** The names of who is here, and one's own: the same object while none changes. */
  readonly names: ReadonlySignal<Names>
  readonly messages: ReadonlySignal<readonly Message[]>
  readonly keeping: ReadonlySignal<Keeping>
  /** Who came, left or changed name just now; empty after a while. */
  readonly notice: ReadonlySignal<string>
  /** What the room complained about last, until dismissed. */
  readonly trouble: Signal<string>
  /** The new link that somebody gave to oneself last, until one has chosen. */
  readonly move: Signal<RoomEvents['moved'] | null>
  /** Whose name is not to be trusted, until dismissed. */
  readonly caution: Signal<string>
  /** Which messages are drawn. */
  readonly range: ReadonlySignal<Range>
  /** Whether the reader is at the end and follows it. */
  readonly following: ReadonlySignal<boolean>
  /** Messages of others that the reader has not seen, below what is shown or while the page was hidden. */
  readonly unread: ReadonlySignal<number>
  /** The message that somebody asked to see, by its key, until another one is. */
  readonly goal: ReadonlySignal<{ readonly key: string; readonly focus: boolean } | null>
  /** What is being written is an answer to a message, or another text for one of one's own. */
  readonly composing: ReadonlySignal<Composing | null>
  /** The message of which the menu is open, and the button beside which it stands. */
  readonly menu: Signal<OpenMenu | null>
  /** The message that one is asked about, before it is deleted. */
  readonly deleting: Signal<Deleting | null>
  /** The first message that came while one was away, by its key; null when there is none. A line stands before it. */
  readonly newFrom: ReadonlySignal<string | null>
  /** The id of the last message that one has seen, or null. */
  readonly readTo: ReadonlySignal<string | null>
  /** The message that has the focus, by its key: what one can do with it are the stops of the Tab key. Null for the last one. */
  readonly focused: Signal<string | null>
  /** The room is the one on the screen. */
  readonly shown: Signal<boolean>
  /** What one calls it on this device; null for its own name. */
  readonly label: Signal<string | null>
  /** Nothing of it is counted in the title, and nobody is told of what is said in it. */
  readonly muted: Signal<boolean>
  /** Where the reader was when another room came on the screen: a message, and how far below the top it stood. */
  place: { readonly key: string; readonly offset: number } | null
  /** Many messages come at once: not to be read out. */
  readonly quiet: ReadonlySignal<boolean>
  /** On an earlier visit one had seen all up to the message with this id. */
  sawBefore(id: string): void
  /** Shows the end and follows it. */
  follow(): void
  /** Stays where the reader is. */
  stay(): void
  showEarlier(): void
  showLater(): void
  /**
   * Shows the message with this id, and what stands around it, and gives it the focus unless told otherwise; as soon as it
   * comes, if it is not here yet and `wait` says so.
   */
  show(id: string, how?: { readonly wait?: boolean; readonly focus?: boolean }): void
  compose(what: Composing | null): void
  /** Begins to edit the last message of one's own. False when there is none. */
  editLast(): boolean
  /** What one was writing here and has not sent. */
  readonly draft: Draft
  /** Does something with the room at once; where the room refuses, its sentence is shown. */
  act(doing: (room: Room) => void): void
  say(notice: string): void
  /** Waits for what the room does; what goes wrong is shown. Gives whether it was done. */
  attempt(doing: Promise<void>): Promise<boolean>
  /** Asks for what the room holds to be drawn with the next frame. */
  refresh(): void
  /** Leaves the room. */
  close(): void
}
