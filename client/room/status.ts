import type { LinkEnd } from '../net/link-options.ts'
import { somehowUnreachableText, tryingAgainText } from '../texts/fault-text.ts'
import { unprovenHereText } from '../texts/suspicion-text.ts'
import { type Connection, RoomError } from './types.ts'

/** How one is connected, to the server and to the others. Tells when that changed, and only then. */
export class Status {
  readonly #changed: (connection: Connection) => void
  #connection: Connection = {
    server: 'preparing',
    people: 0,
    indirect: 0,
    routes: {},
    connecting: 0,
    relays: 'any',
    problem: null,
  }
  /** Why the last attempt led to nothing, once it is known. */
  #why: string | null = null

  constructor(changed: (connection: Connection) => void) {
    this.#changed = changed
  }

  get connection(): Connection {
    return this.#connection
  }

  /** It is being connected to, has one on its list, or is away. */
  server(server: 'connecting' | 'connected' | 'away'): void {
    this.#change(server === 'connected' ? { server, problem: null } : { server })
  }

  /** The room was left. */
  left(): void {
    this.#change({ server: 'away', people: 0, indirect: 0, routes: {}, connecting: 0, problem: null })
  }

  /** The server refuses, and says why; or the room can't be entered at all. */
  refused(problem: RoomError): void {
    this.#change({ server: 'away', problem })
  }

  relays(relays: Connection['relays']): void {
    this.#change({ relays })
  }

  people(people: number, indirect: number, routes: Connection['routes']): void {
    this.#change({ people, indirect, routes })
  }

  /** `connecting` listed visits have no link; `end` says how an attempt at one, or a link, ended just now. */
  attempted(connecting: number, end: LinkEnd | null): void {
    const { problem } = this.#connection
    if (connecting === 0) this.#why = null
    if (connecting > 0 && (end === 'timeout' || end === 'failed'))
      this.#change({ connecting, problem: this.#unreachable })
    else if (end === 'hello')
      this.#change({
        connecting,
        problem: new RoomError('unproven', unprovenHereText),
      })
    else this.#change({ connecting, problem: connecting > 0 || problem?.code === 'refused' ? problem : null })
  }

  /** It is known why an attempt led to nothing. */
  unreachable(why: string): void {
    this.#why = why
    const { connecting, problem } = this.#connection
    if (connecting > 0 && problem?.code === 'unreachable') this.#change({ problem: this.#unreachable })
  }

  get #unreachable(): RoomError {
    return new RoomError('unreachable', tryingAgainText(this.#why ?? somehowUnreachableText))
  }

  #change(change: Partial<Connection>): void {
    const before = this.#connection
    const after = { ...before, ...change }
    if (
      after.server === before.server &&
      after.people === before.people &&
      after.indirect === before.indirect &&
      JSON.stringify(after.routes) === JSON.stringify(before.routes) &&
      after.connecting === before.connecting &&
      after.relays === before.relays &&
      after.problem?.message === before.problem?.message
    )
      return
    this.#connection = after
    this.#changed(after)
  }
}
