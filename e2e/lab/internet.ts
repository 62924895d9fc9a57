/**
 * A small Internet made for tests: a segment with servers of Earshot and a coturn, and two households behind routers that
 * can be of any kind.
 */
import { Server, type Settings } from '../support/server.ts'
import { Coturn } from './coturn.ts'
import { Household, OUTSIDE } from './household.ts'
import { Namespace } from './namespace.ts'
import { Segment } from './segment.ts'
import { built, type Undo } from './undo.ts'

/** What the servers share with coturn. */
export const SECRET = 'north-south-east-west'

/**
 * Where the servers listen, by TCP and for STUN by UDP, where each takes a second port above: browsers are told of these
 * origins when they start.
 */
const PORTS = Array.from({ length: 12 }, (_, index) => 8_001 + 10 * index)

const ADDRESSES = {
  server: { 4: `${OUTSIDE.ipv4}.0.1`, 6: `${OUTSIDE.ipv6}::1` },
  relay: { 4: `${OUTSIDE.ipv4}.0.2`, 6: `${OUTSIDE.ipv6}::2` },
} as const

/** An address where nobody is, and from which nothing comes back. */
export const NOBODY = `${OUTSIDE.ipv4}.0.99`

/** `turn:` or `turns:` URLs of the relay. */
export const RELAY = {
  plain: `turn:${ADDRESSES.relay[4]}:3478`,
  tls: `turns:${ADDRESSES.relay[4]}:443`,
  plain6: `turn:[${ADDRESSES.relay[6]}]:3478`,
} as const

export type Family = 4 | 6

const origin = (port: number, family: Family): string => {
  const address = ADDRESSES.server[family]
  return `http://${family === 6 ? `[${address}]` : address}:${port}`
}

export interface Internet {
  readonly households: readonly [Household, Household]
  readonly coturn: Coturn
  /** The origin of a server with these settings, which is shared by all that ask for the same. Without `STUN_PORT` it answers STUN. */
  origin(settings: Settings, family?: Family): Promise<string>
  remove(): Promise<void>
}

/** Builds one. */
export function buildInternet(): Promise<Internet> {
  return built(async (undo) => {
    const segment = new Segment('internet', `${OUTSIDE.ipv4}.0`)
    undo.add(() => segment.namespace.remove())
    segment.namespace.forward()
    segment.namespace.ip('address', 'add', `${ADDRESSES.server[6]}/64`, 'dev', segment.device, 'nodad')
    // What comes by the segment leaves by it: nobody needs to be told of a shorter way.
    segment.namespace.run('sh', ['-c', 'echo 0 > /proc/sys/net/ipv4/conf/all/send_redirects'])
    const coturn = await startCoturn(segment, undo)
    const origins = PORTS.flatMap((port) => [origin(port, 4), origin(port, 6)])
    const household = (number: number) => new Household(segment, number, ADDRESSES.relay[4], origins, undo)
    const households = [household(1), household(2)] as const
    return { households, coturn, origin: serverStarter(segment.namespace, undo) }
  })
}

async function startCoturn(segment: Segment, undo: Undo): Promise<Coturn> {
  const namespace = Namespace.create('relay')
  undo.add(() => namespace.remove())
  const { 4: ipv4, 6: ipv6 } = ADDRESSES.relay
  segment.plug(namespace).settle(`${ipv4}/24`, segment.address)
  namespace.ip('address', 'add', `${ipv6}/64`, 'dev', 'eth0', 'nodad')
  namespace.ip('route', 'add', 'default', 'via', ADDRESSES.server[6])
  const coturn = new Coturn(namespace, [ipv4, ipv6], SECRET)
  undo.add(() => coturn.remove())
  await coturn.start()
  return coturn
}

function serverStarter(namespace: Namespace, undo: Undo): Internet['origin'] {
  const servers = new Map<string, Promise<Server>>()
  const free = PORTS.values()
  const start = async (settings: Settings): Promise<Server> => {
    const { value: port } = free.next()
    if (port === undefined) throw new Error('There are too many kinds of servers for one network.')
    const command = (program: string, ...args: string[]) => namespace.command(program, ...args)
    const place = { address: ADDRESSES.server[4], port, command }
    const server = await Server.start({ HOST: '::', STUN_PORT: String(port), ...settings }, place)
    undo.add(async () => void (await server.kill()))
    return server
  }
  return async (settings, family = 4) => {
    const key = JSON.stringify(settings)
    const server = servers.get(key) ?? start(settings)
    servers.set(key, server)
    return origin((await server).port, family)
  }
}
