/** Finds out what the network lets through, before one joins a room. */
import { type IceServer, PROTOCOL_VERSION, parseServerMessage, SECOND_STUN_PORT } from '../../signaling/protocol.ts'
import { randomBytes, toHex } from '../crypto/bytes.ts'
import { type Gathered, gather } from './gather.ts'
import {
  type Answer,
  type CheckedServer,
  type NetworkReport,
  natOf,
  networkVerdict,
  stunAnswer,
  turnAnswer,
} from './network-verdict.ts'
import type { Time } from './time.ts'

export interface NetworkCheckOptions {
  /** Of the signaling server. */
  readonly url: string
  readonly WebSocket: typeof globalThis.WebSocket
  readonly RTCPeerConnection: typeof globalThis.RTCPeerConnection
  readonly time: Time
  /** More is known. */
  readonly changed: (report: NetworkReport) => void
}

const SIGNALING_LIMIT = 8_000
/** Servers that are there answer within this, in milliseconds, also by TLS and on slow lines. */
const ANSWER_LIMIT = 8_000
/** Servers that are asked, at most: each takes a connection of its own. */
const MOST_SERVERS = 12

interface Asked {
  readonly server: IceServer
  readonly checked: CheckedServer
}

/** One entry for each URL, in the form that `CheckedServer` has. */
function apart(servers: readonly IceServer[]): Asked[] {
  return servers
    .flatMap(({ urls, ...credentials }) => [urls].flat().map((url) => ({ url, server: { urls: url, ...credentials } })))
    .slice(0, MOST_SERVERS)
    .map(({ url, server }) => ({ server, checked: { ...kindOf(url), url, answer: 'asking' } }))
}

function kindOf(url: string): Pick<CheckedServer, 'kind' | 'transport'> {
  if (/^stuns?:/i.test(url)) return { kind: 'stun', transport: 'udp' }
  if (/^turns:/i.test(url)) return { kind: 'turn', transport: 'tls' }
  return { kind: 'turn', transport: /[?&]transport=tcp/i.test(url) ? 'tcp' : 'udp' }
}

/** Where the server that gave this STUN URL sees a socket from a second time; null when it is another server's. */
export function secondStunUrl(url: string, signalingHost: string): string | null {
  const [, host = '', port = '3478'] = /^stun:(\[[^\]]+\]|[^:?]+)(?::(\d+))?$/i.exec(url) ?? []
  return host === signalingHost ? `stun:${host}:${Number(port) + SECOND_STUN_PORT}` : null
}

/** Asks the signaling server for its list of STUN and TURN servers, by a room that nobody knows; null when it can't be had. */
function askSignaling({ url, WebSocket, time }: NetworkCheckOptions): Promise<readonly IceServer[] | null> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url)
    const end = (servers: readonly IceServer[] | null) => {
      resolve(servers)
      socket.onclose = null
      socket.close(1000)
    }
    time.after(SIGNALING_LIMIT, () => end(null))
    socket.onerror = () => {}
    socket.onclose = () => end(null)
    socket.onopen = () => {
      const [topic, token, commit] = [32, 16, 32].map((length) => toHex(randomBytes(length)))
      socket.send(JSON.stringify({ type: 'join', v: PROTOCOL_VERSION, topic, token, commit }))
    }
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      const message = typeof data === 'string' ? parseServerMessage(data) : null
      if (message?.type === 'welcome') end(message.iceServers)
      else if (message?.type === 'error') end(null)
    }
  })
}

/** Begins a check. Tells what it finds as it comes, the last time with a verdict. Returns what ends it before. */
export function checkNetwork(options: NetworkCheckOptions): () => void {
  const check = new NetworkCheck(options)
  void check.run()
  return () => check.stop()
}

class NetworkCheck {
  readonly #options: NetworkCheckOptions
  #report: NetworkReport = { signaling: 'asking', hasAddress: null, servers: [], nat: null, verdict: null }
  #isStopped = false

  constructor(options: NetworkCheckOptions) {
    this.#options = options
  }

  stop(): void {
    this.#isStopped = true
  }

  async run(): Promise<void> {
    const [servers] = await Promise.all([askSignaling(this.#options), this.#lookForAddresses()])
    if (!servers) {
      this.#tell({ signaling: 'silent', verdict: 'no-server' })
      return
    }
    const asked = apart(servers)
    this.#tell({ signaling: 'works', servers: asked.map(({ checked }) => checked) })
    await this.#ask(asked)
    this.#tell({ verdict: networkVerdict(this.#report) })
  }

  #tell(change: Partial<NetworkReport>): void {
    if (this.#isStopped) return
    this.#report = { ...this.#report, ...change }
    this.#options.changed(this.#report)
  }

  #answered(index: number, answer: Answer): void {
    this.#tell({ servers: this.#report.servers.map((server, at) => (at === index ? { ...server, answer } : server)) })
  }

  #gather(servers: readonly IceServer[], policy: RTCIceTransportPolicy): Promise<Gathered> {
    const { RTCPeerConnection, time } = this.#options
    return gather({ RTCPeerConnection, time, servers, policy, limit: ANSWER_LIMIT })
  }

  async #lookForAddresses(): Promise<void> {
    const { own } = await this.#gather([], 'all')
    this.#tell({ hasAddress: own > 0 })
  }

  /** Asks every server, all at once so that dead ones hold up nobody, and works out the kind of NAT. */
  async #ask(asked: readonly Asked[]): Promise<void> {
    const host = new URL(this.#options.url).hostname
    const seconds = asked.flatMap(({ checked: { url } }) => secondStunUrl(url, host) ?? [])
    const seen = new Map<IceServer, Gathered>()
    const destination = async (server: IceServer) => {
      const gathered = await this.#gather([server], 'all')
      if (stunAnswer(gathered) === 'works') seen.set(server, gathered)
      return gathered
    }
    await Promise.all([
      ...asked.map(async ({ server, checked: { kind } }, index) => {
        if (kind === 'stun') this.#answered(index, stunAnswer(await destination(server)))
        else this.#answered(index, turnAnswer(await this.#gather([server], 'relay')))
      }),
      ...seconds.map((urls) => destination({ urls })),
    ])
    this.#tell({ nat: await this.#nat([...seen], asked.length > 0) })
  }

  async #nat(seen: readonly (readonly [IceServer, Gathered])[], isAsked: boolean): Promise<NetworkReport['nat']> {
    const [one, other] = seen
    // By UDP nobody answers, though the signaling server does.
    const isRelayedByUdp = this.#report.servers.some(
      ({ kind, transport, answer }) => kind === 'turn' && transport === 'udp' && answer !== 'silent',
    )
    if (!one) return isAsked && !isRelayedByUdp ? 'blocked' : 'unknown'
    const both = other ? await this.#gather([one[0], other[0]], 'all') : null
    return natOf(one[1], other?.[1] ?? null, both)
  }
}
