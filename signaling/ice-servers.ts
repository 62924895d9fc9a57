/** The STUN and TURN servers that clients are told of, with credentials for TURN that end by themselves. */
import { createHmac } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { requestHost } from './address.ts'
import type { Settings } from './config.ts'
import { readHost, writeIceUrl } from './ice-url.ts'
import type { IceServer } from './protocol.ts'

/** The TURN servers and what they share with this one. */
export interface TurnSettings {
  /** As browsers take them. */
  readonly urls: readonly string[]
  readonly secret: string
  /** How long credentials hold, in seconds. */
  readonly ttl: number
}

/** What a client is told in `welcome` and `ice`. */
export interface IceOffer {
  readonly iceServers: IceServer[]
  /** Seconds from now on that the credentials hold; not there when nothing of it ends. */
  readonly iceTtl?: number
}

/**
 * Credentials as coturn and others take them (draft-uberti-behave-turn-rest-00, section 2.2): anybody who knows the secret
 * can check them, nothing is stored.
 * @param peer - whom they are for; no more than a label, by which TURN servers count
 * @param expiry - when they end, in seconds since the epoch
 */
export function mintCredentials(
  secret: string,
  peer: string,
  expiry: number,
): { username: string; credential: string } {
  const username = `${expiry}:${peer}`
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') }
}

/**
 * The host under which a client reached this server, as a URL has it, without a port; null when it isn't known. Under a
 * public URL there is a proxy, and whatever that hands on is no better than the setting.
 */
export function askedHost(
  request: IncomingMessage,
  { publicUrl, trustProxy }: Pick<Settings, 'publicUrl' | 'trustProxy'>,
): string | null {
  if (publicUrl !== null) return readHost(new URL(publicUrl).hostname)
  return readHost(requestHost(request, trustProxy).replace(/:\d{1,5}$/, ''))
}

/** The list for each client. */
export class IceServers {
  readonly #settings: Pick<Settings, 'stunUrls' | 'turn'>
  readonly #stunPort: () => number | null

  /** @param stunPort - where this server answers STUN itself; null while it doesn't */
  constructor(settings: Pick<Settings, 'stunUrls' | 'turn'>, stunPort: () => number | null) {
    this.#settings = settings
    this.#stunPort = stunPort
  }

  /**
   * What a client is told now.
   * @param host - under which it reached this server, in a form that `readHost` gives; null when that isn't known
   * @param peer - its peer id
   * @param date - milliseconds since the epoch
   */
  offer(host: string | null, peer: string, date = Date.now()): IceOffer {
    const { turn } = this.#settings
    const stun = this.#stunUrls(host)
    const iceServers: IceServer[] = stun.length > 0 ? [{ urls: stun }] : []
    if (turn === null) return { iceServers }
    const credentials = mintCredentials(turn.secret, peer, Math.floor(date / 1000) + turn.ttl)
    iceServers.push({ urls: [...turn.urls], ...credentials })
    return { iceServers, iceTtl: turn.ttl }
  }

  #stunUrls(host: string | null): string[] {
    if (this.#settings.stunUrls !== null) return [...this.#settings.stunUrls]
    const port = this.#stunPort()
    return host === null || port === null ? [] : [writeIceUrl({ scheme: 'stun', host, port, transport: null })]
  }
}
