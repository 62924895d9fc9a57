import type { End } from './breakable.ts'
import type { Report, Told } from './wire.ts'

/** One life of a member: a process or a page that comes into the room, and stays until it is killed. */
export interface Member {
  /** Nobody else's, nor of an earlier life's in the same slot unless it is the same person. */
  readonly name: string
  /** Unique: what begins all that it says. */
  readonly life: string
  readonly slot: number
  /** Comes into the room, which can take until the server is there. Resolves when it can speak; false when it was killed before. */
  start(): Promise<boolean>
  /** Dies at once. */
  kill(): Promise<void>
  /** The connections that it has. Empty when it is dead. */
  ends(): Promise<readonly End[]>
  /** Breaks one of them. */
  cut(how: 'close' | 'mute', connection: number): Promise<void>
  setPlugged(isPlugged: boolean): Promise<void>
  /** Says nothing any more. */
  hush(): Promise<void>
  /** What it shows. `whole`: all of the conversation, otherwise as much of its end as is quick to tell. */
  report(whole: boolean): Promise<Report>
}

export interface MemberOptions {
  readonly url: string
  readonly name: string
  readonly life: string
  readonly slot: number
  /** Milliseconds between two messages. */
  readonly every: number
  /** A folder for event logs. */
  readonly folder: string
  /** It told something. */
  told(told: Told): void
}
