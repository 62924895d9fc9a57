import { randomBytes, toHex } from '../crypto/bytes.ts'
import type { CandidateFacts } from './candidate.ts'
import type { Path as Way } from './route.ts'
import type { Signal } from './signal.ts'
import { type Item, Pipe } from './simulated-pipe.ts'
import type { Time } from './time.ts'
import { LOW_WATER, type Transport, type TransportEvents, type TransportFactory } from './transport.ts'

/** What lies between two machines. Times in milliseconds. */
export interface Path {
  readonly delay: number
  /** A random part of this is added to each delay. */
  readonly jitter: number
  /** Infinity where nothing has to wait for its turn. */
  readonly bytesPerMs: number
  /** Which part of what is not sent again gets lost, 0 to 1. */
  readonly loss: number
}

const PATH: Path = { delay: 5, jitter: 0, bytesPerMs: Number.POSITIVE_INFINITY, loss: 0 }

/** As Chromium does it: `disconnected` when nothing was answered for so long, `failed` after so much longer. */
const QUIET_AFTER = 5_000
const FAILED_AFTER = 15_000
/** How long it takes until lost packets are sent again, once a path is back. */
const RESEND_AFTER = 200

const CANDIDATE = 'candidate:1 1 udp 2113937151 192.0.2.1 50000 typ host'
const FACTS: CandidateFacts = { kind: 'host', protocol: 'udp', address: 'private', family: 4 }

/** A program on a machine in the network. */
export class Host {
  readonly transport: TransportFactory
  readonly time: Time
  /** The machine: programs on the same one are reached in the same way. */
  readonly place: number
  /** Rises when it gets another address. */
  address = 0
  /** When it went to sleep or was switched off; null while it is on. */
  stoppedAt: number | null = null

  constructor(time: Time, place: number, transport: (host: Host) => TransportFactory) {
    this.time = time
    this.place = place
    this.transport = transport(this)
  }
}

/** Over which addresses a connection goes, and which credentials of both sides found it. */
interface Route {
  readonly credentials: string
  readonly addresses: ReadonlyMap<Host, number>
}

interface End {
  readonly host: Host
  readonly events: TransportEvents
  readonly initiator: boolean
  readonly id: string
  readonly fingerprint: string
  readonly pipe: Pipe
  other: End | null
  phase: 'new' | 'open' | 'over'
  isOpening: boolean
  /** ICE credentials of both sides, by a number; 0 while there are none. */
  local: number
  remote: number
  remoteSdp: string
  isOffering: boolean
  hasCandidate: boolean
  route: Route | null
  /** The credentials for which a route is being looked for right now. */
  checking: string
  isQuiet: boolean
  cancelQuiet: (() => void) | null
}

/**
 * A network of simulated connections: descriptions and candidates find each other as WebRTC's do, in the time that is given.
 * What is cut off arrives once it is cut off no longer; both sides see it as quiet and then as failed.
 */
export class SimulatedNetwork {
  readonly #time: Time
  readonly #ends = new Map<string, End>()
  readonly #cuts = new Map<string, number>()
  readonly #mutes = new Map<string, number>()
  readonly #paths = new Map<string, Path>()
  #places = 0
  #credentials = 0
  #isUp = true
  /** Connections made so far, and those that are not over; both sides are counted. */
  made = 0
  alive = 0

  /** A transport for one peer on a machine of no interest. The other side may belong to any peer of this network. */
  readonly transport: TransportFactory

  constructor(time: Time) {
    this.#time = time
    this.transport = this.host(time).transport
  }

  /** Whether anything gets through at the moment, between whomever. */
  get isUp(): boolean {
    return this.#isUp
  }

  set isUp(isUp: boolean) {
    this.#isUp = isUp
    this.review()
  }

  /** A place for a machine. */
  place(): number {
    return this.#places++
  }

  /** A new program at a place of its own, or at the one given. Its events come by `time`, so that they wait while it sleeps. */
  host(time: Time, place = this.place()): Host {
    return new Host(time, place, (self) => (initiator, _config, events) => this.#open(self, initiator, events))
  }

  /** Lets nothing through between two places, until the returned function is called. Cuts add up. */
  cut(a: number, b: number): () => void {
    return this.#count(this.#cuts, keyOf(a, b))
  }

  /** Lets no message through between two places, though both sides see them connected, until the returned function is called. */
  mute(a: number, b: number): () => void {
    return this.#count(this.#mutes, keyOf(a, b))
  }

  #count(counts: Map<string, number>, key: string): () => void {
    const change = (by: number) => {
      counts.set(key, (counts.get(key) ?? 0) + by)
      this.review()
    }
    change(1)
    let isOver = false
    return () => {
      if (!isOver) change(-1)
      isOver = true
    }
  }

  /** The way between two places is as `path` says from now on. */
  lay(a: number, b: number, path: Partial<Path>): void {
    this.#paths.set(keyOf(a, b), { ...PATH, ...path })
  }

  /** Breaks the routes between two places, so that only an ICE restart or a new connection finds another. */
  breakRoutes(a: number, b: number): void {
    for (const end of this.#ends.values())
      if (end.route && end.other && keyOf(end.host.place, end.other.host.place) === keyOf(a, b))
        end.route = end.other.route = { ...end.route, addresses: new Map() }
    this.review()
  }

  /** The machine gets another address. */
  move(host: Host): void {
    host.address++
    this.review()
  }

  /** The machine goes to sleep or is switched off: what has left it by now arrives, nothing else does. */
  stop(host: Host): void {
    host.stoppedAt ??= this.#time.now()
    this.review()
  }

  /** The machine goes on where it was. */
  resume(host: Host): void {
    host.stoppedAt = null
    this.review()
  }

  /** The machine is there no more, nor is anything on it. */
  remove(host: Host): void {
    this.stop(host)
    for (const end of [...this.#ends.values()]) {
      if (end.host !== host) continue
      end.pipe.keep((item) => item.leavesAt <= this.#time.now())
      this.#end(end)
    }
  }

  /** Open connections, each once: the machines at their ends, and whether anything passes at the moment. */
  get open(): readonly { readonly hosts: readonly [Host, Host]; readonly passes: boolean }[] {
    return [...this.#ends.values()].flatMap((end) =>
      end.initiator && end.phase === 'open' && end.other?.phase === 'open'
        ? [{ hosts: [end.host, end.other.host] as const, passes: this.#passes(end) }]
        : [],
    )
  }

  /** Looks at every connection again, since what lies between machines changed. */
  review(): void {
    for (const end of [...this.#ends.values()]) this.#review(end)
  }

  #open(host: Host, initiator: boolean, events: TransportEvents): Transport {
    const end: End = {
      host,
      events,
      initiator,
      id: toHex(randomBytes(8)),
      fingerprint: newFingerprint(),
      pipe: new Pipe(this.#time),
      other: null,
      phase: 'new',
      isOpening: false,
      local: 0,
      remote: 0,
      remoteSdp: '',
      isOffering: false,
      hasCandidate: false,
      route: null,
      checking: '',
      isQuiet: false,
      cancelQuiet: null,
    }
    end.pipe.deliver = (item) => this.#deliver(end, item)
    this.#ends.set(end.id, end)
    this.made++
    this.alive++
    if (initiator) host.time.after(1, () => this.#describe(end, 'offer'))
    return {
      signal: (signal) => this.#signal(end, signal),
      // Nothing here depends on servers.
      configure: () => {},
      restart: () => host.time.after(1, () => this.#describe(end, 'offer')),
      send: (data) => this.#send(end, data),
      sendFleeting: (data) => this.#sendFleeting(end, data),
      get unsent() {
        return end.pipe.unsent
      },
      get descriptions() {
        return end.local && end.remoteSdp ? { local: sdpOf(end), remote: end.remoteSdp } : null
      },
      look: async () => (end.phase === 'open' && end.other ? pathOver(this.#path(end, end.other)) : null),
      destroy: () => this.#destroy(end),
    }
  }

  #signal(end: End, signal: Signal): void {
    if (end.phase === 'over') return
    if (signal.type === 'candidate') {
      end.hasCandidate = true
      end.events.seen?.({ type: 'candidate', whose: 'other', facts: FACTS })
      if (end.other) this.#review(end)
      return
    }
    const { type, sdp } = signal.description
    const [id = '', credentials = '0'] = /a=ice-ufrag:(\w+)\/(\d+)/.exec(sdp)?.slice(1) ?? []
    if (sdp.includes('a=candidate:')) end.hasCandidate = true
    const other = this.#ends.get(id)
    // As simple-peer does when a description is out of turn.
    if (type === 'answer' && !end.isOffering) {
      this.#fail(end)
      return
    }
    if (!other) return
    end.events.seen?.({ type: 'described', whose: 'other' })
    end.isOffering = false
    if (type === 'offer' && end.remote !== Number(credentials)) end.local = 0
    end.other = other
    end.remote = Number(credentials)
    end.remoteSdp = sdp
    if (type === 'offer') end.host.time.after(1, () => this.#describe(end, 'answer'))
    else this.#review(end)
  }

  #describe(end: End, type: 'offer' | 'answer'): void {
    if (end.phase === 'over') return
    if (type === 'offer' || end.local === 0) end.local = ++this.#credentials
    if (type === 'offer') end.isOffering = true
    end.events.seen?.({ type: 'described', whose: 'own' })
    end.events.seen?.({ type: 'candidate', whose: 'own', facts: FACTS })
    end.events.seen?.({ type: 'gathered' })
    end.events.signal({ type: 'description', description: { type, sdp: sdpOf(end) } })
    end.events.signal({ type: 'candidate', candidate: { candidate: CANDIDATE, sdpMid: '0', sdpMLineIndex: 0 } })
    end.events.gathered?.()
    this.#review(end)
  }

  /** Looks for a route with the present credentials of both sides, unless one was found with these. */
  #check(end: End, other: End): void {
    const credentials = credentialsOf(end)
    const agree = end.local === other.remote && end.remote === other.local && end.local > 0 && end.remote > 0
    if (!agree || !(end.hasCandidate || other.hasCandidate) || end.route?.credentials === credentials) return
    if (end.checking === credentials || !this.#isConnected(end, other)) return
    end.checking = other.checking = credentials
    this.#time.after(this.#delay(end, other), () => {
      if (end.checking !== credentials) return
      end.checking = other.checking = ''
      if (credentialsOf(end) !== credentials || end.phase === 'over' || other.phase === 'over') return
      if (!this.#isConnected(end, other)) return
      const addresses = new Map([end, other].map(({ host }) => [host, host.address]))
      end.route = other.route = { credentials, addresses }
      for (const side of [end, other]) this.#connect(side)
      this.#review(end)
      this.#review(other)
    })
  }

  #connect(end: End): void {
    if (end.phase !== 'new' || end.isOpening) return
    end.isOpening = true
    end.events.seen?.({ type: 'ice', state: 'connected' })
    end.host.time.after(this.#delay(end, end.other ?? end), () => {
      if (end.phase !== 'new') return
      end.phase = 'open'
      end.events.seen?.({ type: 'secured' })
      end.events.open()
      this.#review(end)
      end.other?.pipe.resume(0)
    })
  }

  #review(end: End): void {
    const { other } = end
    if (end.phase === 'over' || !other) return
    if (other.other === end && other.phase !== 'over') this.#check(end, other)
    if (end.phase !== 'open') return
    const { time } = end.host
    if (!this.#passes(end)) {
      if (end.cancelQuiet) return
      const cancels = [
        time.after(QUIET_AFTER, () => this.#setQuiet(end, true)),
        time.after(FAILED_AFTER, () => this.#fail(end)),
      ]
      end.cancelQuiet = () => {
        for (const cancel of cancels) cancel()
      }
    } else if (end.cancelQuiet) {
      end.cancelQuiet()
      end.cancelQuiet = null
      time.after(60, () => end.phase === 'open' && this.#passes(end) && this.#setQuiet(end, false))
      end.pipe.resume(RESEND_AFTER)
      other.pipe.resume(RESEND_AFTER)
    } else if (!this.#isMute(end, other)) end.pipe.resume(RESEND_AFTER)
  }

  #setQuiet(end: End, quiet: boolean): void {
    if (end.isQuiet === quiet) return
    end.isQuiet = quiet
    end.events.quiet(quiet)
  }

  /** Whether packets come and go between the ends. */
  #passes(end: End): boolean {
    const { other } = end
    return other !== null && other.phase !== 'over' && this.#isConnected(end, other) && isOnRoute(end)
  }

  /** Whether anything could come and go between the machines. */
  #isConnected(end: End, other: End): boolean {
    return end.host.stoppedAt === null && other.host.stoppedAt === null && !this.#isCut(end, other)
  }

  #isMute(end: End, other: End): boolean {
    return (this.#mutes.get(keyOf(end.host.place, other.host.place)) ?? 0) > 0
  }

  #isCut(end: End, other: End): boolean {
    return !this.#isUp || (this.#cuts.get(keyOf(end.host.place, other.host.place)) ?? 0) > 0
  }

  #send(end: End, data: Uint8Array): void {
    const { other } = end
    if (end.phase === 'open' && other) end.pipe.push(data, this.#delay(end, other), this.#path(end, other).bytesPerMs)
  }

  #sendFleeting(end: End, data: Uint8Array): void {
    const { other } = end
    if (end.phase !== 'open' || !other || !this.#passes(end) || this.#isMute(end, other)) return
    if (this.#time.random() < this.#path(end, other).loss) return
    this.#time.after(this.#delay(end, other), () => {
      if (other.phase === 'open' && other.host.stoppedAt === null && !this.#isCut(end, other))
        other.events.message(data, true)
    })
  }

  /** Gives the first of what is on its way to the other side, if it can get there now. */
  #deliver(end: End, { data, bytes, leavesAt }: Item): boolean {
    const { other } = end
    // Nobody sends again what a closed connection lost.
    const isLost = end.phase === 'over'
    if (!other || other.phase === 'new' || this.#isCut(end, other) || !isOnRoute(end)) return isLost
    if (this.#isMute(end, other)) return isLost
    if (other.host.stoppedAt !== null || leavesAt > (end.host.stoppedAt ?? Number.POSITIVE_INFINITY)) return isLost
    if (other.phase === 'open') {
      if (data) other.events.message(data, false)
      else this.#close(other)
    }
    const isLow = end.pipe.unsent - bytes <= LOW_WATER
    if (isLow && end.pipe.unsent > LOW_WATER) this.#time.after(0, () => end.phase === 'open' && end.events.drain())
    return true
  }

  #destroy(end: End): void {
    if (end.phase === 'over') return
    const now = this.#time.now()
    end.pipe.keep((item) => item.leavesAt <= now)
    if (end.other && end.phase === 'open' && this.#passes(end)) end.pipe.push(null, this.#delay(end, end.other), 1)
    this.#end(end)
  }

  #close(end: End): void {
    this.#end(end)
    end.events.end('remote')
  }

  #fail(end: End): void {
    if (end.phase === 'over') return
    this.#end(end)
    end.events.end('failed')
  }

  #end(end: End): void {
    end.phase = 'over'
    end.cancelQuiet?.()
    this.alive--
    this.#ends.delete(end.id)
    if (end.other) this.#review(end.other)
  }

  #path(end: End, other: End): Path {
    return this.#paths.get(keyOf(end.host.place, other.host.place)) ?? PATH
  }

  #delay(end: End, other: End): number {
    const { delay, jitter } = this.#path(end, other)
    return jitter === 0 ? delay : Math.round(delay + this.#time.random() * jitter)
  }
}

const pathOver = ({ delay }: Path): Way => ({ route: 'network', rtt: 2 * delay, own: FACTS, other: FACTS })

const keyOf = (a: number, b: number): string => (a < b ? `${a} ${b}` : `${b} ${a}`)

const isOnRoute = ({ route }: End): boolean =>
  route !== null &&
  route.addresses.size > 0 &&
  [...route.addresses].every(([host, address]) => host.address === address)

const credentialsOf = ({ local, remote }: End): string => (local < remote ? `${local} ${remote}` : `${remote} ${local}`)

const sdpOf = ({ id, local, fingerprint }: End): string =>
  [
    'v=0',
    `a=ice-ufrag:${id}/${local}`,
    'a=ice-pwd:nothing+is+checked+here',
    `a=fingerprint:sha-256 ${fingerprint}`,
    'a=setup:actpass',
    'a=mid:0',
    '',
  ].join('\r\n')

const newFingerprint = (): string =>
  [...randomBytes(32)].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':')
