import type { Namespace } from './namespace.ts'

/** One end of a cable. */
export interface End {
  readonly namespace: Namespace
  readonly device: string
}

/** What a cable is plugged into. */
interface Network {
  /** Of the gateway. */
  readonly address: string
  newAddress(): string
}

/** What joins a host to a segment. Its inner end has an address, and leads everywhere by way of the segment's. */
export class Cable {
  /** With the length of its network, such as `10.7.0.2/24`. */
  #address: string
  #gateway: string

  constructor(
    private readonly inner: End,
    private readonly outer: End,
    private readonly network: Network,
  ) {
    // An IPv6 address of its own would come into use a second later, and to browsers that is a change of the network.
    this.#ip('link', 'set', 'addrgenmode', 'none')
    this.#gateway = network.address
    this.#address = this.#add(this.#fresh())
    this.connect()
  }

  /** The one that it has now, alone. */
  get address(): string {
    return this.#address.replace(/\/.*/, '')
  }

  get ends(): readonly End[] {
    return [this.inner, this.outer]
  }

  /** Takes the link down, as unplugging does. */
  disconnect(): void {
    this.#ip('link', 'set', 'down')
  }

  /** Takes it up, and sets the route, which goes with the link and with the address. */
  connect(): void {
    this.#ip('link', 'set', 'up')
    this.#ip('route', 'replace', 'default', 'via', this.#gateway)
  }

  /** Takes a new address in place of the one that it had. Call `connect` then. */
  readdress(): void {
    this.#replace(this.#fresh())
  }

  /**
   * Moves the host to where it has another address and another way out, of IPv4 or IPv6.
   * @param address - with the length of its network
   */
  settle(address: string, gateway: string): void {
    this.#replace(address)
    this.#gateway = gateway
    this.connect()
  }

  #fresh(): string {
    return `${this.network.newAddress()}/24`
  }

  #replace(address: string): void {
    this.#ip('address', 'del', this.#address)
    this.#address = this.#add(address)
  }

  #add(address: string): string {
    // Looking for others with the same IPv6 address takes a second, in which it can't be used.
    this.#ip('address', 'add', address, ...(address.includes(':') ? ['nodad'] : []))
    return address
  }

  #ip(object: string, verb: string, ...args: string[]): void {
    this.inner.namespace.ip(object, verb, ...args, 'dev', this.inner.device)
  }
}
