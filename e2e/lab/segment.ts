import { Cable } from './cable.ts'
import { Namespace } from './namespace.ts'

/** A network that hosts are plugged into, as into a switch. Its namespace is a host in it itself, the first one. */
export class Segment {
  readonly namespace: Namespace
  /** The address of its own, of which others make their gateway. */
  readonly address: string
  /** What its namespace calls it. */
  readonly device = 'segment'
  #ports = 0
  #addresses = 1

  /** `network`: the first three numbers of its 256 addresses, such as `10.7.0`. */
  constructor(
    role: string,
    readonly network: string,
  ) {
    this.namespace = Namespace.create(role)
    this.address = `${network}.1`
    this.namespace.ip('link', 'add', this.device, 'type', 'bridge')
    this.namespace.ip('address', 'add', `${this.address}/24`, 'dev', this.device)
    this.namespace.ip('link', 'set', this.device, 'up')
  }

  /** Plugs a namespace in. `device` is what it calls its end of the cable. */
  plug(namespace: Namespace, device = 'eth0'): Cable {
    const port = `port${++this.#ports}`
    const peer = ['peer', 'name', device, 'netns', namespace.name]
    this.namespace.ip('link', 'add', 'name', port, 'type', 'veth', ...peer)
    this.namespace.ip('link', 'set', port, 'master', this.device)
    this.namespace.ip('link', 'set', port, 'up')
    return new Cable({ namespace, device }, { namespace: this.namespace, device: port }, this)
  }

  /** An address in this network that nobody had before. */
  newAddress(): string {
    return `${this.network}.${++this.#addresses}`
  }
}
