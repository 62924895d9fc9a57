/** What is printed at the start: where the page is, and a room to begin with. */
import { randomBytes } from 'node:crypto'
import { type AddressInfo, isIPv6 } from 'node:net'
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os'
import type { Build } from './build.ts'

/** Length of a room's key; 22 characters of base64url. */
const ROOM_KEY_BYTES = 16

/** Addresses that stand for all of this machine's. */
const ALL_IPV4 = '0.0.0.0'
const ALL_IPV6 = '::'

const url = (host: string, port: number) => new URL(`http://${isIPv6(host) ? `[${host}]` : host}:${port}/`).href

/** Whether others on the network may reach this machine under an address; link-local ones need a zone, which URLs can't have. */
const isReachable = ({ internal, address }: NetworkInterfaceInfo) => !internal && !/^fe[89ab]/i.test(address)

/** URLs of this machine on its networks, IPv4 first. Empty unless the server listens on all addresses. */
function networkUrls({ address, port }: AddressInfo): string[] {
  if (address !== ALL_IPV4 && address !== ALL_IPV6) return []
  const addresses = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((info) => isReachable(info) && (address === ALL_IPV6 || info.family === 'IPv4'))
    .sort((one, other) => one.family.localeCompare(other.family))
  return [...new Set(addresses.map((info) => url(info.address, port)))]
}

/** The URL of the page as this machine itself can open it. */
function localUrl({ address, port }: AddressInfo): string {
  return url(address === ALL_IPV4 || address === ALL_IPV6 ? 'localhost' : address, port)
}

/** Lines of text: what there is, aligned, one URL a line. */
export function banner(build: Build, listening: AddressInfo, publicUrl: string | null): string {
  const page = publicUrl === null ? localUrl(listening) : new URL(publicUrl).href
  const room = `${page}r#lobby/${randomBytes(ROOM_KEY_BYTES).toString('base64url')}`
  // Behind a public URL there is a proxy, and this machine's own addresses would only lead around it.
  const networks = publicUrl === null ? networkUrls(listening) : []
  const rows = [
    ['The page', page],
    ...networks.map((network, index) => [index === 0 ? 'On your network' : '', network]),
    ['A new room', room],
  ]
  const lines = rows.map(([name = '', value = '']) => `  ${name.padEnd(16)} ${value}`)
  return ['', `Earshot ${build.version} is running.`, '', ...lines, '', 'Ctrl+C stops it.', ''].join('\n')
}
