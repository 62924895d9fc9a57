/** Whether networks can be made on this machine. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { lose, narrow } from './faults.ts'
import { Namespace } from './namespace.ts'
import { Segment } from './segment.ts'

/** What is called, and Debian's package that has it. */
type Tools = Readonly<Record<string, string>>
const TOOLS: Tools = { ip: 'iproute2', tc: 'iproute2', nft: 'nftables' }
/** The same for what crosses routers. */
const MORE_TOOLS: Tools = { turnserver: 'coturn', openssl: 'openssl', ss: 'iproute2' }

const isThere = (command: string): boolean => spawnSync(command, ['--version']).error === undefined

const missing = (tools: Tools): string[] =>
  Object.entries(tools).flatMap(([command, pack]) => (isThere(command) ? [] : [pack]))

const isRoot = (): boolean => process.platform === 'linux' && process.getuid?.() === 0

/** Why no networks can be made here, for people; null when they can. */
export function whyNoNetworks(): string | null {
  if (process.platform !== 'linux') return 'networks are made of Linux namespaces'
  if (!isRoot()) return 'making networks takes root'
  const [pack] = missing(TOOLS)
  if (pack) return `the package ${pack} is missing`
  const made: Namespace[] = []
  try {
    Namespace.removeStale()
    const segment = new Segment('try', '10.7.0')
    made.push(segment.namespace)
    const host = Namespace.create('try')
    made.push(host)
    const cable = segment.plug(host)
    lose(cable, 'everything', 50)
    narrow(cable, 1_000)
  } catch (error) {
    return `no network can be made here: ${error instanceof Error ? error.message : error}`
  } finally {
    for (const namespace of made) namespace.remove()
  }
  return null
}

/** The same for networks with a TURN server. */
export function whyNoInternet(): string | null {
  const [pack] = missing(MORE_TOOLS)
  return whyNoNetworks() ?? (pack ? `the package ${pack} is missing` : null)
}

/** Where systemd runs, installing coturn would start it, open to the world. */
const startsServices = (): boolean => existsSync('/run/systemd/system')

/** Installs what is missing, where the system's package manager is Debian's and may install; says so with `say`. */
export function installTools(say: (line: string) => void): void {
  const wanted = [...missing(TOOLS), ...missing(MORE_TOOLS)]
  const packages = [...new Set(wanted)].filter((pack) => pack !== 'coturn' || !startsServices())
  if (packages.length === 0 || !isRoot() || !isThere('apt-get')) return
  say(`To make networks: apt-get install ${packages.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]])
    spawnSync('apt-get', args, { stdio: ['ignore', 'inherit', 'inherit'], env })
}
