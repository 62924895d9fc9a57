/**
 * What `joinRoom()` gives and takes: plain data out, plain text in. The page uses this and nothing below it.
 * All times are milliseconds since the epoch; all ids are lower-case hex.
 */
import type { IceServer } from '../../signaling/protocol.ts'
import type { Path, Route } from '../net/route.ts'
import type { Timeline } from '../net/timeline.ts'
import type { Verdict, VerdictCode } from '../net/verdict.ts'
import type { Store } from '../store/store.ts'

export type { Path, Route, Timeline, Verdict, VerdictCode }

/** Why something can't be done: a code for programs and a sentence for people. */
export type RoomErrorCode =
  | 'bad-url' // what was given is no URL at all
  | 'bad-name' // the URL's room name is missing, too long or can't be decoded
  | 'bad-key' // the URL has a key that is not 22 characters of base64url
  | 'password' // the URL asks for a password, and none was given
  | 'not-loaded' // a part of the program could not be loaded
  | 'no-webrtc' // no RTCPeerConnection
  | 'empty' // nothing but white space
  | 'too-long' // a text above 16,000 UTF-16 units, a name above 40 characters
  | 'no-message' // there is no such message, or it was deleted
  | 'not-yours' // only its author may change a message
  | 'not-emoji' // a reaction that is not one emoji
  | 'left' // the room was left
  | 'failed' // the room can't be entered, for a reason that only a programmer can mend
  | 'refused' // the server refuses this client, and says why
  | 'unreachable' // somebody is in the room, but no link to them comes up
  | 'unproven' // somebody in the room could not prove who they are
  | 'tampered' // somebody tried to take over an open link, and was refused
  | 'forked' // somebody signed different messages for different people in one place
  | 'full' // one visit has written all that a room keeps of one
  | 'fixed' // the room's link, or the program that joined it, decides that
  | 'identity' // the identity could not be replaced, exported or imported
  | 'code-none' // what was pasted holds no code
  | 'code-other-kind' // an invite code where an answer code is wanted, or the other way round
  | 'code-damaged' // something of the code is missing or was changed
  | 'code-newer' // another version of this program made the code
  | 'code-foreign' // the code belongs to another room, or to one with another password
  | 'code-own' // one's own invite code
  | 'code-expired' // the code is older than it may be
  | 'code-used' // the code has let somebody in, or somebody is just coming in by it
  | 'code-unmatched' // the answer belongs to no invitation that waits here
  | 'code-linked' // one is connected to them already
  | 'code-failed' // no connection came up
  | 'no-network' // this device has no address that others could reach
  | 'store' // identity, name, people or conversation could not be read or kept on this device

export class RoomError extends Error {
  override readonly name = 'RoomError'
  constructor(
    readonly code: RoomErrorCode,
    message: string,
  ) {
    super(message)
  }
}

/** Why somebody's name is not to be trusted: somebody else bore it, or one that looks the same, before. */
export interface Caution {
  /** `other-key`: the very same name; `imitates`: one that is written otherwise and looks the same. */
  readonly kind: 'other-key' | 'imitates'
  /** The name of the other one. */
  readonly name: string
  /** Whether the other one is verified. */
  readonly verified: boolean
  /** Who the other one is: oneself, somebody known from before, or somebody as new as they. */
  readonly of: 'me' | 'known' | 'new'
}

/** What is known on this device of a person: by their key, whatever their name. */
export interface Standing {
  /** Safety numbers were compared. */
  readonly verified: boolean
  /** Nothing of theirs is shown. */
  readonly hidden: boolean
  /** Whether they were met on an earlier visit. */
  readonly known: 'new' | 'known'
  /** The name under which they were met on an earlier visit, when it was another. */
  readonly formerName: string | null
  readonly caution: Caution | null
}

/** A person in the room, whatever the number of pages that they have it open in. */
export interface Member extends Standing {
  /** The author: the person's public key. */
  readonly id: string
  readonly name: string
  /** Oneself. */
  readonly me: boolean
  /** `me`; `connected`: a direct link is open; `shaky`: nothing heard for a few seconds; `connecting`: a link is being made; `indirect`: in a large room, reached through others. */
  readonly state: 'me' | 'connected' | 'shaky' | 'connecting' | 'indirect'
  /** By which way, while a link to them is open and it was found out; else null. */
  readonly route: Route | null
  /** Why no link to them came up, when the last attempt led to nothing; else null. */
  readonly verdict: Verdict | null
  readonly typing: boolean
}

/** What a message said before it was edited. */
export interface Version {
  readonly text: string
  /** When it was written, by the author's clock. */
  readonly at: number
}

/** An emoji, and who reacted to a message with it, in the order in which they did. */
export interface Reaction {
  readonly emoji: string
  readonly people: readonly { readonly id: string; readonly name: string }[]
  /** Oneself is among them. */
  readonly mine: boolean
}

export interface Message {
  /** `moved`: the author made a new link and gave it to people who were here; it has no text. */
  readonly kind: 'text' | 'moved'
  /** Stays the same for as long as this room object lives: for drawing lists. */
  readonly key: string
  /** The entry's id, null until it is signed. */
  readonly id: string | null
  readonly author: string
  /** The author's present name. */
  readonly name: string
  readonly mine: boolean
  /** Of the author, as in `Standing`. */
  readonly verified: boolean
  readonly caution: Caution | null
  /** What it says now; empty once it was deleted. */
  readonly text: string
  /** Its author took it back. It stays as an empty place. */
  readonly deleted: boolean
  /** What it said before, the first version first; empty where it was never edited. */
  readonly versions: readonly Version[]
  /** When it was edited last, else null. */
  readonly editedAt: number | null
  /** The id of the message that it answers, which may not be here, or null. */
  readonly reply: string | null
  /** The emoji that was used first stands first. */
  readonly reactions: readonly Reaction[]
  /** The author's wall clock when writing, never later than when it arrived here. */
  readonly at: number
  /**
   * `sending`: only in this page's memory; `sent`: safe on this device's disk, or at least one other member has it;
   * `delivered`: every present member had it; `received`: somebody else's.
   */
  readonly state: 'sending' | 'sent' | 'delivered' | 'received'
  /** How many other people are known to have held it at some time; 0 for somebody else's. */
  readonly reached: number
}

/** Somebody who has one's own message, or is there and lacks it. */
export interface Receiver {
  readonly id: string
  readonly name: string
  readonly has: boolean
}

/** What of the conversation is kept on this device. */
export interface Keeping {
  /** It is kept, with what comes. */
  readonly on: boolean
  /** Signed entries on the disk: messages, and names that people took. */
  readonly entries: number
  /** What they take there, about. */
  readonly bytes: number
  /** Why nothing can be kept that should be, or null. */
  readonly problem: RoomError | null
}

/** Whether connections go through relays (TURN) only, so that others don't see one's address. */
export interface RelaysOnly {
  readonly on: boolean
  /** The room's link, or the program that joined it, decides: it can't be changed here. */
  readonly fixed: boolean
}

export interface Connection {
  /**
   * The signaling server: `preparing` while identity and the room's secrets are worked out, `connecting` for the first
   * time, `connected`, or `away`, being tried again.
   */
  readonly server: 'preparing' | 'connecting' | 'connected' | 'away'
  /** Other people with an open link. */
  readonly people: number
  /** Other people who are reached through others, as in large rooms. */
  readonly indirect: number
  /** How many of them are reached by which way, as far as that was found out. */
  readonly routes: Readonly<Partial<Record<Route, number>>>
  /** Peers to which a link is being made. */
  readonly connecting: number
  /** What connections may go through: `any` route, relays `only`, or relays only while there are none: `missing`. */
  readonly relays: 'any' | 'only' | 'missing'
  /** What stands in the way and wants to be told, or null. */
  readonly problem: RoomError | null
}

/** How one is connected to somebody, or why not. It may be shown to anybody: no address, name, key or whole id is in it. */
export interface Inspection {
  /** One for each page that they have the room open in. */
  readonly visits: readonly InspectedVisit[]
}

export interface InspectedVisit {
  /** The first digits of its peer id: on its own page, it is the same. */
  readonly visit: string
  /** The path of the open link; null while there is none. */
  readonly path: Path | null
  readonly verdict: Verdict | null
  /** That of the open link, then those under way, then the last that led to nothing. */
  readonly attempts: readonly Timeline[]
}

/** An invitation that people carry, without the server: for one newcomer. */
export interface Invitation {
  /** The invite code, for the newcomer. Only who has the room's link can use it. */
  readonly code: string
  readonly expiresAt: number
  cancel(): void
}

/** The newcomer's side of an invitation. */
export interface Acceptance {
  /** The answer code, for who made the invite code. */
  readonly code: string
  readonly expiresAt: number
  /** The inviter, once connected. Rejects with RoomError `code-expired` or `code-failed`. */
  readonly joined: Promise<Member>
  cancel(): void
}

export interface RoomEvents {
  /** A message came, or one changed. `room.messages` holds it already. */
  message: Message
  /** Somebody came, left, changed name, state or typing. `room.members` is up to date. */
  member: readonly Member[]
  /** `room.connection` changed. */
  connection: Connection
  /** Somebody began or stopped typing. */
  typing: { readonly member: Member; readonly typing: boolean }
  /** A member made a new link for the room, and gave it to this one. One a minute from each is told. */
  moved: { readonly url: string; readonly member: Member }
  /** `room.keeping` changed. */
  keeping: Keeping
  /** Here or in another tab the room was forgotten on this device. It is left then. */
  forgotten: null
  /** Something that a person should hear of; the room goes on. */
  error: RoomError
  /** The room was left; nothing follows. */
  left: null
}

export interface Room {
  /** The room's name, from the URL. */
  readonly name: string
  /** All that the server ever learns of the room, in hex: a hash of its secret. Empty until that is worked out. */
  readonly topic: string
  /** Whether the room has no key: anyone who guesses the name can come in. */
  readonly isOpen: boolean
  /** Whether people need a password on top of the link. */
  readonly hasPassword: boolean
  /** The URL that lets others in: name, key and options; never a password. */
  readonly inviteUrl: string
  /** Oneself. `id` is empty and `name` may be empty until the identity is loaded. */
  readonly me: Member
  /** People in the room, oneself first, then by name. */
  readonly members: readonly Member[]
  /** The conversation in display order, the same at every member. */
  readonly messages: readonly Message[]
  readonly connection: Connection
  /** What of the conversation is kept on this device. Rooms with a key are, unless the person chose otherwise. */
  readonly keeping: Keeping
  /** Calls `handler` on every such event until the returned function is called. */
  on<E extends keyof RoomEvents>(event: E, handler: (detail: RoomEvents[E]) => void): () => void
  /** The message with an id, or null: it may be thinned, hidden, or not have come yet. */
  message(id: string): Message | null
  /**
   * Sends a text of 1 to 16,000 UTF-16 units to everyone, now and to those who come later; as a `reply` to the message with
   * that id, if given. Returns the message at once.
   * @throws RoomError `empty`, `too-long`, `no-message`, `full` or `left`; nothing was sent then
   */
  send(text: string, how?: { readonly reply?: string }): Message
  /**
   * Gives a message of one's own another text. Everybody can see what it said before.
   * @throws RoomError as `send` does, or `not-yours`
   */
  edit(messageId: string, text: string): void
  /**
   * Takes a message of one's own back, and what it said before: Earshot forgets the text wherever this reaches. What
   * somebody read or copied they keep.
   * @throws RoomError `no-message`, `not-yours`, `full` or `left`
   */
  delete(messageId: string): void
  /**
   * Reacts to anybody's message with an emoji, or takes that back. Nothing happens where it is so already.
   * @throws RoomError `no-message`, `not-emoji`, `full` or `left`
   */
  react(messageId: string, emoji: string, on: boolean): void
  /**
   * Changes one's name, 1 to 40 characters after trimming; it is remembered on this device.
   * @throws RoomError `empty`, `too-long` or `left`
   */
  setName(name: string): void
  /** Tells the others whether one is typing. Call it on every keystroke if you like: it is paced here, and it ends by itself. */
  setTyping(typing: boolean): void
  /**
   * Tells how one is connected to a member, at once and then about twice a second, until the returned function is called;
   * only meanwhile connections are asked for statistics. `null`: to those who are there and have not introduced themselves
   * yet. Where the part of the program for it can't be had, an `error` event `not-loaded` tells.
   */
  inspect(memberId: string | null, handler: (inspection: Inspection) => void): () => void
  /**
   * Makes a new link for the room, with a fresh key and the same name, and gives it to those of the members whose ids these
   * are and whose link is open: to each over that link, and to nobody else. The room tells everybody that there is one.
   * Nobody is taken there: join it yourself. `password`: it asks for a password, which goes with no link.
   * @returns the new URL
   * @throws RoomError `left`
   */
  newLink(how: { readonly members: readonly string[]; readonly password: boolean }): string
  /**
   * The number to compare with a member: sixty digits in twelve groups, the same on both sides.
   * @throws RoomError `failed` when there is no such member, or one's identity is not loaded yet
   */
  safetyNumber(memberId: string): Promise<string>
  /**
   * Remembers on this device that safety numbers were compared with a member, or that it no longer counts. Holds at once;
   * resolves when it is kept, or can't be, of which an `error` event tells.
   * Rejects with RoomError `failed` when there is no such member, `store` when nothing of people could be loaded.
   */
  setVerified(memberId: string, verified: boolean): Promise<void>
  /**
   * Hides everything of a member, and from now on; or shows it all again. Works for authors who left, too. Remembered as
   * `setVerified` does, and rejects as it.
   */
  setHidden(memberId: string, hidden: boolean): Promise<void>
  /**
   * Who has one's own message with this id: everybody who is there, and who left with it. Empty for any other message.
   * Of what was said on earlier visits, only as far as it was told.
   */
  receivers(messageId: string): readonly Receiver[]
  /**
   * Keeps the conversation on this device, or removes what is kept of it and keeps no more; remembered for this room, in all
   * tabs. Rejects with RoomError `store` when that can't be done; nothing changed then.
   */
  setKeeping(on: boolean): Promise<void>
  /** See `connection.relays` for whether it can be met. */
  readonly relaysOnly: RelaysOnly
  /**
   * Uses relays only, or any route again, in all rooms on this device: here at once, elsewhere from the next visit on. Links
   * are made anew; one that no relay can carry ends after 15 s. Rejects with RoomError `fixed`, and nothing changed; or
   * `store`, and it holds for this visit only.
   */
  setRelaysOnly(on: boolean): Promise<void>
  /**
   * Removes all that is kept of this room on this device, and leaves it: in all tabs. Rejects with RoomError `store` when
   * that can't be done; one is still in the room then.
   */
  forget(): Promise<void>
  /**
   * Makes an invite code for one newcomer who has the room's link, for when the server can't introduce them. It takes up to
   * some seconds; several may wait at once.
   * Rejects with RoomError `left`, `failed`, `not-loaded` or `no-network`.
   */
  invite(): Promise<Invitation>
  /**
   * Takes what a newcomer's page made out of an invite code of this page; text around it does no harm. Resolves with the
   * newcomer, once connected.
   * Rejects with RoomError `code-…`, `left`, `failed` or `not-loaded`.
   */
  takeAnswer(text: string): Promise<Member>
  /**
   * The newcomer's side: makes an answer code out of an invite code; text around it does no harm.
   * Rejects with RoomError `code-…`, `left`, `failed`, `not-loaded` or `no-network`.
   */
  acceptInvite(text: string): Promise<Acceptance>
  /**
   * The conversation as a file with all signatures: JSON, which `npm run verify-export` checks. No key is in it; whoever
   * has it can read all that was said. Rejects with RoomError `not-loaded`, or `failed` before the room is entered.
   */
  transcript(): Promise<string>
  /**
   * Checks the server and all links at once: after sleep, when the page is shown again, or when the `network` changed; then
   * new paths are looked for as well.
   */
  wake(what?: { readonly network?: boolean }): void
  /**
   * Says bye, closes every link and the socket. The room can't be used after it. What is with nobody yet gets up to 5 s to
   * reach somebody before, unless it is kept here and nobody is there. In a `hurry`, as on a page that is being closed, all
   * but what is written to the disk is done before it returns.
   */
  leave(how?: { readonly hurry?: boolean }): Promise<void>
}

export interface RoomOptions {
  /** One's name; otherwise the remembered one, otherwise one is picked. */
  readonly name?: string
  /** Needed for a URL that asks for one (`?p`); without meaning for any other. A wrong one leads to another room. */
  readonly password?: string
  /** STUN and TURN servers instead of those that the signaling server gives. */
  readonly iceServers?: readonly IceServer[]
  /** `relay`: only through TURN, so that members don't see each other's addresses. */
  readonly iceTransportPolicy?: RTCIceTransportPolicy
  /** Where identity, name, what is known of people and conversations are kept. Default: IndexedDB in a page, memory elsewhere. */
  readonly store?: Store
  /** For platforms that have none of their own, such as Node. */
  readonly RTCPeerConnection?: typeof globalThis.RTCPeerConnection
  readonly WebSocket?: typeof globalThis.WebSocket
}
