import type { SimulatedNetwork } from '../net/simulated-transport.ts'
import { neighbours } from '../net/topology.ts'
import type { Visit } from './visit.ts'

/** Up to so many a full mesh is certain, and beyond so many a sparse one; between the two it depends on how it came. */
const SURELY_FULL = 8
const SURELY_SPARSE = 13

/** One link for each pair of pages that the topology wants, and no other. */
export function* checkLinks(network: SimulatedNetwork, here: readonly Visit[]): Generator<string> {
  const visits = new Map(here.map((visit) => [visit.host, visit]))
  const found = new Map<string, number>()
  for (const { hosts } of network.open) {
    const [a, b] = hosts
    if (!visits.has(a) && !visits.has(b)) continue
    const labels = [a, b].map((host) => visits.get(host)?.label ?? 'somebody who is gone')
    const key = keyOf(...labels)
    found.set(key, (found.get(key) ?? 0) + 1)
  }
  const peers = here.map(({ peer }) => peer)
  const wanted = pairsOf(here, peers, here.length < SURELY_SPARSE)
  const needed = pairsOf(here, peers, here.length <= SURELY_FULL)
  for (const [index, a] of here.entries())
    for (const b of here.slice(index + 1)) {
      const key = keyOf(a.label, b.label)
      if (needed.has(key) && !found.has(key)) yield `${key} have no link`
      const isOpen = found.has(key)
      if (a.linked.includes(b.peer) !== isOpen || b.linked.includes(a.peer) !== isOpen)
        yield `${key} are linked for one of them only`
    }
  for (const [key, count] of found) {
    if (count > 1) yield `${key} have ${count} links`
    if (!wanted.has(key)) yield `there is a link between ${key}, and none is wanted`
  }
}

function pairsOf(here: readonly Visit[], peers: readonly string[], full: boolean): Set<string> {
  const labels = new Map(here.map(({ peer, label }) => [peer, label]))
  return new Set(
    here.flatMap((a) => [...neighbours(peers, a.peer, full)].map((peer) => keyOf(a.label, labels.get(peer)))),
  )
}

const keyOf = (a = '', b = ''): string => [a, b].sort().join(' and ')
