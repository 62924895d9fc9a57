import { Cable } from './cable.ts'
import { Namespace } from './namespace.ts'

const BRIDGE = 'segment'

/** A network that hosts are plugged into, as into a switch. Its namespace is a host in it itself, the first one. */
export class Segment {
  readonly namespace: Namespace
  /** The address of its own, of which others make their gateway. */
  readonly address: string
  #ports = 0
  #addresses = 1

  /** `network`: the first three numbers of its 256 addresses, such as `10.7.0`. */
  constructor(
    role: string,
    readonly network: string,
  ) {
    this.namespace = Namespace.create(role)
    this.address = `${network}.1`
    this.namespace.ip('link', 'add', BRIDGE, 'type', 'bridge')
    this.namespace.ip('address', 'add', `${this.address}/24`, 'dev', BRIDGE)
    this.namespace.ip('link', 'set', BRIDGE, 'up')
  }

  /** Plugs a namespace in. `device` is what it calls its end of the cable. */
  plug(namespace: Namespace, device = 'eth0'): Cable {
    const port = `port${++this.#ports}`
    const peer = ['peer', 'name', device, 'netns', namespace.name]
    this.namespace.ip('link', 'add', 'name', port, 'type', 'veth', ...peer)
    this.namespace.ip('link', 'set', port, 'master', BRIDGE)
    this.namespace.ip('link', 'set', port, 'up')
    return new Cable({ namespace, device }, { namespace: this.namespace, device: port }, this)
  }

  /** An address in this network that nobody had before. */
  newAddress(): string {
    return `${this.network}.${++this.#addresses}`
  }
}
