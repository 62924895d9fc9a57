import type { RoomAddress } from '../net/room-url.ts'
import type { Host } from '../net/simulated-transport.ts'
import { Connections } from '../room/connections.ts'
import { LiveRoom } from '../room/live-room.ts'
import type { Message, RoomError } from '../room/types.ts'
import type { World } from '../room/world.ts'
import type { Store } from '../store/store.ts'
import type { Disk } from './disk.ts'
import type { Liar } from './liar.ts'
import type { LocalTime } from './local-time.ts'
import { platform } from './platform.ts'
import type { Access } from './server.ts'

export interface VisitParts {
  /** How it is called in the trace. */
  readonly label: string
  readonly name: string
  readonly url: string
  readonly address: RoomAddress
  readonly store: Store
  readonly disk: Disk
  readonly time: LocalTime
  readonly startedAt: number
  readonly host: Host
  readonly access: Access
  readonly WebSocket: typeof globalThis.WebSocket
  readonly liar: Liar
  /** How many entries it keeps at most; null for as many as a real room. */
  readonly limit: number | null
  readonly events: {
    message(visit: Visit, message: Message): void
    error(visit: Visit, error: RoomError): void
    told(visit: Visit, what: string): void
  }
}

/** Where history is thinned, it may be once it is this old, in milliseconds. */
const RECENT = 2_000

/** One page of somebody's: the real room in a simulated world. */
export class Visit {
  readonly label: string
  readonly room: LiveRoom
  readonly time: LocalTime
  readonly host: Host
  readonly access: Access
  readonly liar: Liar
  /** Where it keeps what it holds. */
  readonly disk: Disk
  /** Its log keeps so few entries that history is thinned. */
  readonly isThinned: boolean
  /** What was said on it and shown as sent, which means safe, and when, in simulated time. */
  readonly safe = new Map<string, number>()
  /** What was said on it, in this order. */
  readonly said: string[] = []
  /** For each of these what was shown last when it was said, if anything was: it comes before. */
  readonly saidAfter: (string | undefined)[] = []
  /** When it began, in simulated time. */
  readonly startedAt: number
  /** When it ended, in simulated time; null while it is there. */
  endedAt: number | null = null
  /** It ended without a word. */
  hasCrashed = false

  constructor({
    label,
    name,
    url,
    address,
    store,
    disk,
    time,
    startedAt,
    host,
    access,
    WebSocket,
    liar,
    limit,
    events,
  }: VisitParts) {
    this.label = label
    this.time = time
    this.host = host
    this.access = access
    this.startedAt = startedAt
    this.liar = liar
    this.disk = disk
    this.isThinned = limit !== null
    this.room = new LiveRoom(
      url,
      address,
      {
        name,
        store,
        WebSocket,
        // The transport below stands for it.
        RTCPeerConnection: Object as unknown as typeof globalThis.RTCPeerConnection,
      },
      {
        time,
        ...limitsOf(limit),
        load: async () => ({ platform, transport: liar.transport(host.transport), Connections }),
      },
    )
    this.room.on('message', (message) => events.message(this, message))
    this.room.on('error', (error) => events.error(this, error))
    this.room.on('member', (members) =>
      events.told(this, `members ${members.map((member) => `${member.name}/${member.state}`).join(' ')}`),
    )
    this.room.on('connection', ({ server, people, connecting }) =>
      events.told(this, `server ${server}, people ${people}, connecting ${connecting}`),
    )
  }

  /** The peer id in hex, empty until it is known. */
  get peer(): string {
    return this.room.inside.peer
  }

  /** The visits with an open link, by their peer ids. */
  get linked(): readonly string[] {
    return this.room.inside.linked
  }

  /** The visits that count for what is delivered. */
  get counted(): readonly string[] {
    return this.room.inside.counted
  }

  get isHere(): boolean {
    return this.endedAt === null
  }

  get log() {
    return this.room.inside.log
  }

  /** Whether its log has this entry. */
  holds(chain: string, seq: number): boolean {
    return this.log.last(chain) >= seq
  }
}

const limitsOf = (limit: number | null): Pick<World, 'limits'> =>
  limit === null ? {} : { limits: { entries: limit, bytes: 32 * 1024 * 1024, recent: RECENT } }
