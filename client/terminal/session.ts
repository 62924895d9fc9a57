import { type Member, type Room, RoomError } from '../room/types.ts'
import { undeliveredText, waitingText } from '../texts/terminal-text.ts'
import { changesBetween } from './changes.ts'
import type { Voice } from './voice.ts'

/** How long messages are gathered before they are told, in milliseconds, so that they come in order. */
const GATHER = 40
/** The same for what was said before one came: it comes from several members, some of whom take their time. */
const GATHER_HISTORY = 1_800
/** Later than this after coming, in milliseconds, even that is told as it comes. */
const HISTORY_LIMIT = 5_000

/** How long one may wait without a word about it, in milliseconds. */
const PATIENCE = 1_500

/** Without these the room was never entered, and won't be. */
const FATAL: readonly string[] = ['not-loaded', 'failed']

export interface SessionOptions {
  /** Told to a script. */
  readonly json: boolean
  /** Stay after the end of the input. */
  readonly stay: boolean
  /** How long to wait for somebody to take what was said, in milliseconds. */
  readonly wait: number
}

/** One visit to a room, from a command line: tells what happens through a voice, and knows when it is time to leave. */
export class Session {
  /** The exit code, once the room was left. */
  readonly over: Promise<number>
  readonly #room: Room
  readonly #voice: Voice
  readonly #options: SessionOptions
  readonly #fresh = new Set<string>()
  readonly #cameAt = Date.now()
  #members: readonly Member[] = []
  #gathering: NodeJS.Timeout | undefined
  #waiting: NodeJS.Timeout | undefined
  #patience: NodeJS.Timeout | undefined
  #isEnded = false
  /** Something that was to be said was not. */
  #isRefused = false
  #isLeaving = false
  #finish: (code: number) => void = () => {}

  constructor(room: Room, voice: Voice, options: SessionOptions) {
    this.#room = room
    this.#voice = voice
    this.#options = options
    this.over = new Promise((resolve) => {
      this.#finish = resolve
    })
    room.on('message', ({ key, at }) => {
      this.#fresh.add(key)
      this.#gather(at)
      if (this.#isEnded) this.#leaveIfSent()
    })
    room.on('member', (members) => this.#membersChanged(members))
    room.on('typing', ({ member, typing }) => {
      if (!this.#isLeaving) voice.typing(member, typing, room.members)
    })
    room.on('connection', (connection) => {
      if (!this.#isLeaving) voice.connection(connection, room)
    })
    room.on('moved', ({ url, member }) => {
      if (!this.#isLeaving) voice.moved(member, url)
    })
    room.on('error', (error) => {
      voice.problem(error)
      if (FATAL.includes(error.code)) void this.leave(1, true)
    })
  }

  /** Does something with the room; when it refuses, says why and goes on. */
  attempt(action: (room: Room) => void): void {
    if (this.#isLeaving) return
    try {
      action(this.#room)
    } catch (error) {
      if (!(error instanceof RoomError)) throw error
      this.refuse(error)
    }
  }

  /** Something that was to be said can't be: says why, and remembers it for the exit code. */
  refuse(problem: Parameters<Voice['problem']>[0]): void {
    this.#isRefused = true
    this.#voice.problem(problem)
  }

  /** There is nothing more to say: leaves as soon as somebody has what was said, unless told to stay. */
  end(stay = this.#options.stay): void {
    if (this.#isEnded || this.#isLeaving || stay) return
    this.#isEnded = true
    if (this.#leaveIfSent()) return
    this.#patience = setTimeout(() => this.#voice.hint(waitingText(this.#unsent)), PATIENCE)
    this.#waiting = setTimeout(() => {
      const alone = this.#room.connection.people === 0
      this.#voice.problem({ code: 'unsent', message: undeliveredText(this.#unsent, this.#options.wait / 1000, alone) })
      void this.leave(1, true)
    }, this.#options.wait)
  }

  /** Leaves the room; in a `hurry` without waiting for anything. */
  async leave(code: number, hurry = false): Promise<void> {
    clearTimeout(this.#waiting)
    clearTimeout(this.#patience)
    this.#tellMessages()
    this.#isLeaving = true
    await this.#room.leave({ hurry })
    this.#finish(code)
  }

  /** One's own messages that nobody else has yet. */
  get #unsent(): number {
    return this.#room.messages.filter(({ mine, state }) => mine && state === 'sending').length
  }

  #leaveIfSent(): boolean {
    if (this.#isLeaving) return true
    if (this.#unsent > 0) return false
    // With nobody there, there is nobody to wait for either.
    void this.leave(this.#isRefused ? 1 : 0, this.#room.connection.people === 0)
    return true
  }

  /** More of a history puts off what was gathered; of what is said now only the first counts. Scripts can sort by themselves. */
  #gather(at: number): void {
    const isHistory = !this.#options.json && at < this.#cameAt && Date.now() < this.#cameAt + HISTORY_LIMIT
    if (!isHistory && this.#gathering !== undefined) return
    clearTimeout(this.#gathering)
    this.#gathering = setTimeout(() => this.#tellMessages(), isHistory ? GATHER_HISTORY : GATHER)
  }

  #tellMessages(): void {
    clearTimeout(this.#gathering)
    this.#gathering = undefined
    if (this.#fresh.size === 0 || this.#isLeaving) return
    const messages = this.#room.messages.filter(({ key }) => this.#fresh.has(key))
    this.#fresh.clear()
    this.#voice.messages(messages)
  }

  #membersChanged(members: readonly Member[]): void {
    if (this.#isLeaving) return
    const before = this.#members
    this.#members = members
    const [former, me] = [before.find(({ me }) => me), members.find(({ me }) => me)]
    if (me?.id && (me.id !== former?.id || me.name !== former.name)) this.#voice.me(me)
    const changes = changesBetween(before, members)
    // Somebody's last words come before the word that they left.
    if (changes.length > 0) this.#tellMessages()
    for (const change of changes) this.#voice.change(change)
  }
}
