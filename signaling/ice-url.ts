/** URLs of STUN and TURN servers (RFC 7064, RFC 7065). */
import { isIPv4, isIPv6 } from 'node:net'

export interface IceUrl {
  /** `turns` is TURN over TLS. */
  readonly scheme: 'stun' | 'turn' | 'turns'
  /** A name, an IPv4 address, or an IPv6 address in brackets. */
  readonly host: string
  readonly port: number
  /** Between browser and server; null for `stun`, which is UDP. */
  readonly transport: 'udp' | 'tcp' | null
}

const ICE_URL = /^(stun|turn|turns):(\[[^\]]*\]|[^:[\]?]*)(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?$/i

/** One label of a name (RFC 1123, section 2.1); `_` is in some that work. */
const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/

/**
 * Reads the host of a URL: an address, IPv6 in brackets, or a name. Returns it in lower case, without a dot at its end; null
 * when it is none of these.
 */
export function readHost(text: string): string | null {
  const host = text.toLowerCase()
  if (host.startsWith('[')) return host.endsWith(']') && isIPv6(host.slice(1, -1)) && !host.includes('%') ? host : null
  const name = host.replace(/\.$/, '')
  const labels = name.split('.')
  // What ends in a number is an address or nothing.
  if (/^\d+$/.test(labels.at(-1) ?? '')) return isIPv4(name) ? name : null
  return name.length <= 253 && labels.every((label) => LABEL.test(label)) ? name : null
}

/**
 * Reads a URL; null when it is none. A `turn` without a transport means both: so there may be two of one.
 */
export function readIceUrls(text: string): IceUrl[] | null {
  const [, rawScheme = '', rawHost = '', rawPort, rawTransport] = ICE_URL.exec(text) ?? []
  const scheme = (['stun', 'turn', 'turns'] as const).find((known) => known === rawScheme.toLowerCase())
  const host = readHost(rawHost)
  if (scheme === undefined || host === null) return null
  const port = Number(rawPort ?? (scheme === 'turns' ? 5349 : 3478))
  if (port < 1 || port > 65535) return null
  const given = (['udp', 'tcp'] as const).find((known) => known === rawTransport?.toLowerCase())
  if (scheme === 'stun') return given === undefined ? [{ scheme, host, port, transport: null }] : null
  // Browsers speak TLS over TCP only.
  if (scheme === 'turns') return given === 'udp' ? null : [{ scheme, host, port, transport: 'tcp' }]
  const transports = given === undefined ? (['udp', 'tcp'] as const) : [given]
  return transports.map((transport) => ({ scheme, host, port, transport }))
}

/** Writes a URL as browsers read it. */
export function writeIceUrl({ scheme, host, port, transport }: IceUrl): string {
  return `${scheme}:${host}:${port}${transport === null ? '' : `?transport=${transport}`}`
}
