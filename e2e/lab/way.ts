/** By which way a page's connection goes, as its browser's statistics have it. The page must be severable: see `People.arrive`. */
import type { Person } from '../support/person.ts'

/** `relayed`: by the other side's relay alone. */
export type Way = 'direct' | 'relayed' | 'relayed by UDP' | 'relayed by TCP' | 'relayed by TLS'

/** The way of the connection that is open; null while there is none. */
export async function wayOf({ page }: Person): Promise<Way | null> {
  const ends = await page.evaluate(async () => {
    const connection = window.earshotConnections?.findLast(({ connectionState }) => connectionState === 'connected')
    const entries = [...((await connection?.getStats())?.values() ?? [])]
    const { selectedCandidatePairId } = entries.find(({ type }) => type === 'transport') ?? {}
    const pair = entries.find(({ id }) => id === selectedCandidatePairId)
    const [local, remote] = [pair?.localCandidateId, pair?.remoteCandidateId].map((wanted) =>
      entries.find(({ id }) => id === wanted),
    )
    if (!local || !remote) return null
    return { own: String(local.candidateType), other: String(remote.candidateType), by: String(local.relayProtocol) }
  })
  if (ends === null) return null
  if (ends.own !== 'relay') return ends.other === 'relay' ? 'relayed' : 'direct'
  const ways: Record<string, Way> = { udp: 'relayed by UDP', tcp: 'relayed by TCP', tls: 'relayed by TLS' }
  return ways[ends.by] ?? 'relayed'
}

/** Waits until the first attempt at a connection came to an end. Whether it came up. */
export async function connects({ page }: Person): Promise<boolean> {
  const outcome = await page.waitForFunction(() => {
    const states = (window.earshotConnections ?? []).map(({ connectionState }) => connectionState)
    if (states.includes('connected')) return 'connected'
    return states.includes('closed') || states.includes('failed') ? 'failed' : null
  })
  return (await outcome.jsonValue()) === 'connected'
}
