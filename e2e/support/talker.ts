/** What anybody in a room does and sees, whichever browser they use: tests of several browsers speak in these words. */
/** What is shown of a safety number. */
export const SAFETY_NUMBER = /^\d{5}( \d{5}){11}$/

export interface Talker {
  /** The room's URL, as the address bar shows it. */
  readonly url: string

  /** Writes a message and sends it with Enter. Line breaks stay. */
  say(text: string): Promise<void>

  /** Waits until this text stands in exactly one message. */
  sees(text: string): Promise<void>

  /** Waits until exactly these messages are shown, in this order. */
  reads(texts: readonly string[]): Promise<void>

  /** Waits until the one message with this text is said to be by this author. */
  seesBy(author: string, text: string): Promise<void>

  /** Waits until one's message with this text is said to be delivered to everybody who is there. */
  delivered(text: string): Promise<void>

  /** Waits until exactly these people are in the room, oneself among them. */
  isWith(...names: string[]): Promise<void>

  /** Waits until the status of the connection says this, or, with `not`, until it doesn't any more. */
  isTold(pattern: RegExp, options?: { readonly not?: boolean }): Promise<void>

  /** Takes another name through the settings, and waits until it is shown. */
  rename(name: string): Promise<void>

  /** What the dialog of a member shows to compare. */
  safetyNumber(name: string): Promise<string>

  reload(): Promise<void>

  /** Closes the tab as people do: the page gets to say goodbye. */
  closeTab(): Promise<void>

  /** The browser dies at once, with all its pages. */
  kill(): Promise<void>

  /**
   * Begins to record every state of the list of members that this page ever shows, however short.
   * @returns a function that gives the states so far, each as the texts of its items
   */
  recordMembers(): Promise<() => Promise<string[][]>>
}
