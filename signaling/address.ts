/** Who a request comes from and whom it was meant for, behind proxies or not. */
import type { IncomingMessage } from 'node:http'
import { isIPv4, isIPv6 } from 'node:net'
import proxyAddr from '@fastify/proxy-addr'

/**
 * Whether the proxy at an address is believed.
 * @param address - IP address of the proxy
 * @param hop - how many proxies are between it and this server
 */
export type Trust = (address: string, hop: number) => boolean

/**
 * Reads TRUST_PROXY: `true`, `false`, a count of proxies, or addresses and networks (CIDR, `loopback`, `linklocal`,
 * `uniquelocal`) with commas between. `true` and a count suit only a server that nobody can reach but through the proxies.
 * @throws TypeError when it is none of these
 */
export function compileTrust(text: string): Trust | false {
  const value = text.trim()
  if (value === 'true') return () => true
  if (value === 'false' || value === '0') return false
  // A count is compiled here, since Fastify believes nobody when it is given a number.
  if (/^\d{1,3}$/.test(value)) return (_address, hop) => hop < Number(value)
  return proxyAddr.compile(value.split(',').map((item) => item.trim()))
}

/** The address of the client, as far as trusted proxies tell it. */
function clientAddress(request: IncomingMessage, trust: Trust | false): string {
  const direct = request.socket.remoteAddress ?? ''
  if (trust === false) return direct
  return proxyAddr.all(request, trust).at(-1) ?? direct
}

/** The eight groups of an IPv6 address, in hex without leading zeros. */
function ipv6Groups(address: string): string[] {
  // URL writes an address in one way only (RFC 5952), with at most one `::`.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [head = '', tail = ''] = canonical.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === '' ? [] : tail.split(':')
  const zeros = canonical.includes('::') ? Array(8 - left.length - right.length).fill('0') : []
  return [...left, ...zeros, ...right]
}

/** The first four groups of an IPv6 address: a household or a server gets at least such a /64 (RFC 6177, section 2). */
const prefix64 = (address: string) => `${ipv6Groups(address).slice(0, 4).join(':')}::/64`

/** The IPv4 address that a text is, be it within IPv6 or with a port; null when it is none. */
function readIpv4(text: string): string | null {
  const [, ipv4 = ''] = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)(?::\d+)?$/i.exec(text) ?? []
  return isIPv4(ipv4) ? ipv4 : null
}

/**
 * The bytes of an IP address: 4 of IPv4, also when it is written within IPv6, or 16. Null when it is no address.
 * @param address - as the system writes it, perhaps with a zone
 */
export function addressBytes(address: string): Buffer | null {
  const bare = address.replace(/%.*$/, '')
  const ipv4 = readIpv4(bare)
  if (ipv4 !== null) return Buffer.from(ipv4.split('.').map(Number))
  if (!isIPv6(bare)) return null
  return Buffer.from(ipv6Groups(bare).flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16)]))
}

/**
 * What connections are counted by: the IPv4 address, or the /64 of an IPv6 address.
 * @param address - as the system or a proxy writes it: perhaps IPv4 within IPv6, with a zone, or with a port
 */
export function addressKey(address: string): string {
  const bare = address.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/%.*$/, '')
  const ipv4 = readIpv4(bare)
  if (ipv4 !== null) return ipv4
  return isIPv6(bare) ? prefix64(bare) : 'unknown'
}

/** What the connections of a request's client are counted by. */
export const clientKey = (request: IncomingMessage, trust: Trust | false): string =>
  addressKey(clientAddress(request, trust))

/**
 * The host that the client asked for, with its port: `X-Forwarded-Host` of a trusted proxy, else `Host`. Empty when there
 * is none. The text is the client's and may be anything.
 */
export function requestHost(request: IncomingMessage, trust: Trust | false): string {
  const forwarded = request.headers['x-forwarded-host']
  if (trust !== false && forwarded !== undefined && trust(request.socket.remoteAddress ?? '', 0))
    return [forwarded].flat().join().split(',').at(-1)?.trim() ?? ''
  return request.headers.host ?? ''
}
