/** A host behind a router that can be any of the kinds that there are. */
import type { BrowserPool } from '../support/people.ts'
import { browsersIn } from './browser-in.ts'
import type { Cable } from './cable.ts'
import { Namespace } from './namespace.ts'
import { Segment } from './segment.ts'
import type { Undo } from './undo.ts'

/** The router's device on the outer side, as it calls it. */
const WAN = 'wan'

/** Of the network behind NAT; both have the same one, as households do. */
const INSIDE = '192.168.1'
const HOST = `${INSIDE}.2`

interface Kind {
  /** Which addresses the host has: one of the outside, or one that only the router knows. */
  readonly address: 'public' | 'private' | 'ipv6'
  /** Chains of nftables. `$relay` stands for the TURN server's address. */
  readonly chains: readonly string[]
}

/** Nothing comes in that was not asked for. Without the first line an early packet would take the port of a mapping. */
const CLOSED = [
  `chain input { type filter hook input priority filter; iifname ${WAN} ct state new drop; }`,
  `chain forward { type filter hook forward priority filter; iifname ${WAN} ct state new drop; }`,
]
const NAT = `chain out { type nat hook postrouting priority srcnat; oifname ${WAN} masquerade persistent; }`
const NO_UDP = 'chain block { type filter hook forward priority filter - 1; meta l4proto udp drop; }'

/**
 * Kinds of networks (RFC 4787, sections 4 and 5, on how NATs map and filter):
 * - `public`: no NAT, no firewall
 * - `independent`: one port outside for a port inside, whatever the destination; only who was sent to may answer
 * - `cone`: the same, and anybody may send to that port
 * - `symmetric`: another port for each destination; only who was sent to may answer
 * - `blocked`: NAT, and no UDP
 * - `web`: NAT, no UDP, and to the TURN server by TCP port 443 only
 * - `ipv6`: IPv6 only, with a firewall that lets nothing in unasked
 * - `ipv6-blocked`: the same, and no UDP
 */
const KINDS = {
  public: { address: 'public', chains: [] },
  independent: { address: 'private', chains: [NAT, ...CLOSED] },
  cone: {
    address: 'private',
    chains: [
      NAT,
      `chain in { type nat hook prerouting priority dstnat; iifname ${WAN} udp dport 1024-65535 dnat ip to ${HOST}; }`,
    ],
  },
  symmetric: { address: 'private', chains: [NAT.replace('persistent', 'random,fully-random'), ...CLOSED] },
  blocked: { address: 'private', chains: [NAT, ...CLOSED, NO_UDP] },
  web: {
    address: 'private',
    chains: [NAT, ...CLOSED, NO_UDP.replace('}', 'ip daddr $relay tcp dport != 443 drop; }')],
  },
  ipv6: { address: 'ipv6', chains: CLOSED },
  'ipv6-blocked': { address: 'ipv6', chains: [...CLOSED, NO_UDP] },
} satisfies Record<string, Kind>

export type KindName = keyof typeof KINDS

/** First numbers of all addresses outside; nothing of this leads to the real ones. */
export const OUTSIDE = { ipv4: '11.0', ipv6: '2a00:ea5' } as const

export class Household {
  readonly browsers: BrowserPool
  readonly #router: Namespace
  readonly #cable: Cable
  /** Where the host may be: its address with the length of its network, and the router's there. */
  readonly #places: Readonly<Record<Kind['address'], readonly [address: string, gateway: string]>>

  /**
   * Builds it, on the segment outside, with a router of the kind `public`.
   * @param number - tells its addresses outside from others
   * @param relay - the TURN server's IPv4 address
   * @param origins - of the servers' pages
   */
  constructor(
    segment: Segment,
    number: number,
    private readonly relay: string,
    origins: readonly string[],
    undo: Undo,
  ) {
    const home = new Segment(`router${number}`, INSIDE)
    this.#router = home.namespace
    undo.add(() => this.#router.remove())
    const host = Namespace.create(`host${number}`)
    undo.add(() => host.remove())
    const [ipv4, ipv6] = [`${OUTSIDE.ipv4}.${number}`, `${OUTSIDE.ipv6}:${number}:`]
    this.#places = {
      public: [`${ipv4}.2/24`, `${ipv4}.1`],
      private: [`${HOST}/24`, home.address],
      ipv6: [`${ipv6}:2/64`, `${ipv6}:1`],
    }

    this.#router.forward()
    this.#router.ip('address', 'add', `${ipv4}.1/24`, 'dev', home.device)
    this.#router.ip('address', 'add', `${ipv6}:1/64`, 'dev', home.device, 'nodad')
    const { address } = segment.plug(this.#router, WAN)
    segment.namespace.ip('route', 'add', `${ipv4}.0/24`, 'via', address)
    const wan = `${OUTSIDE.ipv6}::1${number}`
    // Nobody is asked on behalf of others without an address of the link's own.
    for (const one of [wan, `fe80::1${number}`]) this.#router.ip('address', 'add', `${one}/64`, 'dev', WAN, 'nodad')
    this.#router.ip('route', 'add', 'default', 'via', `${OUTSIDE.ipv6}::1`)
    segment.namespace.ip('route', 'add', `${ipv6}:/64`, 'via', wan)

    this.#cable = home.plug(host)
    // The certificate for TURN over TLS is of the lab's own.
    this.browsers = browsersIn(host, origins, undo, ['--ignore-certificate-errors'])
    this.become('public')
  }

  /** Changes the router, and the host's address where that takes it. Call it while no page is open. */
  become(name: KindName): void {
    const { address, chains } = KINDS[name]
    const rules = chains.join('\n').replaceAll('$relay', this.relay)
    this.#router.run('nft', ['-f', '-'], `flush ruleset\ntable inet lab {\n${rules}\n}\n`)
    this.#cable.settle(...this.#places[address])
  }
}
