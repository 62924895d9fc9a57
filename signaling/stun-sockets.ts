/** The UDP sockets that STUN is answered on. */
import { createSocket, type Socket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { Settings } from './config.ts'
import type { StunResponder } from './stun.ts'

/** How often this machine's addresses are looked at again, in milliseconds. */
const REVIEW_INTERVAL = 15_000

/** Codes of the system that mean an address isn't this machine's (any more, or yet: IPv6 takes a second to check a new one). */
const NOT_HERE = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'ENODEV', 'EINVAL'])

/** This machine's addresses, without link-local ones, which mean nothing to anybody further away. */
const ownAddresses = () =>
  Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .map((info) => info.address)
    .filter((address) => !/^fe[89ab]/i.test(address))

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'

/**
 * Where STUN is answered: where the settings say for the page. When that is for a proxy on this machine only, at all
 * addresses, for no proxy is on the way of datagrams.
 */
export function stunHost({ host, publicUrl }: Pick<Settings, 'host' | 'publicUrl'>): string | null {
  return publicUrl !== null && host !== null && /^(localhost|127\..*|::1)$/.test(host) ? null : host
}

/** What a failure of `StunSockets.listen` means, in one line that says what to do. */
export function explainStunError(error: unknown, port: number): string {
  const set = 'set STUN_PORT to another port, or to 0 for none.'
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return `STUN is off: UDP port ${port} is in use by another program; ${set}`
    case 'EACCES':
      return `STUN is off: UDP port ${port} may not be opened by this user; ${set}`
    default:
      return `STUN is off: UDP port ${port} can't be opened (${codeOf(error)}); ${set}`
  }
}

/**
 * One socket for each address of this machine. One for all of them would do for receiving, but its answers may leave from
 * another address than was asked, which NATs and firewalls on the way don't let in.
 */
export class StunSockets {
  readonly #responder: StunResponder
  /** By address. */
  readonly #sockets = new Map<string, Socket>()
  #review: NodeJS.Timeout | undefined
  #port: number | null = null
  #closed = false

  constructor(responder: StunResponder) {
    this.#responder = responder
  }

  /** The UDP port where requests are answered; null when there is none. */
  get port(): number | null {
    return this.#port
  }

  /**
   * Starts to listen.
   * @param host - an address of this machine or its name; null for all addresses, those that come later among them
   * @param port - 0 takes one that is free
   * @throws the system's error, with its `code`: EADDRINUSE, EACCES, EADDRNOTAVAIL … Nothing listens then.
   */
  async listen(host: string | null, port: number): Promise<void> {
    try {
      const addresses =
        host === null ? ownAddresses() : (await lookup(host, { all: true })).map((found) => found.address)
      let absent: unknown
      for (const address of new Set(addresses))
        try {
          await this.#open(address, this.#port ?? port)
        } catch (error) {
          if (!NOT_HERE.has(codeOf(error))) throw error
          absent = error
        }
      if (this.#port === null) throw absent ?? new Error('This machine has no network address.')
    } catch (error) {
      this.close()
      throw error
    }
    if (host !== null || this.#closed) return
    this.#review = setInterval(() => this.#follow(), REVIEW_INTERVAL)
    this.#review.unref()
  }

  /** Stops listening, for good. */
  close(): void {
    this.#closed = true
    this.#port = null
    clearInterval(this.#review)
    for (const address of [...this.#sockets.keys()]) this.#drop(address)
  }

  /** Listens on addresses that came, and no longer on those that went. */
  #follow(): void {
    const addresses = new Set(ownAddresses())
    for (const address of [...this.#sockets.keys()]) if (!addresses.has(address)) this.#drop(address)
    // One that can't be had now is tried again the next time.
    for (const address of addresses)
      if (!this.#sockets.has(address) && this.#port !== null) this.#open(address, this.#port).catch(() => {})
  }

  async #open(address: string, port: number): Promise<void> {
    // Without `ipv6Only`, one for `::` would also get what comes by IPv4, which is right: there is no other socket then.
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
    try {
      const listening = once(socket, 'listening')
      socket.bind(port, address)
      await listening
    } catch (error) {
      socket.close()
      throw error
    }
    if (this.#closed) {
      socket.close()
      return
    }
    socket.on('error', () => this.#drop(address))
    socket.on('message', (datagram, sender) => {
      const answer = this.#responder.answer(datagram, sender, performance.now())
      // An answer that can't be sent is lost as any datagram may be.
      if (answer !== null) socket.send(answer, sender.port, sender.address, () => {})
    })
    this.#sockets.set(address, socket)
    this.#port ??= socket.address().port
  }

  #drop(address: string): void {
    const socket = this.#sockets.get(address)
    if (socket === undefined) return
    this.#sockets.delete(address)
    socket.close()
  }
}
