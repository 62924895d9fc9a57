import type { Namespace } from './namespace.ts'

/** One end of a cable. */
export interface End {
  readonly namespace: Namespace
  readonly device: string
}

/** What joins a host to a segment. The host's end has an address and leads everywhere by way of the gateway. */
export class Cable {
  constructor(
    readonly ends: { readonly inside: End; readonly outside: End },
    private address: string,
    private readonly gateway: string,
  ) {
    this.#ip('address', 'add', `${address}/24`)
    this.connect()
  }

  /** Takes the link down, as unplugging does. */
  disconnect(): void {
    this.#ip('link', 'set', 'down')
  }

  /** Takes it up again; the routes went with it. */
  connect(): void {
    this.#ip('link', 'set', 'up')
    this.#ip('route', 'replace', 'default', 'via', this.gateway)
  }

  /** Takes another address in place of the one that it had. */
  readdress(address: string): void {
    this.#ip('address', 'del', `${this.address}/24`)
    this.address = address
    this.#ip('address', 'add', `${address}/24`)
    this.#ip('route', 'replace', 'default', 'via', this.gateway)
  }

  #ip(object: string, verb: string, ...args: string[]): void {
    const { namespace, device } = this.ends.inside
    namespace.ip(object, verb, ...args, 'dev', device)
  }
}
