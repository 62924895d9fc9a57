/** A real member, with the room's key and real WebRTC, that does what no honest one would. */
import { WebSocket } from 'ws'
import { type Bytes, fromHex, randomBytes, toHex } from '../../client/crypto/bytes.ts'
import type { Hello } from '../../client/crypto/hello.ts'
import { nodeIdentity, nodeSuite } from '../../client/crypto/node.ts'
import { deriveSecrets, type RoomSecrets } from '../../client/crypto/secrets.ts'
import type { Identity } from '../../client/crypto/suite.ts'
import { createVisit, type Visit } from '../../client/crypto/visit.ts'
import type { Frame, WireEntry } from '../../client/net/frame.ts'
import type { Link } from '../../client/net/link.ts'
import { Mesh } from '../../client/net/mesh.ts'
import { parseRoomUrl, signalUrl } from '../../client/net/room-url.ts'
import { Signaling } from '../../client/net/signaling.ts'
import { systemTime } from '../../client/net/time.ts'
import { simplePeerTransport, type Transport } from '../../client/net/transport.ts'
import { type Entry, type Header, signEntry } from '../../client/room/entry.ts'
import { RTCPeerConnection } from '../../client/terminal/rtc.ts'

/** The secrets of a room, as anybody with its URL can derive them. */
export async function secretsOf(url: string): Promise<RoomSecrets> {
  const parsed = parseRoomUrl(url)
  if (!parsed.ok) throw new Error(parsed.fault.message)
  const { name, key } = parsed.address
  return deriveSecrets(nodeSuite, { name, key })
}

/** Somebody it is linked to. */
export interface Victim {
  readonly peer: string
  readonly hello: Hello
  readonly link: Link
  readonly heard: Frame[]
}

export class HostileMember {
  /** By the name in their hello. */
  readonly victims = new Map<string, Victim>()
  readonly #transports: Transport[] = []
  readonly #mesh: Mesh
  readonly #signaling: Signaling

  private constructor(
    url: string,
    name: string,
    readonly secrets: RoomSecrets,
    readonly identity: Identity,
    readonly visit: Visit,
  ) {
    const real = simplePeerTransport(RTCPeerConnection)
    const named = (peer: string) => [...this.victims.values()].find((victim) => victim.peer === peer)
    this.#mesh = new Mesh({
      suite: nodeSuite,
      identity,
      secrets,
      visit,
      time: systemTime,
      iceTransportPolicy: 'all',
      transport: (...args) => {
        const transport = real(...args)
        this.#transports.push(transport)
        return transport
      },
      name: () => name,
      heads: async () => [],
      send: (to, sealed) => this.#signaling.send(to, sealed),
      events: {
        open: (peer, hello, link) => this.victims.set(hello.name, { peer, hello, link, heard: [] }),
        leased() {},
        frame: (peer, frame) => named(peer)?.heard.push(frame),
        drain() {},
        shaky() {},
        tampered() {},
        closed() {},
        gone() {},
        routed() {},
        failed() {},
        attempts() {},
      },
    })
    this.#signaling = new Signaling({
      url: signalUrl(url),
      WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
      time: systemTime,
      topic: secrets.topic,
      visit,
      events: {
        welcome: (peers) => this.#mesh.listed(peers),
        ice: () => {},
        joined: (peer) => this.#mesh.joined(peer),
        left: (peer) => this.#mesh.left(peer),
        envelope: (from, sealed) => this.#mesh.receive(from, sealed),
        away() {},
        refused() {},
      },
    })
  }

  /** Joins under a name. With `as`, claims to be that author, and signs as that one would: however that goes. */
  static async join(url: string, name: string, as: Identity = nodeIdentity()): Promise<HostileMember> {
    const secrets = await secretsOf(url)
    return new HostileMember(url, name, secrets, as, await createVisit(nodeSuite, secrets.topic, as.author))
  }

  /** Waits until it is linked to these. */
  async knows(...names: string[]): Promise<Victim[]> {
    const found = () => names.map((name) => this.victims.get(name)).filter((victim) => victim?.link.isOpen)
    const deadline = Date.now() + 20_000
    while (found().length < names.length) {
      if (Date.now() > deadline) throw new Error(`not linked to all of ${names.join(', ')}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return found().filter((victim) => victim !== undefined)
  }

  /** Signs an entry of its own after another one. */
  sign(after: Entry | null, kind: string, content: unknown, change: Partial<Header> = {}): Promise<Entry> {
    const fields = {
      visit: this.visit.peer,
      seq: (after?.header.seq ?? 0) + 1,
      prev: after && fromHex(after.id),
      clock: Math.max(Date.now() * 1024, (after?.header.clock ?? 0) + 1),
      at: Date.now(),
      kind,
      ...change,
    }
    return signEntry(nodeSuite, this.secrets.topic, this.identity, fields, content)
  }

  /** The first entry of a visit that never was. */
  signInVisit(kind: string, content: unknown, visit: Bytes = randomBytes(16)): Promise<Entry> {
    return this.sign(null, kind, content, { visit })
  }

  /** Sends raw bytes on every chat channel. */
  sendRaw(data: Bytes): void {
    for (const transport of this.#transports) transport.send(data)
  }

  async leave(): Promise<void> {
    await this.#mesh.leave(true)
    this.#signaling.leave()
  }
}

/** Tells somebody these entries, as fast as the link takes them. */
export async function tell({ link }: Victim, entries: readonly (Entry | WireEntry)[]): Promise<void> {
  for (let i = 0; i < entries.length; i += 40) {
    while (link.unsent > 256 * 1024) await new Promise((resolve) => setTimeout(resolve, 10))
    const part = entries.slice(i, i + 40).map((entry) => ('wire' in entry ? entry.wire : entry))
    link.send({ type: 'entries', entries: part })
  }
}

export const peerIdOf = ({ visit }: HostileMember): string => toHex(visit.peer)
