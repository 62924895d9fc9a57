import type { Refusal, Sight } from './attempt-log.ts'
import { type Candidate, candidatesIn, readCandidate } from './candidate.ts'
import { readIceUrl } from './ice-url.ts'
import { type Outside, type Path, pathOf } from './route.ts'
import type { Signal } from './signal.ts'

export type Observed = InstanceType<typeof globalThis.RTCPeerConnection>

/** Addresses outside that are remembered of each side, and ports of the other. */
const MOST_REMEMBERED = 16

/** Reads the event `icecandidateerror` (W3C WebRTC, section 4.8.1.3), of which only what no address can be in is kept. */
export function readRefusal(url: unknown, code: unknown, text: unknown): Refusal | null {
  const server = typeof url === 'string' ? readIceUrl(url) : null
  if (!server || typeof code !== 'number') return null
  const isPlain = typeof text === 'string' && /^[a-z ,'()-]{1,80}\.?$/i.test(text)
  return { ...server, code, text: isPlain ? text : '' }
}

/** Sees what becomes of a connection. It notes; nothing is asked of the connection until `look`. */
export class Observer {
  readonly #connection: Observed
  readonly #seen: (sight: Sight) => void
  /** Addresses outside of a NAT, to be compared: they leave here for nowhere. */
  readonly #outside = { own: new Set<string>(), other: new Set<string>() }
  readonly #hostPorts = new Set<number>()

  constructor(connection: Observed, seen: (sight: Sight) => void) {
    this.#connection = connection
    this.#seen = seen
    connection.addEventListener('iceconnectionstatechange', () =>
      seen({ type: 'ice', state: connection.iceConnectionState }),
    )
    connection.addEventListener('connectionstatechange', () => {
      if (connection.connectionState === 'connected') this.#secured()
    })
    connection.addEventListener('icecandidateerror', ({ url, errorCode, errorText }) => {
      const refusal = readRefusal(url, errorCode, errorText)
      if (refusal) seen({ type: 'refusal', refusal })
    })
  }

  /** A signal went out, or came in. */
  signal(whose: 'own' | 'other', signal: Signal): void {
    if (signal.type === 'candidate') this.#candidate(whose, readCandidate(signal.candidate.candidate))
    else {
      this.#seen({ type: 'described', whose })
      if (whose === 'other') for (const one of candidatesIn(signal.description.sdp)) this.#candidate(whose, one)
    }
  }

  /** Which way the packets take at the moment; null while there is none, or where it can't be known. */
  async look(): Promise<Path | null> {
    try {
      const stats: unknown[] = []
      ;(await this.#connection.getStats()).forEach((entry: unknown) => {
        stats.push(entry)
      })
      return pathOf(stats, this.#known)
    } catch {
      // It is closed.
      return null
    }
  }

  get #known(): Outside {
    const { own, other } = this.#outside
    // Who was connected before a STUN server answered tells none: the other's alone speaks against one network, too.
    const isShared = own.size + other.size > 0 ? [...own].some((address) => other.has(address)) : null
    return { isShared, hostPorts: this.#hostPorts }
  }

  #secured(): void {
    this.#seen({ type: 'secured' })
    // Firefox has no such event: there the path is looked at when ICE connects again, and while somebody looks.
    this.#connection.sctp?.transport?.iceTransport?.addEventListener('selectedcandidatepairchange', () =>
      this.#seen({ type: 'moved' }),
    )
  }

  #candidate(whose: 'own' | 'other', candidate: Candidate | null): void {
    if (!candidate) return
    const { where, port, ...facts } = candidate
    const outside = this.#outside[whose]
    if (facts.kind === 'srflx' && facts.address === 'public' && outside.size < MOST_REMEMBERED) outside.add(where)
    if (whose === 'other' && facts.kind === 'host' && this.#hostPorts.size < MOST_REMEMBERED) this.#hostPorts.add(port)
    this.#seen({ type: 'candidate', whose, facts })
  }
}
