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
  #address: string

  constructor(
    private readonly inner: End,
    private readonly outer: End,
    private readonly network: Network,
  ) {
    // An IPv6 address of its own would come into use a second later, and to browsers that is a change of the network.
    this.#ip('link', 'set', 'addrgenmode', 'none')
    this.#address = this.#addAddress()
    this.connect()
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
    this.#ip('route', 'replace', 'default', 'via', this.network.address)
  }

  /** Takes a new address in place of the one that it had. Call `connect` then. */
  readdress(): void {
    this.#ip('address', 'del', this.#address)
    this.#address = this.#addAddress()
  }

  #addAddress(): string {
    const address = `${this.network.newAddress()}/24`
    this.#ip('address', 'add', address)
    return address
  }

  #ip(object: string, verb: string, ...args: string[]): void {
    this.inner.namespace.ip(object, verb, ...args, 'dev', this.inner.device)
  }
}
